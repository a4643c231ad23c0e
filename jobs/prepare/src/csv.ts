/** Rows to CSV text: a header, numbers as JavaScript writes them (45, not 45.0), LF at each line's end. */

type Cell = string | number;

/** @param columns names in order; they and the text cells must need no quoting, which is checked */
export function toCsv<R extends object>(columns: readonly (keyof R & string)[], rows: readonly R[]): string {
  const lines = [[...columns], ...rows.map((row) => columns.map((column) => cell(row[column] as Cell)))];
  return lines.map((line) => `${line.join(',')}\n`).join('');
}

function cell(value: Cell): string {
  const text = String(value);
  if (/[",\r\n]/.test(text)) throw new Error(`the CSV cell ${JSON.stringify(text)} would need quoting`);
  return text;
}
