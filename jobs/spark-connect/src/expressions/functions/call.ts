/**
 * How rows of the function tables become functions: by the SQL name and the number of columns they take. The first argument
 * is what the function is about, so a text there is a mistake: a name of a column, or a literal that says so by `lit`.
 */
import { call, type Column, type Operand } from '../column.ts';
import { SparkError } from '../../errors.ts';

/** What a function is about: a column, or a literal that cannot be mistaken for the name of one. */
export type Subject = Exclude<Operand, string>;

export type NoColumn = () => Column;
export type OneColumn = (column: Subject) => Column;
export type OneText = (text: Operand) => Column;
export type TwoColumns = (first: Subject, second: Operand) => Column;
export type TextAndColumn = (text: Operand, column: Operand) => Column;
export type ThreeColumns = (first: Subject, second: Operand, third: Operand) => Column;
export type OneOrTwoColumns = (first: Subject, second?: Operand) => Column;
export type TwoOrThreeColumns = (first: Subject, second: Operand, third?: Operand) => Column;
export type ManyColumns = (...columns: readonly Operand[]) => Column;
export type NoneOrOne = (argument?: Operand) => Column;
export type TextsAndColumn = (first: Operand, second: Operand, column: Subject) => Column;
export type TextAndOneOrTwo = (text: Operand, column: Subject, third?: Operand) => Column;
export type TextAndMany = (text: Operand, ...columns: readonly Operand[]) => Column;
export type OneAndMany = (column: Subject, ...more: readonly Operand[]) => Column;

/** Of a format, by name. */
export type FormatOptions = Readonly<Record<string, string>>;
export type Typed = (column: Subject, type: Operand, options?: FormatOptions) => Column;
export type WithOptions = (column: Subject, options?: FormatOptions) => Column;
export type TextWithOptions = (text: Operand, options?: FormatOptions) => Column;

/** @throws SparkError `usage` for a text, which types refuse too */
export function subject(name: string, value: Operand): Operand {
  if (typeof value !== 'string') return value;
  const text = JSON.stringify(value);
  throw new SparkError(
    'usage',
    `${name} is about a column, not a text: F.col(${text}) is the column, F.lit(${text}) the text.`,
  );
}

/** @throws SparkError `usage` where all are texts: names of columns were meant */
export function subjects(name: string, values: readonly Operand[]): readonly Operand[] {
  if (values.length > 0 && values.every((value) => typeof value === 'string')) subject(name, values[0] ?? null);
  return values;
}

export const none =
  (name: string): NoColumn =>
  () =>
    call(name);
export const one =
  (name: string): OneColumn =>
  (column) =>
    call(name, subject(name, column));
/** For what most often is given a literal. */
export const oneText =
  (name: string): OneText =>
  (text) =>
    call(name, text);
export const two =
  (name: string): TwoColumns =>
  (first, second) =>
    call(name, subject(name, first), second);
/** A text before what the function is about. */
export const textAnd =
  (name: string): TextAndColumn =>
  (text, column) =>
    call(name, text, subject(name, column));
export const three =
  (name: string): ThreeColumns =>
  (first, second, third) =>
    call(name, subject(name, first), second, third);
export const many =
  (name: string): ManyColumns =>
  (...columns) =>
    call(name, ...subjects(name, columns));

/** One column, and a second argument that is sent even where it is left out. */
export const oneAnd =
  (name: string, usual: Operand): OneOrTwoColumns =>
  (first, second = usual) =>
    call(name, subject(name, first), second);

/** Two columns, and a third argument that is sent even where it is left out. */
export const twoAnd =
  (name: string, usual: Operand): TwoOrThreeColumns =>
  (first, second, third = usual) =>
    call(name, subject(name, first), second, third);

export const oneOrTwo =
  (name: string): OneOrTwoColumns =>
  (first, second) =>
    second === undefined ? call(name, subject(name, first)) : call(name, subject(name, first), second);

export const twoOrThree =
  (name: string): TwoOrThreeColumns =>
  (first, second, third) =>
    third === undefined ? call(name, subject(name, first), second) : call(name, subject(name, first), second, third);

export const noneOrOne =
  (name: string): NoneOrOne =>
  (argument) =>
    argument === undefined ? call(name) : call(name, argument);

/** Two texts, or what is computed with, before what the function is about. */
export const textsAnd =
  (name: string): TextsAndColumn =>
  (first, second, column) =>
    call(name, first, second, subject(name, column));

export const textAndOneOrTwo =
  (name: string): TextAndOneOrTwo =>
  (text, column, third) =>
    third === undefined ? call(name, text, subject(name, column)) : call(name, text, subject(name, column), third);

export const textAndMany =
  (name: string): TextAndMany =>
  (text, ...columns) =>
    call(name, text, ...columns);

export const oneAndMany =
  (name: string): OneAndMany =>
  (column, ...more) =>
    call(name, subject(name, column), ...more);

/** For what begins with names that are no columns. */
export const manyTexts =
  (name: string): ManyColumns =>
  (...values) =>
    call(name, ...values);

/** From `least` to `most` arguments. @throws SparkError `usage` for another number of them */
export const from =
  (name: string, least: number, most: number): OneAndMany =>
  (column, ...more) => {
    const given = more.length + 1;
    const wanted = least === most ? `${least}` : `${least} to ${most}`;
    if (given < least || given > most)
      throw new SparkError('usage', `${name} takes ${wanted} arguments, not ${given}.`);
    return call(name, subject(name, column), ...more);
  };

/** `least` arguments, and others that are sent even where they are left out. @throws SparkError `usage` as {@link from} */
export const defaults = (name: string, least: number, usual: readonly Operand[]): OneAndMany => {
  const whole = from(name, least, least + usual.length);
  return (column, ...more) =>
    whole(column, ...more, ...(more.length + 1 < least ? [] : usual.slice(more.length + 1 - least)));
};

/** The second argument goes first. */
export const trimmed =
  (name: string): OneOrTwoColumns =>
  (column, characters) =>
    characters === undefined ? call(name, subject(name, column)) : call(name, characters, subject(name, column));

/** A text in a format to a type in DDL. */
export const typed =
  (name: string): Typed =>
  (column, type, options) =>
    call(name, subject(name, column), type, ...optionsMap(options));

export const withOptions =
  (name: string): WithOptions =>
  (column, options) =>
    call(name, subject(name, column), ...optionsMap(options));

export const textWithOptions =
  (name: string): TextWithOptions =>
  (text, options) =>
    call(name, text, ...optionsMap(options));

function optionsMap(options: FormatOptions = {}): Column[] {
  const pairs = Object.entries(options).flat();
  return pairs.length === 0 ? [] : [call('map', ...pairs)];
}
