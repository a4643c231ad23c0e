import { describe, expect, test } from '@jest/globals';
import { accountingFindings, audit, quarantineFindings, type Accounting } from './audit.ts';
import type { Finding } from './finding.ts';

const accounting = (part: Partial<Accounting> = {}): Accounting => ({
  read: 10,
  published: 6,
  superseded: 1,
  quarantined: 2,
  blank: 1,
  ...part,
});
const staged = { key: 'k', sizeBytes: 1, sha256: 'x', rows: 6 };
const limits = { maxQuarantinedShare: 0.25, minRows: null, maxShrinkage: null };
const codes = (findings: readonly Finding[]): string[] => findings.map(({ severity, code }) => `${severity} ${code}`);

test('what has no error is audited, warnings do not matter', () => {
  const warning: Finding = { severity: 'warn', code: 'c', message: 'm' };
  expect(audit(staged, [])).toMatchObject({ kind: 'audited', staged });
  expect(audit(staged, [warning])).toMatchObject({ kind: 'audited' });
});

test('what has an error is rejected, with its errors', () => {
  const findings: Finding[] = [
    { severity: 'warn', code: 'w', message: 'm' },
    { severity: 'error', code: 'e', message: 'm' },
  ];
  expect(audit(staged, findings)).toStrictEqual({ kind: 'rejected', staged, findings: [findings[1]] });
});

describe('every line is accounted for', () => {
  test.each<[string, Partial<Accounting>, number, string[]]>([
    ['all of them', {}, 6, []],
    ['one is missing', { read: 11 }, 6, ['error lines_unaccounted']],
    ['one is too many', { blank: 2 }, 6, ['error lines_unaccounted']],
    ['the staged rows are others', {}, 5, ['error rows_differ']],
    ['nothing was read', { read: 0, published: 0, superseded: 0, quarantined: 0, blank: 0 }, 0, []],
  ])('%s', (_, part, rows, expected) => {
    expect(codes(accountingFindings(accounting(part), rows))).toStrictEqual(expected);
  });
});

test('fewer lines than the input has are an error, and where nobody knows how many it has, none', () => {
  expect(codes(accountingFindings(accounting(), 6, 11))).toStrictEqual(['error input_rows_differ']);
  expect(codes(accountingFindings(accounting(), 6, 10))).toStrictEqual([]);
  expect(codes(accountingFindings(accounting(), 6))).toStrictEqual([]);
});

describe('the share of quarantined lines', () => {
  test.each<[string, Partial<Accounting>, string[]]>([
    ['2 of 9 judged lines are fewer than a quarter', {}, []],
    ['2 of 8 are a quarter, which is allowed', { blank: 2 }, []],
    ['3 of 9 are too many', { quarantined: 3 }, ['error quarantined_share']],
    ['blank lines are not judged', { read: 1, blank: 1, quarantined: 0 }, []],
  ])('%s', (_, part, expected) => {
    expect(codes(quarantineFindings(accounting(part), limits))).toStrictEqual(expected);
  });

  test('the message tells the numbers and the key to change', () => {
    const [finding] = quarantineFindings(accounting({ quarantined: 3 }), limits);
    expect(finding?.message).toBe(
      '3 of 9 lines are quarantined (33.3 %), allowed are 25 % (lake.audit.max_quarantined_share)',
    );
  });
});
