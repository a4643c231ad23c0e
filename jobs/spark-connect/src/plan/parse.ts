/** The relation that reads rows out of texts. */
import { Parse_ParseFormat } from '../gen/spark/connect/relations_pb.js';
import type { DataType } from '../gen/spark/connect/types_pb.js';
import { type Relation, relation } from './relation.ts';

const FORMATS = {
  csv: Parse_ParseFormat.CSV,
  json: Parse_ParseFormat.JSON,
  xml: Parse_ParseFormat.XML,
} as const;

export type TextFormat = keyof typeof FORMATS;

export interface ParseParts {
  readonly format: TextFormat;
  /** Without one the server looks into the texts. */
  readonly schema: DataType | undefined;
  readonly options: Readonly<Record<string, string>>;
}

/** @param input one column of texts */
export function parse(input: Relation, { format, schema, options }: ParseParts): Relation {
  const value = { input, format: FORMATS[format], options: { ...options } };
  return relation({ case: 'parse', value: schema === undefined ? value : { ...value, schema } });
}
