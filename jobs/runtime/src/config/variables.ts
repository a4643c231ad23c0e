/** `${NAME}` and `${NAME:-default}` in the strings of a configuration. */

export type Environment = Readonly<Record<string, string | undefined>>;

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/**
 * @param insert what is put in for the value of a variable, or for a default, which has no name
 * @throws Error naming a variable that is not set and has no default, or a reference that is none
 */
export function expand(
  text: string,
  variables: Environment,
  insert: (value: string, name: string | undefined) => string = (value) => value,
): string {
  const rest = text.replaceAll(REFERENCE, '');
  if (rest.includes('${')) {
    throw new Error(`${JSON.stringify(text)} holds a \${ that is no reference such as \${NAME} or \${NAME:-default}`);
  }
  return text.replaceAll(REFERENCE, (_, name: string, fallback: string | undefined) => {
    // As in a shell, `:-` also replaces an empty value.
    const value = variables[name] || fallback;
    if (value === undefined) throw new Error(`the variable ${name} is not set; set it, or write \${${name}:-default}`);
    return insert(value, variables[name] ? name : undefined);
  });
}
