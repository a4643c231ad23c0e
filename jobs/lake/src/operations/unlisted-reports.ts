/** Manifests of a report that schemas.yml no longer lists: no command looks at them, so they are named and kept. */
import { stepsOf, type LakeContext } from './context.ts';

/** Warns of each folder below `manifests` that no step keeps. */
export async function warnOfUnlistedReports(context: LakeContext): Promise<void> {
  const { lake, layout, output, warn } = context;
  const known = stepsOf(context);
  const folders = (await lake.listFolder(layout.manifests))?.folders ?? [];
  for (const step of folders.filter((name) => !known.includes(name))) {
    const folder = lake.url(`${layout.manifests}/${step}`);
    warn(
      `${folder} holds manifests of a report that schemas.yml does not list; they are kept. ` +
        `List the report again, or delete this folder and its reports in ${output.uri}`,
    );
  }
}
