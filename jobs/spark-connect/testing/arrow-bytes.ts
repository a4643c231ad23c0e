/** Columns of values as the bytes of one Arrow stream. */
import { type Column, columnFromArray, type DataType, tableFromColumns, tableToIPC } from '@uwdata/flechette';

export function bytesOf(columns: Record<string, readonly [DataType, readonly unknown[]]>): Uint8Array {
  const built = Object.entries(columns).map(([name, [type, values]]) => {
    const pair: [string, Column<unknown>] = [name, columnFromArray([...values], type)];
    return pair;
  });
  return tableToIPC(tableFromColumns(built), { format: 'stream' }) as Uint8Array;
}
