import { describe, expect, it } from 'vitest';
import { allLogFieldCodes, LOG_APP_FIELDS } from '../../src/kintone/log-app/fields';
import { logApp } from '../../src/ui/dictionaries/ja/log-app';
import { states } from '../../src/ui/dictionaries/ja/states';
import { readPage, tableRows } from './pages';

const PAGE = readPage('docs/running.md');
const codesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);

describe('docs/running.md', () => {
  it('names every field of the log app with its label', () => {
    const labels: Readonly<Record<string, string>> = logApp.labels;
    const rows = tableRows(PAGE, 'Code', 'Label', 'Meaning');
    const described = rows.flatMap(([codes = '', shown = '', meaning = '']) => {
      const own = codesIn(codes);
      expect(shown).toBe(own.map((code) => labels[code]).join(', '));
      return [...own, ...codesIn(meaning)];
    });
    expect(allLogFieldCodes().filter((code) => !described.includes(code))).toEqual([]);
    expect(rows.flatMap(([codes = '']) => codesIn(codes)).sort()).toEqual(
      LOG_APP_FIELDS.map((field) => field.code).sort(),
    );
  });

  it('gives every reason the word that the screen shows', () => {
    const rows = tableRows(PAGE, '`state`', '`state_reason`', 'On the screen');
    const described = new Map(rows.map(([, reason = '', word = '']) => [codesIn(reason)[0], word]));
    described.set('superseded', /`superseded` (\S+)/.exec(PAGE)?.[1] ?? '');
    expect(Object.fromEntries(described)).toEqual(states.reason);
  });
});
