import { expect, test } from '@jest/globals';
import { loadConfig } from '../config/config.ts';
import { bytesOfEvents } from './day-confs.ts';
import { sessionFor } from './session-for.ts';

const config = loadConfig('local', 'configs', {});

/** Says what is asked of it and of its clones, in order. */
class Session {
  readonly name: string;
  readonly asked: string[];
  readonly #clones: boolean;
  readonly conf = {
    set: (confs: Readonly<Record<string, string>>) => {
      const isolation = confs['spark.sql.artifact.isolation.enabled'] ?? 'as it is';
      this.asked.push(`${this.name}: whole stage ${confs['spark.sql.codegen.wholeStage']}, isolation ${isolation}`);
      return Promise.resolve();
    },
  };

  constructor(clones = true, name = 'given', asked: string[] = []) {
    this.#clones = clones;
    this.name = name;
    this.asked = asked;
  }

  cloneSession(): Promise<Session> {
    this.asked.push(`${this.name}: clone`);
    if (!this.#clones) return Promise.reject(new Error('unimplemented'));
    return Promise.resolve(new Session(true, 'clone', this.asked));
  }

  release(): Promise<void> {
    this.asked.push(`${this.name}: release`);
    return Promise.resolve();
  }
}

async function askedFor(given: Session, bytes: number): Promise<readonly string[]> {
  {
    await using session = await sessionFor(given, config, bytes);
    given.asked.push(`${session.spark.name}: day`);
  }
  return given.asked;
}

test('a small day is interpreted in the session that was given, which stays', async () => {
  expect(await askedFor(new Session(), bytesOfEvents(500))).toEqual([
    'given: whole stage false, isolation as it is',
    'given: day',
  ]);
});

test('a large day is compiled in a clone that shares its code with others, and is released after it', async () => {
  expect(await askedFor(new Session(), bytesOfEvents(100_000))).toEqual([
    'given: whole stage true, isolation false',
    'given: clone',
    'clone: day',
    'clone: release',
  ]);
});

test('where the server clones no session, a large day is compiled in the one that was given', async () => {
  expect(await askedFor(new Session(false), Infinity)).toEqual([
    'given: whole stage true, isolation false',
    'given: clone',
    'given: day',
  ]);
});
