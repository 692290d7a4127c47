import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { failure } from '../../src/definition/errors';
import { textsOf } from '../../src/node/texts';
import { errors as en } from '../../src/ui/dictionaries/en/errors';
import { errors as ja } from '../../src/ui/dictionaries/ja/errors';
import { errors as zh } from '../../src/ui/dictionaries/zh/errors';
import type { FailureTexts, Language } from '../../src/ui/i18n';
import {
  explainFailure,
  failureSentence,
  knowsFailure,
  placeInWords,
} from '../../src/ui/panel/explain-failure';

const LANGUAGES: readonly Language[] = ['ja', 'en', 'zh'];
const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'dictionaries' ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Codes that source texts hand to `failure`, `problem`, a problem list or a report, or keep in tables of codes. */
function codesIn(text: string): readonly string[] {
  const patterns = [
    /\bfailure\(\s*'(\w+)'/g,
    /\bproblem\(\s*'(?:error|warning|info)',\s*'(\w+)'/g,
    /\b(?:list|problems|found)\.(?:error|warning|info)\(\s*'(\w+)'/g,
    /\breport\(\{\s*code: '(\w+)'/g,
  ];
  const direct = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
  // Tables that turn kintone's codes into ours: GAIA_AP01: 'appNotFound'.
  const mapped = [...text.matchAll(/\b(?:GAIA|CB)_\w+: '(\w+)'/g)].map((match) => match[1] ?? '');
  const fallbacks = [...text.matchAll(/\bfailure\(\s*[^()']*\?\?\s*'(\w+)'/g)].map((match) => match[1] ?? '');
  return [...direct, ...mapped, ...fallbacks];
}

const codes = [...new Set(sources(SOURCE).flatMap((path) => codesIn(readFileSync(path, 'utf8'))))].sort();

describe('types in failures', () => {
  const unreadable = failure('inputUnreadable', { label: '率', value: 'many', type: 'number' });

  it.each([
    ['ja', '「数値」として読める値'],
    ['en', 'of the type “Number”'],
    ['zh', '“数值”类型的值'],
  ] as const)(
    'have the names that people know (%s), on screens and on the command line',
    (language, words) => {
      expect(explainFailure(unreadable, language).remedy).toContain(words);
      expect(textsOf(language).sentence(unreadable)).toContain(words);
    },
  );

  it('leave values alone that only look like a type', () => {
    const value = failure('inputUnreadable', { label: 'date', value: 'number', type: 'time' });
    expect(explainFailure(value, 'ja').title).toBe('「date」の値「number」を読み取れません。');
  });
});

describe('catalogue of failures', () => {
  it('sees the codes of the source', () => {
    expect(codes).toEqual(
      expect.arrayContaining(['rateLimited', 'appNotFound', 'kintoneRefused', 'blankKey']),
    );
  });

  it.each(LANGUAGES)('has a text for every code of the source in %s', (language) => {
    expect(codes.filter((code) => !knowsFailure(code, language))).toEqual([]);
  });

  it('asks for the same facts in every language', () => {
    const facts = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    for (const [code, text] of Object.entries(ja as FailureTexts)) {
      for (const other of [en, zh] as readonly FailureTexts[]) {
        const found = other[code];
        expect([code, facts(`${found?.what} ${found?.todo}`)]).toEqual([
          code,
          facts(`${text.what} ${text.todo}`),
        ]);
      }
    }
  });
});

describe('explainFailure', () => {
  const found = failure(
    'rateLimited',
    { limit: 5, waitSeconds: 42 },
    { flowId: 'f', appId: '21', field: 'total', row: 3 },
  );

  it('says what happened, where and what to do', () => {
    const names = { flow: () => 'Sales', app: () => 'Customers', field: () => 'Total' };
    expect(explainFailure(found, 'en', names)).toEqual({
      title: 'The run was not started, because the unit was run too often (at most 5 times a minute).',
      where: 'flow "Sales" › app "Customers" › row 4 › field "Total"',
      remedy: 'Wait about 42 seconds, then run it again.',
    });
  });

  it('falls back to ids and to the code', () => {
    expect(placeInWords({ flowId: 'f', recordId: '7' }, 'ja')).toBe('フロー「f」 › レコード ID 7');
    expect(explainFailure(failure('neverHeardOf'), 'ja').title).toContain('neverHeardOf');
    expect(knowsFailure('toString', 'ja')).toBe(false);
  });

  it.each(LANGUAGES)('fits into one line in %s', (language) => {
    const line = failureSentence(found, language);
    expect(line).not.toContain('\n');
    expect(line).not.toMatch(/\{\w+\}/);
  });
});
