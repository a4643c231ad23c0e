/** The folder that holds `configs/` and `schema/`, and what is read from it by every job and command. */
import { join } from 'node:path';
import { type Layout, LakeError, layoutOf } from 'lake';
import { loadYaml } from './config/yaml-file.ts';

/** RECIPE_ETL_HOME, else the working directory. */
export const homeFolder = (): string => process.env['RECIPE_ETL_HOME'] || process.cwd();

/** What a raw event must look like, what goes into the table, and the reports: data that both jobs and the commands read. */
export const schemasFile = (): string => join(homeFolder(), 'schema/schemas.yml');

const NAME = { type: 'string', pattern: '^[a-z][a-z0-9_]*$' };
/** The rest of the file is read by the jobs. */
export const FILE = {
  type: 'object',
  required: ['folders'],
  properties: {
    folders: {
      type: 'object',
      additionalProperties: false,
      required: ['events', 'table'],
      properties: { events: NAME, table: NAME },
    },
  },
};

/** @param file schemas.yml @returns the keys of the lake @throws LakeError config naming the file and the key */
export function readLayout(file: string): Layout {
  const { folders } = loadYaml(file, FILE) as { folders: Parameters<typeof layoutOf>[0] };
  const layout = layoutOf(folders);
  const { topFolders } = layout;
  if (new Set(topFolders).size === topFolders.length) return layout;
  throw new LakeError(
    'config',
    `${file}: folders.table is ${folders.table}, which the lake has already; choose another`,
  );
}
