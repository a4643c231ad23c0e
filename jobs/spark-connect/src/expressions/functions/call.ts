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
