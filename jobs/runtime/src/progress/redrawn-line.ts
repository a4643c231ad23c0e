/** One line of a terminal that is drawn again and again, and stands in the way of nothing else that is written there. */
import type { Environment } from '../config/variables.ts';

/** Of a terminal, such as `process.stderr`. */
export interface TerminalStream {
  readonly isTTY: boolean;
  readonly columns?: number | undefined;
  write: NodeJS.WriteStream['write'];
}

const CLEAR = '\r\u001B[K';
const USUAL_COLUMNS = 80;

/** @returns whether a line may be written over: by a person's terminal, unless they said that it may not */
export function canRewrite({ isTTY }: Pick<TerminalStream, 'isTTY'>, variables: Environment): boolean {
  return isTTY && !variables['CI'] && !variables['NO_COLOR'] && variables['TERM'] !== 'dumb';
}

/** Whatever others write to the same terminal meanwhile, a warning or a result, takes the line away first; it comes back below. */
export class RedrawnLine implements Disposable {
  readonly #stream: TerminalStream;
  readonly #restores: (() => void)[];
  readonly #write: (text: string) => void;
  #text = '';
  /** What others wrote last did not end its line. */
  #isMidLine = false;

  /** @param beside streams that end up on the same terminal */
  constructor(stream: TerminalStream, beside: readonly TerminalStream[] = []) {
    this.#stream = stream;
    const original = stream.write;
    this.#write = (text) => void Reflect.apply(original, stream, [text]);
    this.#restores = [stream, ...beside.filter(({ isTTY }) => isTTY)].map((each) => this.#watch(each));
  }

  show(text: string): void {
    // What is drawn again although it is the same flickers.
    if (text === this.#text && !this.#isMidLine) return;
    this.#text = text;
    this.#draw();
  }

  clear(): void {
    if (this.#text !== '' && !this.#isMidLine) this.#write(CLEAR);
    this.#text = '';
  }

  [Symbol.dispose](): void {
    this.clear();
    for (const restore of this.#restores.splice(0)) restore();
  }

  #draw(): void {
    if (this.#text === '' || this.#isMidLine) return;
    const { columns = 0 } = this.#stream;
    // A character in the last column would begin the next line, and a terminal without a size says 0.
    this.#write(CLEAR + shortened(this.#text, (columns > 0 ? columns : USUAL_COLUMNS) - 1));
  }

  #watch(stream: TerminalStream): () => void {
    const original = stream.write;
    stream.write = (...words: unknown[]): boolean => {
      const chunk = words[0] as string | Uint8Array;
      if (chunk.length === 0) return Reflect.apply(original, stream, words) as boolean;
      if (this.#text !== '' && !this.#isMidLine) this.#write(CLEAR);
      const isTaken = Reflect.apply(original, stream, words) as boolean;
      const last = chunk.at(-1);
      this.#isMidLine = last !== '\n' && last !== 0x0a;
      this.#draw();
      return isTaken;
    };
    return () => void (stream.write = original);
  }
}

const shortened = (text: string, columns: number): string =>
  text.length <= columns ? text : `${text.slice(0, Math.max(columns - 1, 0))}…`;
