/** What a string of a configuration says, and where that is from: the file, variables, AWS. */
import { isReference } from './aws/reference.ts';
import { type Environment, expand } from './variables.ts';

export interface Expanded {
  readonly text: string;
  /** Names of variables that are part of it, those that hold references too. */
  readonly variables: readonly string[];
  /** References to AWS that are part of it; with any it is a secret. */
  readonly references: readonly string[];
  /** `variable NAME` or a reference; empty for what the file alone says. */
  readonly origins: readonly string[];
}

/**
 * A reference is a string as a whole, or a variable as a whole: `${TOKEN}` may be one within a longer string. What AWS
 * holds is not looked into again.
 *
 * @param valueOf what AWS holds for a reference
 * @throws Error as {@link expand}, and of `valueOf`
 */
export function expandValue(text: string, variables: Environment, valueOf: (reference: string) => string): Expanded {
  const names = new Set<string>();
  const whole = expand(text, variables, (value, name) => {
    if (name !== undefined) names.add(name);
    return value;
  });
  const found = { variables: [...names] };
  if (isReference(whole)) return { ...found, text: valueOf(whole), references: [whole], origins: [whole] };
  const references = new Set<string>();
  const origins = new Set<string>();
  const expanded = expand(text, variables, (value, name) => {
    if (isReference(value)) {
      references.add(value);
      origins.add(value);
      return valueOf(value);
    }
    if (name !== undefined) origins.add(`variable ${name}`);
    return value;
  });
  return { ...found, text: expanded, references: [...references], origins: [...origins] };
}
