/** The lines of a quarantine object, and which rules they break. */
import { type BrokenLine, placeText, ruleKey, shownText } from 'dataload';
import { linesOf } from 'dataload/lines';

export interface BrokenRule {
  /** `rule:field`, or the rule alone where it is of the whole line. */
  readonly rule: string;
  readonly message: string;
  readonly lines: number;
  /** The first few, in the order of the input: their place and how they begin. */
  readonly examples: readonly string[];
}

const MAX_EXAMPLES = 3;

/**
 * @param content one JSON object a line, as dataload writes it
 * @param rule only lines that break it: its name, with or without the field
 */
export function* linesIn(content: Uint8Array, rule?: string): Generator<BrokenLine> {
  const decoder = new TextDecoder();
  for (const bytes of linesOf(content)) {
    const line = JSON.parse(decoder.decode(bytes)) as BrokenLine;
    if (rule === undefined || breaks(line, rule)) yield line;
  }
}

/** @returns those that most lines break first; a line that breaks two counts in both */
export function brokenRules(lines: Iterable<BrokenLine>): BrokenRule[] {
  const found = new Map<string, { message: string; lines: number; examples: string[] }>();
  for (const line of lines) {
    for (const reason of line.reasons) {
      const [key, message] = [keyOf(reason), reason.message];
      const known = found.get(key) ?? { message, lines: 0, examples: [] };
      found.set(key, known);
      known.lines += 1;
      if (known.examples.length < MAX_EXAMPLES) known.examples.push(exampleText(line));
    }
  }
  return [...found].map(([rule, told]) => ({ rule, ...told })).toSorted((a, b) => b.lines - a.lines);
}

function breaks({ reasons }: BrokenLine, rule: string): boolean {
  return reasons.some((reason) => reason.rule === rule || keyOf(reason) === rule);
}

/** The line as it came; nothing for a record without a value. */
export function bytesOf({ raw, raw_base64: base64 }: BrokenLine): Uint8Array {
  return base64 === undefined ? Buffer.from(raw ?? '') : Buffer.from(base64, 'base64');
}

export function exampleText(line: BrokenLine): string {
  const shown = shownText(line);
  return shown === undefined ? placeText(line) : `${placeText(line)}: ${shown}`;
}

const keyOf = ({ rule: name, field }: BrokenLine['reasons'][number]): string => ruleKey({ name, field: field ?? null });
