/** Decides what a schema in DDL means, for the types of which rows can be made here. */
import { SparkError } from '../errors.ts';

export type ScalarName =
  | 'BOOLEAN'
  | 'TINYINT'
  | 'SMALLINT'
  | 'INT'
  | 'BIGINT'
  | 'FLOAT'
  | 'DOUBLE'
  | 'STRING'
  | 'BINARY'
  | 'DATE'
  | 'TIMESTAMP'
  | 'TIMESTAMP_NTZ'
  | 'TIME';

export type DdlType =
  | { readonly kind: 'scalar'; readonly name: ScalarName }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'array'; readonly element: DdlType }
  | { readonly kind: 'map'; readonly key: DdlType; readonly value: DdlType }
  | { readonly kind: 'struct'; readonly fields: readonly DdlField[] };

export interface DdlField {
  readonly name: string;
  readonly type: DdlType;
  readonly isNullable: boolean;
}

const SCALARS: Readonly<Record<string, ScalarName>> = {
  BOOLEAN: 'BOOLEAN',
  BYTE: 'TINYINT',
  TINYINT: 'TINYINT',
  SHORT: 'SMALLINT',
  SMALLINT: 'SMALLINT',
  INT: 'INT',
  INTEGER: 'INT',
  BIGINT: 'BIGINT',
  LONG: 'BIGINT',
  FLOAT: 'FLOAT',
  REAL: 'FLOAT',
  DOUBLE: 'DOUBLE',
  STRING: 'STRING',
  BINARY: 'BINARY',
  DATE: 'DATE',
  TIMESTAMP: 'TIMESTAMP',
  TIMESTAMP_LTZ: 'TIMESTAMP',
  TIMESTAMP_NTZ: 'TIMESTAMP_NTZ',
  TIME: 'TIME',
};
const DECIMALS = new Set(['DECIMAL', 'DEC', 'NUMERIC']);
const MAX_PRECISION = 38;

/** As Spark writes it, such as `ARRAY<STRUCT<a: INT>>`. */
export function ddlTypeText(type: DdlType): string {
  if (type.kind === 'scalar') return type.name;
  if (type.kind === 'decimal') return `DECIMAL(${type.precision},${type.scale})`;
  if (type.kind === 'array') return `ARRAY<${ddlTypeText(type.element)}>`;
  if (type.kind === 'map') return `MAP<${ddlTypeText(type.key)}, ${ddlTypeText(type.value)}>`;
  return `STRUCT<${type.fields.map(({ name, type: inner }) => `${name}: ${ddlTypeText(inner)}`).join(', ')}>`;
}

/**
 * @param ddl such as `url STRING NOT NULL, seen ARRAY<TIMESTAMP>`
 * @throws SparkError `usage` that names the place: not DDL, a type of which no rows can be made, a name twice
 */
export function parseDdl(ddl: string): readonly DdlField[] {
  const parser = new Parser(ddl);
  const fields = parser.fields();
  parser.end();
  return fields;
}

