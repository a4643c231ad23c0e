/** The rooms as a table in Markdown. */
export function roomsTable(): string;
/** @param files below the folder of the packages @returns a sentence for each broken wall */
export function brokenWalls(files: readonly string[], jobs?: string): string[];
/** Circles of imports, types aside. */
export function circles(files: readonly string[], jobs?: string): string[];
