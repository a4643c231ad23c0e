/** Decides how a JavaScript value travels as a value of a Spark type: the opposite of values.ts. */
import type { DdlField, DdlType, ScalarName } from './ddl.ts';
import { ddlTypeText } from './ddl.ts';
import { SparkError } from '../errors.ts';
import { days, localMicros, micros, nanosOfDay } from './encode-time.ts';

/** Where a value is, for errors. */
interface Place {
  /** Counted from 0. */
  readonly row: number;
  /** Such as `tags[2].name`. */
  readonly column: string;
}

/** @param value undefined counts as null @throws SparkError `usage` that names row, column and type */
export function encodeField({ name, type, isNullable }: DdlField, value: unknown, row: number, parent = ''): unknown {
  const place = { row, column: `${parent}${name}` };
  if (value === null || value === undefined) {
    if (!isNullable) throw misfit(type, value, place, 'the column is NOT NULL');
    return null;
  }
  return encodeValue(type, value, place);
}

/** @throws SparkError `usage`: a name that the type does not have would be lost without a word */
export function assertNames(fields: readonly DdlField[], value: object, row: number, parent = ''): void {
  const unknown = Object.keys(value).find((key) => !fields.some(({ name }) => name === key));
  if (unknown === undefined) return;
  const names = fields.map(({ name }) => name).join(', ');
  throw new SparkError('usage', `Row ${row} has "${parent}${unknown}", which the schema does not: it has ${names}.`);
}

function encodeValue(type: DdlType, value: unknown, place: Place): unknown {
  if (type.kind === 'scalar') return encodeScalar(type, value, place);
  if (type.kind === 'decimal') return unscaled(type, value, place);
  if (type.kind === 'array') {
    if (!Array.isArray(value)) throw misfit(type, value, place, 'an array is wanted');
    // Array.from: a hole is a null as well.
    return Array.from(value, (element: unknown, index) =>
      encodeField({ name: `[${index}]`, type: type.element, isNullable: true }, element, place.row, place.column),
    );
  }
  if (type.kind === 'map') return encodeMap(type, value, place);
  if (!isObject(value)) throw misfit(type, value, place, 'an object is wanted');
  const parent = `${place.column}.`;
  assertNames(type.fields, value, place.row, parent);
  // By position: a name such as __proto__ must be a name like any other.
  return type.fields.map((field) => encodeField(field, ownValue(value, field.name), place.row, parent));
}

/** Entries, as the encoder of maps takes them; an object stands for a map whose keys are texts. */
function encodeMap(type: Extract<DdlType, { kind: 'map' }>, value: unknown, { row, column }: Place): unknown {
  const isNamed = type.key.kind === 'scalar' && type.key.name === 'STRING' && isObject(value);
  const entries =
    value instanceof Map ? [...(value as ReadonlyMap<unknown, unknown>)] : isNamed && Object.entries(value);
  if (entries === false) throw misfit(type, value, { row, column }, 'a Map is wanted');
  return entries.map(([key, inner], index) => [
    encodeField({ name: `.key[${index}]`, type: type.key, isNullable: false }, key, row, column),
    encodeField({ name: `.value[${index}]`, type: type.value, isNullable: true }, inner, row, column),
  ]);
}

/** Names that every object inherits are not values of a row. */
export function ownValue(row: object, name: string): unknown {
  return Object.hasOwn(row, name) ? (row as Record<string, unknown>)[name] : undefined;
}

type Encode = (value: unknown) => unknown;
type Scalar = Extract<DdlType, { kind: 'scalar' }>;

/** Undefined for a value that does not fit. */
const ENCODERS: Readonly<Record<ScalarName, readonly [wanted: string, encode: Encode]>> = {
  BOOLEAN: ['true or false is wanted', (value) => (typeof value === 'boolean' ? value : undefined)],
  TINYINT: ['a whole number -128..127 is wanted', (value) => whole(value, 8)],
  SMALLINT: ['a whole number -32768..32767 is wanted', (value) => whole(value, 16)],
  INT: ['a whole number of 32 bits is wanted', (value) => whole(value, 32)],
  BIGINT: ['a bigint of 64 bits or a safe whole number is wanted', big],
  FLOAT: ['a number of 32 bits is wanted', single],
  DOUBLE: ['a number is wanted', (value) => (typeof value === 'number' ? value : undefined)],
  STRING: ['text in well-formed Unicode is wanted', text],
  BINARY: ['a Uint8Array is wanted', (value) => (value instanceof Uint8Array ? value : undefined)],
  DATE: ["a day as 'YYYY-MM-DD' is wanted", days],
  TIMESTAMP: ["a valid Date, or text such as '2019-11-29T01:02:03.456789Z', is wanted", micros],
  TIMESTAMP_NTZ: ["text such as '2019-11-29T01:02:03.456789' is wanted", localMicros],
  TIME: ["text such as '01:02:03.456789' is wanted", nanosOfDay],
};

function encodeScalar(type: Scalar, value: unknown, place: Place): unknown {
  const [wanted, encode] = ENCODERS[type.name];
  const encoded = encode(value);
  if (encoded === undefined) throw misfit(type, value, place, wanted);
  return encoded;
}

function whole(value: unknown, bits: number): number | undefined {
  const number = typeof value === 'bigint' ? Number(value) : value;
  const limit = 2 ** (bits - 1);
  const fits = typeof number === 'number' && Number.isInteger(number) && number >= -limit && number < limit;
  return fits ? number : undefined;
}

function big(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'bigint' && BigInt.asIntN(64, value) === value ? value : undefined;
}

/** Rounded to 32 bits; a number that would become infinite does not fit. */
function single(value: unknown): number | undefined {
  if (typeof value !== 'number') return undefined;
  return Number.isFinite(value) && !Number.isFinite(Math.fround(value)) ? undefined : value;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.isWellFormed() ? value : undefined;
}

/** All digits count: what would be rounded does not fit. */
function unscaled(type: Extract<DdlType, { kind: 'decimal' }>, value: unknown, place: Place): bigint {
  const given = typeof value === 'bigint' ? value.toString() : value;
  const match = typeof given === 'string' ? /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(given) : null;
  if (match === null) throw misfit(type, value, place, "a number as text is wanted, such as '-1.50'");
  const [, sign, digits = '', fraction = ''] = match;
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > type.scale) throw misfit(type, value, place, 'it has more digits after the point');
  const number = BigInt(digits + kept.padEnd(type.scale, '0'));
  if (number >= 10n ** BigInt(type.precision)) throw misfit(type, value, place, 'it has more digits');
  return sign === '-' ? -number : number;
}

function isObject(value: unknown): value is object {
  const isPlain = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isPlain && !(value instanceof Date) && !(value instanceof Uint8Array) && !(value instanceof Map);
}

function misfit(type: DdlType, value: unknown, { row, column }: Place, why: string): SparkError {
  return new SparkError('usage', `Row ${row}, column ${column}: ${shown(value)} is no ${ddlTypeText(type)}: ${why}.`);
}

const MAX_SHOWN = 60;

function shown(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : value.toISOString();
  if (typeof value === 'string')
    return JSON.stringify(value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value);
  if (typeof value === 'object' && value !== null) return `a value of class ${value.constructor?.name ?? 'Object'}`;
  return typeof value === 'function' || typeof value === 'symbol' ? `a ${typeof value}` : String(value);
}
