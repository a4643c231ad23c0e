/** Rows as an aligned text table for a terminal. */

import { printableLine } from 'runtime';

type Cell = string | number;

/** @param table the first row is the header; numbers are set to the right, and no cell begins a line of its own */
export function textTable(table: readonly (readonly Cell[])[], indent = '  '): string {
  const rows = table.map((row) => row.map((cell) => (typeof cell === 'number' ? cell : printableLine(cell))));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column] ?? '').length)));
  const line = (row: readonly Cell[]): string =>
    row
      .map((cell, column) => pad(cell, widths[column]!))
      .join('  ')
      .trimEnd();
  return rows.map((row) => `${indent}${line(row)}\n`).join('');
}

function pad(cell: Cell, width: number): string {
  return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
}
