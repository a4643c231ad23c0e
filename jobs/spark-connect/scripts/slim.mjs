/** What is left out of the published files: what neither Node nor an editor shows anybody. */

/** Comments of generated code only say which field or message a line is made from, and are a third of all bytes. */
export function slimGenerated(text) {
  return text.replaceAll(/^ *\/\*\*.*?\*\/\n+/gms, '').replaceAll(/^\/\/ .*\n/gm, '');
}

/** A deep margin, the same path before each type, and how classes are made that only this package makes. */
export function slimDeclarations(text) {
  const made = text.replaceAll(
    /^( *\/\*\* Made by [^\n]*not by callers\. \*\/\n *)constructor\(.*?\);$/gms,
    '$1protected constructor();',
  );
  // Nobody can extend such a class, so what only its heirs would see is seen by nobody.
  return named(made.replaceAll(/^ +(?:\/\*\* [^\n]* \*\/\n +)?protected (?!constructor).*;\n/gm, '')).replaceAll(
    /^ {4,}/gm,
    (margin) => margin.slice(margin.length / 2),
  );
}

/** tsc writes `import("./call.ts").OneColumn` for each function; the name alone means the same after one import. */
function named(text) {
  const names = new Map();
  const isTaken = (name) => new RegExp(String.raw`^(import .*|export .*|type |interface )\b${name}\b`, 'm').test(text);
  const short = text.replaceAll(/import\("(\.[^"]+)"\)\.(\w+)/g, (whole, file, name) => {
    if (isTaken(name)) return whole;
    names.set(file, new Set(names.get(file)).add(name));
    return name;
  });
  const imports = [...names].map(([file, found]) => `import type { ${[...found].join(', ')} } from '${file}';\n`);
  return imports.join('') + short;
}
