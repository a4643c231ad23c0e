/** Takes out of a secret what a reference names; what is wrong is said without the secret's text. */

/** @param key of a JSON object; undefined for the whole text @throws Error */
export function secretText(text: string | undefined, key: string | undefined): string {
  if (text === undefined) throw new Error('the secret is binary; store it as text');
  if (key === undefined) return text;
  const fields = fieldsOf(text);
  if (fields === undefined) {
    throw new Error('the text of the secret is not a JSON object; store one, or leave #KEY out for the whole text');
  }
  const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === undefined) throw new Error(`the secret has no key ${JSON.stringify(key)}; add it, or correct the key`);
  throw new Error(`the key ${JSON.stringify(key)} of the secret holds no text; store a string there`);
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
