/** Log lines on stderr: one event a line, text for people or JSON for machines. Stdout belongs to the summary. */
import winston from 'winston';
import type { Config } from './config/schema.ts';
import { scrub } from './config/secrets.ts';

export type Log = Pick<winston.Logger, 'error' | 'warn' | 'info' | 'debug'>;

export interface ClosableLog extends Log {
  /** Resolves when everything is written; what is logged from then on is dropped. */
  close(): Promise<void>;
}

/** @param secrets texts that no line shows */
export function openLog(config: Config['logging'], secrets: readonly string[] = []): ClosableLog {
  const { combine, timestamp, json, printf } = winston.format;
  const text = printf(({ timestamp: at, level, message }) => {
    const mark = level === 'info' ? '' : `${level}: `;
    return `${String(at).slice(11, 19)} ${mark}${String(message)}`;
  });
  const withoutSecrets = winston.format((info) => ({ ...info, message: scrub(String(info.message), secrets) }));
  const logger = winston.createLogger({
    level: config.level,
    format: combine(withoutSecrets(), timestamp(), config.format === 'json' ? json() : text),
    transports: [new winston.transports.Stream({ stream: process.stderr })],
  });
  return {
    error: logger.error.bind(logger),
    warn: logger.warn.bind(logger),
    info: logger.info.bind(logger),
    debug: logger.debug.bind(logger),
    close: () =>
      new Promise((resolve) => {
        logger.on('finish', () => resolve()).end();
        // Whatever is logged from now on would be an error of its own.
        logger.write = () => true;
      }),
  };
}
