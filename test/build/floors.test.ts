import { describe, expect, it } from 'vitest';
import { checkFloors } from '../../scripts/floors/cruise';
import { importsOf } from '../../scripts/floors/imports';
import { eastAsianTexts } from '../../scripts/texts/find';

describe('imports of a source', () => {
  it.each([
    ["import a from './a';", ['./a']],
    ["import type { A } from './a'; import b, { type C } from './b';", ['./a', './b']],
    ["export * from './a'; export type { B } from './b'; export { c } from './c';", ['./a', './b', './c']],
    ["const a = () => import('./a'); const b = (name: string) => import(name);", ['./a']],
    [
      "import './a.css'; import css from './b.css?inline'; import W from './c.worker.ts?worker';",
      ['./c.worker'],
    ],
    ["import { a } from './a'; import type { B } from './a';", ['./a']],
    ['const text = \'import a from "./a"\';', []],
  ])('%s', (source, expected) => {
    expect(importsOf('one.ts', source)).toEqual(expected);
  });

  it('refuses what it cannot read', () => {
    expect(() => importsOf('one.ts', 'import from')).toThrow('one.ts');
  });
});

describe('the rules of the floors', () => {
  const ROOMS = {
    'src/definition/a.ts': '',
    'src/formula/a.ts': '',
    'src/run/a.ts': '',
    'src/kintone/a.ts': '',
    'src/ui/dictionaries/a.ts': '',
    'src/ui/i18n.ts': '',
    'src/ui/a.ts': "import React from 'react';",
    'src/record/panel.ts': "import '../ui/a';",
  };

  const check = async (path: string, source: string) =>
    (await checkFloors(new Map(Object.entries({ ...ROOMS, [path]: source })))).violations.map(
      (violation) => violation.split(':')[0],
    );

  it.each([
    ['src/definition/b.ts', "import '../formula/a';", ['floor-1-definition']],
    ['src/definition/b.ts', "import type { A } from '../run/a';", ['floor-1-definition']],
    ['src/run/b.ts', "import '../kintone/a';", ['floor-5-run']],
    ['src/kintone/b.ts', "import '../ui/a';", ['floor-6-kintone']],
    ['src/node/b.ts', "import '../ui/a';", ['floor-6-node', 'node-no-react']],
    ['src/run/b.ts', "import 'react';", ['engine-runs-everywhere']],
    ['src/run/b.ts', "import 'node:fs';", ['engine-no-node-modules', 'page-no-node-modules']],
    ['src/record/boot.ts', "import './panel';", ['boot-stays-small']],
    ['src/ui/dictionaries/b.ts', "import '../a';", ['dictionaries-stand-alone']],
    ['src/run/b.ts', "import './nowhere';", ['nothing-unresolved']],
  ])('%s: %s', async (path, source, expected) => {
    expect((await check(path, source)).sort()).toEqual(expected);
  });

  it.each([
    ['src/run/b.ts', "import '../definition/a'; import 'valibot';"],
    [
      'src/node/b.ts',
      "import '../kintone/a'; import '../ui/i18n'; import '../ui/dictionaries/a'; import 'node:fs';",
    ],
    ['src/kintone/b.ts', "import '@kintone/rest-api-client';"],
    ['src/config/b.tsx', "import '../ui/a'; import '../run/a'; import 'react';"],
  ])('%s may: %s', async (path, source) => {
    expect(await check(path, source)).toEqual([]);
  });
});

describe('texts outside the dictionaries', () => {
  it.each([
    ["const a = '実行';", ["'実行'"]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the template is what is looked at
    ['const a = `${n} 件`;', ['} 件`']],
    ['const a = <p>こんにちは</p>;', ['こんにちは']],
    ["const a = '\\u30a2'; // アプリ", []],
    ["const a = items.join('、');", []],
  ])('%s', (source, expected) => {
    expect(eastAsianTexts('one.tsx', source).map(({ text }) => text)).toEqual(expected);
  });

  it('says where', () => {
    expect(eastAsianTexts('one.ts', "\nconst a = 1;\nconst b = '上';")).toEqual([{ line: 3, text: "'上'" }]);
  });
});
