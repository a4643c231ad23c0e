/** Text from elsewhere, such as names from data, as a terminal shows it and does not obey it. */

/** Controls but tab and line end, and marks that turn the direction of what follows. */
const OBEYED = /(?![\t\n])\p{Cc}|[\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;
const LINE_ENDS = /[\t\n]/g;

/** As JSON writes such a character, so a JSON text stays the same JSON. */
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** For text of several lines, and for JSON. */
export const printable = (text: string): string => text.replaceAll(OBEYED, escaped);

/** For a name or a message within a line: it cannot begin one of its own. */
export const printableLine = (text: string): string => printable(text).replaceAll(LINE_ENDS, escaped);
