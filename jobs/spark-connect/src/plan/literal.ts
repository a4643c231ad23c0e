/** JavaScript values to literals of a plan, and the literals a server sends back to JavaScript values. */
import { create } from '@bufbuild/protobuf';
import { assertDistinct } from './distinct-names.ts';
import { SparkError } from '../errors.ts';
import { type Expression_Literal, Expression_LiteralSchema } from '../gen/spark/connect/expressions_pb.js';
import { type DataType, DataTypeSchema } from '../gen/spark/connect/types_pb.js';
import { dateText, localTimestampText, timestampDate, timeText } from './values.ts';

/** What may stand for a literal. Whole numbers become INT or BIGINT, other numbers DOUBLE, a Date a TIMESTAMP. */
export type LiteralValue = null | boolean | number | bigint | string | Uint8Array | Date;

const MAX_INT = 2 ** 31 - 1;
const MIN_INT = -(2 ** 31);
const MAX_LONG = 2n ** 63n - 1n;
const MIN_LONG = -(2n ** 63n);

/** @throws SparkError `usage` for a number no Spark type holds exactly, and for what is no literal at all */
export function literal(value: LiteralValue): Expression_Literal {
  return create(Expression_LiteralSchema, { literalType: literalType(value) });
}

function literalType(value: LiteralValue): Expression_Literal['literalType'] {
  if (value === null) return { case: 'null', value: create(DataTypeSchema, { kind: { case: 'null', value: {} } }) };
  if (typeof value === 'string') return { case: 'string', value };
  if (typeof value === 'boolean') return { case: 'boolean', value };
  if (typeof value === 'number') return numberType(value);
  if (typeof value === 'bigint') {
    if (value > MAX_LONG || value < MIN_LONG) throw new SparkError('usage', `${value} does not fit a BIGINT.`);
    return { case: 'long', value };
  }
  if (value instanceof Date) return { case: 'timestamp', value: epochMicros(value) };
  if (value instanceof Uint8Array) return { case: 'binary', value: new Uint8Array(value) };
  throw new SparkError('usage', `A value of type ${typeof value} cannot be a literal.`);
}

function numberType(value: number): Expression_Literal['literalType'] {
  if (!Number.isInteger(value) || Object.is(value, -0)) return { case: 'double', value };
  if (value >= MIN_INT && value <= MAX_INT) return { case: 'integer', value };
  if (Number.isSafeInteger(value)) return { case: 'long', value: BigInt(value) };
  throw new SparkError('usage', `${value} is beyond the whole numbers a JavaScript number holds: give it as a bigint.`);
}

function epochMicros(date: Date): bigint {
  const ms = date.getTime();
  if (Number.isNaN(ms)) throw new SparkError('usage', 'An invalid Date cannot be a literal.');
  return BigInt(ms) * 1_000n;
}

/**
 * A literal of an answer to the same JavaScript value that a result column of its type has.
 * @throws SparkError `usage` for a struct with two fields of one name
 */
export function literalValue({ literalType, dataType }: Expression_Literal): unknown {
  switch (literalType.case) {
    case undefined:
    case 'null':
      return null;
    case 'decimal':
      return decimalOfScale(literalType.value.value, literalType.value.scale ?? 0);
    case 'date':
      return dateText(literalType.value);
    case 'timestamp':
      return timestampDate(literalType.value);
    case 'timestampNtz':
      return localTimestampText(literalType.value);
    case 'time':
      return timeText(literalType.value.nano);
    case 'calendarInterval':
      return { months: literalType.value.months, days: literalType.value.days, micros: literalType.value.microseconds };
    case 'array':
      return literalType.value.elements.map(literalValue);
    case 'specializedArray':
      return [...(literalType.value.valueType.value?.values ?? [])];
    case 'map': {
      const { keys, values } = literalType.value;
      return new Map(keys.map((key, index) => [literalValue(key), literalValue(values[index] as Expression_Literal)]));
    }
    case 'struct': {
      const names = fieldNames(dataType ?? literalType.value.structType);
      assertDistinct(names, 'A struct has two fields');
      return Object.fromEntries(
        literalType.value.elements.map((field, index) => [names[index] ?? `_${index}`, literalValue(field)]),
      );
    }
    case 'binary':
    case 'boolean':
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
    case 'string':
    case 'yearMonthInterval':
    case 'dayTimeInterval':
      break;
  }
  return literalType.value;
}

function fieldNames(type: DataType | undefined): string[] {
  return type?.kind.case === 'struct' ? type.kind.value.fields.map((field) => field.name) : [];
}

/** `1E+2` and `1.5` of scale 2 both keep the digits of their scale, as result columns do. */
function decimalOfScale(text: string, scale: number): string {
  const match = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = digits.padEnd(point + scale, '0');
  const shifted = point > 0 ? padded : '0'.repeat(1 - point) + padded;
  const at = Math.max(point, 1);
  const integer = shifted.slice(0, at).replace(/^0+(?=\d)/, '');
  return scale === 0 ? sign + integer : `${sign}${integer}.${shifted.slice(at, at + scale).padEnd(scale, '0')}`;
}
