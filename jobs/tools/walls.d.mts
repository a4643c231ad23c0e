/** The rooms as a table in Markdown. */
export function roomsTable(): string;
