/** Options of readers and writers. */

/** Values of options; Spark reads all of them as text. */
export type Options = Readonly<Record<string, string | number | boolean>>;

export function textOptions(options: Options): Record<string, string> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, String(value)]));
}
