/** All rules of a schema file, bound to the columns of a parsed line. */
import { type Column, functions as F } from 'spark-connect';
import type { Parsed } from '../plan/parse.ts';
import { PARSER_LIMITS } from '../plan/parser-limits.ts';
import type { Schemas } from './schemas.ts';
import { checks } from './checks.ts';
import { violations } from './json-schema.ts';
import type { Rule } from './rule.ts';

/** What makes a line no event at all; such a line is not judged further. Null never reaches `broken`. */
function lineRules(parsed: Parsed): Rule[] {
  const isText = parsed.isBlank.or(parsed.isTombstone).not().and(parsed.isUtf8);
  const limit = parsed.exceededLimit;
  const rules: [name: string, message: string, broken: Column][] = [
    ['tombstone', 'the record has no value', parsed.isTombstone],
    ['invalid_utf8', 'the line is not valid UTF-8', parsed.isBlank.not().and(parsed.isUtf8.not())],
    ...Object.entries(PARSER_LIMITS).map(([name, message]): [string, string, Column] => [
      name,
      message,
      F.coalesce(limit.eq(name), F.lit(false)),
    ]),
    [
      'malformed',
      'the line is not exactly one JSON object with distinct keys',
      isText.and(parsed.isObject.not()).and(limit.isNull()),
    ],
  ];
  return rules.map(([name, message, broken]) => ({ name, field: null, severity: 'error', message, broken }));
}

/** @returns the rules in the order in which the reasons of a line are listed */
export function rulesOf(schemas: Schemas, parsed: Parsed, converted: (field: string, as: string) => Column): Rule[] {
  const keywordRules = violations(schemas.input, parsed).map((violation) => ({
    ...violation,
    severity: schemas.severity?.[violation.name] ?? 'error',
  }));
  const namedRules = schemas.rules.map(({ name, field, severity, message, check }) => {
    return {
      name,
      field,
      severity,
      message,
      broken: checks[check]!.broken(parsed.text(field), (as) => converted(field, as)),
    };
  });
  const isEvent = parsed.isUtf8.and(parsed.isObject);
  const eventRules = [...keywordRules, ...namedRules].map((rule) => ({
    ...rule,
    broken: isEvent.and(F.coalesce(rule.broken, F.lit(false))),
  }));
  return [...lineRules(parsed), ...eventRules];
}
