import { expect, test } from '@jest/globals';
import { linkTo, pathBetween } from './document.ts';

test.each([
  ['/o/pages/index.html', '/o/pages/beef/2019/11/29.html', './beef/2019/11/29.html'],
  ['/o/pages/beef/2019/11/29.html', '/o/pages/index.html', '../../../index.html'],
  ['/d/output/pages/index.html', '/d/lake/m/x.json', '../../lake/m/x.json'],
  ['s3a://bucket/out/pages/index.html', 's3a://bucket/lake/m.json', '../../lake/m.json'],
  ['/o/index.html', '/o/a b/x?y#z%.json', './a%20b/x%3Fy%23z%25.json'],
])('from %s the way to %s is %s', (from, to, path) => {
  expect(pathBetween(from, to)).toBe(path);
});

test('what lies in another store is named, since no browser could open it', () => {
  expect(linkTo('s3a://reports/pages/index.html', 's3a://lake/m.json', 'manifest').text).toBe(
    'manifest <code>s3://lake/m.json</code>',
  );
  expect(linkTo('/o/pages/index.html', 's3a://lake/m.json', 'manifest').text).not.toContain('href');
  expect(linkTo('/o/pages/index.html', '***/m.json', 'manifest').text).toBe('manifest <code>***/m.json</code>');
});
