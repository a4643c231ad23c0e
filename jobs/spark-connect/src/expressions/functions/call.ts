/** How rows of the function tables become functions: by the SQL name and the number of columns they take. */
import { call, type Column, type Operand } from '../column.ts';

export type NoColumn = () => Column;
export type OneColumn = (column: Operand) => Column;
export type TwoColumns = (first: Operand, second: Operand) => Column;
export type ThreeColumns = (first: Operand, second: Operand, third: Operand) => Column;
export type OneOrTwoColumns = (first: Operand, second?: Operand) => Column;
export type TwoOrThreeColumns = (first: Operand, second: Operand, third?: Operand) => Column;
export type ManyColumns = (...columns: readonly Operand[]) => Column;

export const none =
  (name: string): NoColumn =>
  () =>
    call(name);
export const one =
  (name: string): OneColumn =>
  (column) =>
    call(name, column);
export const two =
  (name: string): TwoColumns =>
  (first, second) =>
    call(name, first, second);
export const three =
  (name: string): ThreeColumns =>
  (first, second, third) =>
    call(name, first, second, third);
export const many =
  (name: string): ManyColumns =>
  (...columns) =>
    call(name, ...columns);

/** One column, and a second argument that is sent even where it is left out. */
export const oneAnd =
  (name: string, usual: Operand): OneOrTwoColumns =>
  (first, second = usual) =>
    call(name, first, second);

/** Two columns, and a third argument that is sent even where it is left out. */
export const twoAnd =
  (name: string, usual: Operand): TwoOrThreeColumns =>
  (first, second, third = usual) =>
    call(name, first, second, third);

export const oneOrTwo =
  (name: string): OneOrTwoColumns =>
  (first, second) =>
    second === undefined ? call(name, first) : call(name, first, second);

export const twoOrThree =
  (name: string): TwoOrThreeColumns =>
  (first, second, third) =>
    third === undefined ? call(name, first, second) : call(name, first, second, third);