const TOKEN = /\s*(?:`((?:[^`]|``)+)`|('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|([\p{L}\p{N}_]+)|([<>(),:]))/uy;

interface Token {
  readonly kind: 'quoted' | 'text' | 'word' | 'sign' | 'end';
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

class Parser {
  readonly #ddl: string;
  #next: Token;

  constructor(ddl: string) {
    this.#ddl = ddl;
    this.#next = this.#read(0);
  }

  fields(separator?: ':'): readonly DdlField[] {
    const fields = [this.#field(separator)];
    while (this.#skip(',')) fields.push(this.#field(separator));
    const twice = fields.find(({ name }, index) => fields.findIndex((other) => other.name === name) !== index);
    if (twice !== undefined) throw this.#bad(`the name "${twice.name}" is there twice`);
    return fields;
  }

  end(): void {
    if (this.#next.kind !== 'end') throw this.#unexpected('a comma or the end');
  }

  /** `name TYPE`, in a struct also `name: TYPE`, then `NOT NULL` and a comment. */
  #field(separator: ':' | undefined): DdlField {
    const token = this.#next;
    if (token.kind !== 'word' && token.kind !== 'quoted') throw this.#unexpected('a name');
    this.#advance();
    if (separator !== undefined) this.#skip(separator);
    const type = this.#type();
    const isNullable = !this.#skip('NOT');
    if (!isNullable && !this.#skip('NULL')) throw this.#unexpected('NULL');
    if (this.#skip('COMMENT')) {
      if (this.#next.kind !== 'text') throw this.#unexpected('the text of the comment');
      this.#advance();
    }
    return { name: token.text, type, isNullable };
  }

  #type(): DdlType {
    const token = this.#next;
    if (token.kind !== 'word') throw this.#unexpected('a type');
    this.#advance();
    const name = token.text.toUpperCase();
    if (DECIMALS.has(name)) return this.#decimal();
    if (name === 'ARRAY') return this.#inside(() => ({ kind: 'array', element: this.#type() }));
    if (name === 'MAP') return this.#inside(() => this.#map());
    if (name === 'STRUCT') return this.#inside(() => ({ kind: 'struct', fields: this.fields(':') }));
    const scalar = Object.hasOwn(SCALARS, name) ? SCALARS[name] : undefined;
    if (scalar === undefined) {
      const known = [...new Set(Object.values(SCALARS)), 'DECIMAL', 'ARRAY', 'MAP', 'STRUCT'].join(', ');
      throw this.#bad(`rows cannot be made of type ${name}, only of ${known}`, token.from);
    }
    if (scalar === 'TIME') this.#timePrecision();
    return { kind: 'scalar', name: scalar };
  }

  #map(): DdlType {
    const { from } = this.#next;
    const key = this.#type();
    if (key.kind === 'map') throw this.#bad('a MAP cannot be the key of a MAP', from);
    this.#expect(',');
    return { kind: 'map', key, value: this.#type() };
  }

  /** Rows travel with times of six digits. */
  #timePrecision(): void {
    const { from } = this.#next;
    if (!this.#skip('(')) return;
    if (this.#number() !== 6) throw this.#bad('a TIME of rows has six digits of a second', from);
    this.#expect(')');
  }

  #inside(read: () => DdlType): DdlType {
    this.#expect('<');
    const type = read();
    this.#expect('>');
    return type;
  }

  #decimal(): DdlType {
    const { from } = this.#next;
    if (!this.#skip('(')) return { kind: 'decimal', precision: 10, scale: 0 };
    const precision = this.#number();
    const scale = this.#skip(',') ? this.#number() : 0;
    this.#expect(')');
    if (precision < 1 || precision > MAX_PRECISION || scale > precision)
      throw this.#bad(
        `DECIMAL(${precision},${scale}) cannot be: digits 1..38, of which the fraction has no more`,
        from,
      );
    return { kind: 'decimal', precision, scale };
  }

  #number(): number {
    const { kind, text } = this.#next;
    if (kind !== 'word' || !/^[0-9]{1,4}$/.test(text)) throw this.#unexpected('a number');
    this.#advance();
    return Number(text);
  }

  #expect(sign: string): void {
    if (!this.#skip(sign)) throw this.#unexpected(`"${sign}"`);
  }

  #skip(text: string): boolean {
    const { kind, text: next } = this.#next;
    const isThere = (kind === 'word' || kind === 'sign') && next.toUpperCase() === text;
    if (isThere) this.#advance();
    return isThere;
  }

  #advance(): void {
    this.#next = this.#read(this.#next.to);
  }

  #read(from: number): Token {
    if (this.#ddl.slice(from).trim() === '') return { kind: 'end', text: '', from, to: from };
    TOKEN.lastIndex = from;
    const match = TOKEN.exec(this.#ddl);
    if (match === null) throw this.#bad('there is a sign that means nothing', from);
    const [, quoted, text, word, sign] = match;
    const place = { from, to: TOKEN.lastIndex };
    if (quoted !== undefined) return { kind: 'quoted', text: quoted.replaceAll('``', '`'), ...place };
    if (text !== undefined) return { kind: 'text', text, ...place };
    return word === undefined
      ? { kind: 'sign', text: sign as string, ...place }
      : { kind: 'word', text: word, ...place };
  }

  #unexpected(wanted: string): SparkError {
    return this.#bad(`${wanted} is missing`);
  }

  #bad(reason: string, at = this.#next.from): SparkError {
    const rest = this.#ddl.slice(at).trim();
    const where = rest === '' ? 'at its end' : `before "${rest.slice(0, 40)}"`;
    return new SparkError('usage', `The schema "${this.#ddl}" cannot be used: ${where}, ${reason}.`);
  }
}
