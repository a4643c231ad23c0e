/** HTML as text in which nothing that came as a value is markup. */

/** Markup of ours; everything else is text. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | readonly Value[];

/** A template whose values are escaped, unless they are templates themselves; a list is its items one after the other. Indents are of the source only. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(String.raw({ raw: parts.map((part) => part.replaceAll(/\n\s*/g, '\n')) }, ...values.map(markup)));

function markup(value: Value): string {
  if (value instanceof Html) return value.text;
  return typeof value === 'object' ? value.map(markup).join('') : escaped(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Control characters, and those that turn the direction of a line: a name must not look like another one. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

const escaped = (text: string): string =>
  text
    .replaceAll(UNSEEN, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`)
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
