import { expect, test } from '@jest/globals';
import { slimDeclarations } from '../scripts/slim.mjs';
import { pruneTypes } from '../scripts/prune-types.mjs';

const files = new Map([
  [
    'index.d.ts',
    `/** The list. */
export { Frame, type Row as Line } from './frame.ts';
`,
  ],
  [
    'frame.d.ts',
    `import * as plan from './plan/relation.ts';
import type { Message } from 'messages';
import type { Hidden, Shown } from './parts.ts';
type Local = plan.Step | Message;
/** A frame. */
export declare class Frame {
    /** What it does. */
    steps(): Local[];
}
export type Row = Shown
/** Or nothing. */
 | undefined;
export declare function unused(): Hidden;
`,
  ],
  ['parts.d.ts', 'export interface Hidden {\n    a: 1;\n}\nexport interface Shown {\n    b: 2;\n}\n'],
  ['plan/relation.d.ts', "import type { Gen } from '../gen.ts';\nexport type Step = 1;\nexport type Other = Gen;\n"],
  ['gen.d.ts', 'export type Gen = 2;\n'],
]);

test('what the entry points name stays, with all that it names, and nothing else', () => {
  const pruned = pruneTypes(files, ['index.d.ts']);
  expect([...pruned.keys()].toSorted()).toEqual(['frame.d.ts', 'index.d.ts', 'parts.d.ts', 'plan/relation.d.ts']);
  expect(pruned.get('index.d.ts')).toContain("export { Frame } from './frame.ts';");
  expect(pruned.get('index.d.ts')).toContain("export type { Row as Line } from './frame.ts';");
  expect(pruned.get('frame.d.ts')).toContain('type Local = plan.Step | Message;\n/** A frame. */');
  expect(pruned.get('frame.d.ts')).toContain('Shown\n/** Or nothing. */\n | undefined;');
  expect(pruned.get('frame.d.ts')).not.toMatch(/Hidden|unused/);
  expect(pruned.get('parts.d.ts')).not.toContain('Hidden');
  expect(pruned.get('plan/relation.d.ts')).not.toContain('Gen');
});

test('a statement that is not understood stops the build', () => {
  expect(() => pruneTypes(new Map([['a.d.ts', 'export default 1;\n']]), ['a.d.ts'])).toThrow('a.d.ts');
});

test('what only this package makes has no public constructor, and its heirs nothing of their own', () => {
  const slim = slimDeclarations(
    'export declare class A {\n    protected readonly inner: Inner;\n    /** Made by a session, not by callers. */\n    constructor(inner: Inner);\n    f: import("./b.ts").B;\n}\n',
  );
  expect(slim).toBe(
    "import type { B } from './b.ts';\nexport declare class A {\n  /** Made by a session, not by callers. */\n  protected constructor();\n  f: B;\n}\n",
  );
});
