/** `npm run lake -- status` */
import { lakeStatus, missingDays, missingText, STATUS_HEADER, statusRemarks, statusRow } from 'lake';
import { print, printJson, type LakeTask } from './lake-task.ts';
import { textTable } from './table.ts';

export async function statusCommand({ line, context }: LakeTask): Promise<number> {
  const days = await lakeStatus(context, line.range);
  const missing = missingDays(days, context.now, line.whereFlags);
  if (line.isJson) {
    printJson({ lake: context.lake.uri, output: context.output.uri, days, missing });
    return 0;
  }
  if (days.length === 0) {
    print(`nothing lies in ${context.lake.uri}\n`);
    return 0;
  }
  print(textTable([STATUS_HEADER, ...days.map(statusRow)], ''));
  const remarks = days.flatMap(statusRemarks);
  if (remarks.length > 0) print(`\n${remarks.map((remark) => `${remark}\n`).join('')}`);
  if (missing.length > 0) print(`\n${missing.map(missingText).join('')}`);
  return 0;
}
