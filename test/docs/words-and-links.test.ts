/** What pages point at must exist: the words of the screen, files and headings. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { boot } from '../../src/ui/dictionaries/ja/boot';
import { commands } from '../../src/ui/dictionaries/ja/commands';
import { config } from '../../src/ui/dictionaries/ja/config';
import { log } from '../../src/ui/dictionaries/ja/log';
import { record } from '../../src/ui/dictionaries/ja/record';
import { unit } from '../../src/ui/dictionaries/ja/unit';
import { COMMAND_PAGES, readPage } from './pages';

const pagesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));

/** Pages that other people's notes share a folder with are left out. */
const PAGES = [
  'README.md',
  'README.ja.md',
  'SECURITY.md',
  'docs/connectors.md',
  'docs/formulas.md',
  'docs/functions.md',
  'docs/running.md',
  'docs/server.md',
  'docs/reliability.md',
  'docs/remote-units.md',
  'docs/settings.md',
  'docs/settings.ja.md',
  'docs/trigger.md',
  ...pagesIn(COMMAND_PAGES),
];

/** kintone's own words. */
const KINTONE_WORDS = ['アプリの設定', 'プラグイン', 'アプリを更新', '値の重複を禁止する'];
/** Apps, fields and names of the README's example. */
const EXAMPLE_WORDS = ['受注', '顧客名', '金額', '顧客別売上', '売上合計', '顧客別に集計'];

function textsOf(dictionary: object): string[] {
  return Object.values(dictionary).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? textsOf(value) : [],
  );
}

const SCREEN_WORDS = new Set([boot, commands, config, log, record, unit].flatMap(textsOf));

describe('words in quotation marks', () => {
  it.each(PAGES)('%s: stand on the screen', (path) => {
    const known = new Set([...SCREEN_WORDS, ...KINTONE_WORDS, ...EXAMPLE_WORDS]);
    const quoted = [...readPage(path).matchAll(/「([^」]+)」/g)].map(([, word]) => word!);
    expect(quoted.filter((word) => !known.has(word))).toEqual([]);
  });
});

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const anchorsOf = (path: string): string[] =>
  [...readPage(path).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => anchorOf(heading!));

describe('links', () => {
  it.each(PAGES)('%s: lead somewhere', (path) => {
    const targets = [...readPage(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
    const broken = targets.filter((target) => {
      if (target.startsWith('https://')) return false;
      const [file = '', anchor] = target.split('#');
      const full = file === '' ? path : normalize(join(dirname(path), file));
      if (!existsSync(full)) return true;
      return anchor !== undefined && !anchorsOf(full).includes(decodeURIComponent(anchor));
    });
    expect(broken).toEqual([]);
  });
});
