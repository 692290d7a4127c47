/** The worked cases of the peer product: each has at least one test that names it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const CASES = [
  ...Array.from({ length: 11 }, (_unused, index) => `A${index + 1}`),
  ...['B1', 'B2', 'B3', 'B4', 'B7'],
  ...['C1', 'C2', 'C3', 'C6', 'C7', 'C9', 'C12', 'C14'],
];

const titles = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .flatMap((file) =>
    [...readFileSync(join('test', file), 'utf8').matchAll(/(?:describe|it)[^\n]*|^ {2}\]\)\([^\n]*/gm)].map(
      String,
    ),
  );

it.each(CASES)('case %s is named by a test', (id) => {
  expect(titles.some((title) => new RegExp(`case ${id}\\b`).test(title))).toBe(true);
});
