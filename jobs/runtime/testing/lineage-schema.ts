/** Holds an event of ours against the schemas of OpenLineage: as a whole, and each facet against the one that it names. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const FOLDER = join(import.meta.dirname, 'openlineage');

// `example` is no keyword of JSON Schema.
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat('uri', (text) => /^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(text) && URL.canParse(text));
ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json')))
  ajv.addSchema(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as object);

/** @returns what is wrong; none for a good event. A facet of a schema that is not kept here is wrong too. */
export function lineageFaults(event: unknown): string[] {
  const { schemaURL } = event as { schemaURL: string };
  const facets = facetsIn(event).flatMap(({ url, facet, at }) => faults(url, facet, at));
  return [...faults(schemaURL, event, 'event'), ...facets];
}

function faults(url: string, value: unknown, at: string): string[] {
  const validate = ajv.getSchema(url);
  if (validate === undefined) return [`${at}: there is no schema ${url}`];
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${at}${instancePath}: ${message}`);
}

interface Found {
  readonly url: string;
  readonly facet: object;
  readonly at: string;
}

function facetsIn(value: unknown, at = ''): Found[] {
  if (value === null || typeof value !== 'object') return [];
  const url = (value as Readonly<Record<string, unknown>>)['_schemaURL'];
  const own = typeof url === 'string' ? [{ url, facet: value, at }] : [];
  return [...own, ...Object.entries(value).flatMap(([key, item]) => facetsIn(item, `${at}/${key}`))];
}
