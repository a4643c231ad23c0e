/** All rules of a schema file, bound to the columns of a parsed line. */
import { functions as F } from 'spark-connect';
import type { Parsed } from '../plan/parse.ts';
import type { Schemas } from './schemas.ts';
import { checks } from './checks.ts';
import { violations } from './json-schema.ts';
import type { Rule } from './rule.ts';

/** What makes a line no event at all; such a line is not judged further. Null never reaches `broken`. */
function lineRules(parsed: Parsed): Rule[] {
  return [
    {
      name: 'tombstone',
      field: null,
      severity: 'error',
      message: 'the record has no value',
      broken: parsed.isTombstone,
    },
    {
      name: 'invalid_utf8',
      field: null,
      severity: 'error',
      message: 'the line is not valid UTF-8',
      broken: parsed.isBlank.not().and(parsed.isUtf8.not()),
    },
    {
      name: 'malformed',
      field: null,
      severity: 'error',
      message: 'the line is not exactly one JSON object with distinct keys',
      broken: parsed.isBlank.or(parsed.isTombstone).not().and(parsed.isUtf8).and(parsed.isObject.not()),
    },
  ];
}

/** @returns the rules in the order in which the reasons of a line are listed */
export function rulesOf(schemas: Schemas, parsed: Parsed): Rule[] {
  const keywordRules = violations(schemas.input, parsed).map((violation) => ({
    ...violation,
    severity: schemas.severity?.[violation.name] ?? 'error',
  }));
  const namedRules = schemas.rules.map(({ name, field, severity, message, check }) => {
    return { name, field, severity, message, broken: checks[check]!(parsed.text(field)) };
  });
  const isEvent = parsed.isUtf8.and(parsed.isObject);
  const eventRules = [...keywordRules, ...namedRules].map((rule) => ({
    ...rule,
    broken: isEvent.and(F.coalesce(rule.broken, F.lit(false))),
  }));
  return [...lineRules(parsed), ...eventRules];
}
