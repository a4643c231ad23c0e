/** jobs/BENCHMARKS.md: what was measured last stands between two marks. */
import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../../BENCHMARKS.md', import.meta.url);
const BLOCK = /(<!-- measured -->\n)[\s\S]*?(\n<!-- \/measured -->)/;

/** @throws Error where the page lacks its marks */
export function writeIntoPage(text: string): void {
  const page = readFileSync(PAGE, 'utf8');
  if (!BLOCK.test(page)) throw new Error(`${PAGE.pathname} lacks <!-- measured --> and <!-- /measured -->`);
  writeFileSync(
    PAGE,
    page.replace(BLOCK, (_, before, after) => `${before}\n\`\`\`\n${text.trimEnd()}\n\`\`\`\n${after}`),
  );
}
