/** Folders of configuration that hold just what a test needs. */
import { writeFileIn, temporaryFolder } from 'lake/testing';

const LEAST = {
  aws_config: 'lake: data/lake\noutput: data/output\n',
  spark_config: 'remote: sc://127.0.0.1\n',
  kafka_config: '',
  logging_config: '# nothing\n\n',
} as const;

/** @param files by name without ending, in place of the least that there must be @param parent where they are written */
export function configsWith(
  files: Partial<Record<keyof typeof LEAST, string>> = {},
  parent = temporaryFolder(),
): string {
  for (const [name, text] of Object.entries({ ...LEAST, ...files })) writeFileIn(parent, `local/${name}.yml`, text);
  return parent;
}
