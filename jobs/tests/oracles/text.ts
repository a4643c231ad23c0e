/** The text conversions: trimming, HTML entities decoded once, ingredient lines. */
import { decodeHTMLStrict } from 'entities';

/** `entities` knows the names and the numbers; how many digits a number may have is our own rule. */
const REFERENCE = /&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]*);/g;

export function decodeEntities(text: string): string {
  return text.replace(REFERENCE, (reference) => decodeHTMLStrict(reference));
}

export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** Conversion `trimmed`: no entities here, so an address stays what was sent. */
export function toTrimmed(value: string | undefined): string | null {
  return value?.trim() || null;
}

/** Conversion `text`. */
export function toText(value: string | undefined): string | null {
  return value === undefined ? null : toTrimmed(decodeEntities(value));
}

/** Conversion `lines`: split before decoding, so an encoded line end never splits. */
export function toLines(value: string): string[] {
  return value
    .split(/\r\n|\n|\r/)
    .map((line) => decodeEntities(line).trim())
    .filter((line) => line !== '');
}
