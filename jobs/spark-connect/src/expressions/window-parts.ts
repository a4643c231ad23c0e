/** What the plan says of a window, kept where a caller cannot reach it and a column can. */
import type { WindowParts } from '../plan/expression.ts';
import type { WindowSpec } from './window.ts';

export const windowParts = new WeakMap<WindowSpec, WindowParts>();
