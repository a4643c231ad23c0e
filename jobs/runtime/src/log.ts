/** Log lines on stderr: one event a line, text for people or JSON for machines. Stdout belongs to the summary. */
import winston from 'winston';
import Transport from 'winston-transport';
import type { Config } from './config/schema.ts';
import { scrub } from './config/secrets.ts';
import { printable } from './printable.ts';

export type Log = Pick<winston.Logger, 'error' | 'warn' | 'info' | 'debug'>;

export interface ClosableLog extends Log {
  /** Resolves when everything is written; what is logged from then on is dropped. */
  close(): Promise<void>;
}

/** Under the text of its line: what goes on looks like no line of its own. */
const CONTINUED = `\n${' '.repeat(9)}`;

export interface LogLine {
  readonly level: string;
  readonly message: string;
}

/** Hears every line that is logged, without secrets. */
class Listener extends Transport {
  readonly #hear: (line: LogLine) => void;

  constructor(hear: (line: LogLine) => void) {
    super();
    this.#hear = hear;
  }

  override log({ level, message }: LogLine, done: () => void): void {
    this.#hear({ level, message });
    done();
  }
}

/**
 * @param secrets texts that no line shows
 * @param hear called with every line too
 */
export function openLog(
  config: Pick<Config['logging'], 'format' | 'level'>,
  secrets: readonly string[] = [],
  hear?: (line: LogLine) => void,
): ClosableLog {
  const { combine, timestamp, printf } = winston.format;
  const text = printf(({ timestamp: at, level, message }) => {
    const mark = level === 'info' ? '' : `${level}: `;
    return printable(`${String(at).slice(11, 19)} ${mark}${String(message).replaceAll('\n', CONTINUED)}`);
  });
  const line = printf((info) => printable(JSON.stringify(info)));
  const withoutSecrets = winston.format((info) => ({ ...info, message: scrub(String(info.message), secrets) }));
  const logger = winston.createLogger({
    level: config.level,
    format: combine(withoutSecrets(), timestamp(), config.format === 'json' ? line : text),
    transports: [new winston.transports.Stream({ stream: process.stderr }), ...(hear ? [new Listener(hear)] : [])],
  });
  return {
    error: logger.error.bind(logger),
    warn: logger.warn.bind(logger),
    info: logger.info.bind(logger),
    debug: logger.debug.bind(logger),
    close: () =>
      new Promise((resolve) => {
        logger.on('finish', () => resolve()).end();
        // A line that is logged from now on would be an error itself.
        logger.write = () => true;
      }),
  };
}
