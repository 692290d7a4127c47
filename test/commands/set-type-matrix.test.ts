/**
 * Every field type of kintone against every type that a column can be given. The table is the one of the command's page,
 * written out per field type from krewData's facts (command_set_field_type.html, command_field_type.html) and DESIGN 5.
 */
import { describe, expect, it } from 'vitest';
import { canConvert, TARGET_FIELD_TYPES, type TargetFieldType } from '../../src/commands/field-types';
import { setType, type TypedColumn } from '../../src/commands/set-type';
import { columnSpecOfField } from '../../src/table/index';
import type { Cell } from '../../src/table/types';
import { failureOf, field, rowsOf, runCommand, table } from './support';

/** Targets in the order of the letters below; the text and the choice types each share a letter. */
const LETTERS: Readonly<Record<TargetFieldType, string>> = {
  SINGLE_LINE_TEXT: 't',
  MULTI_LINE_TEXT: 't',
  RICH_TEXT: 't',
  LINK: 't',
  NUMBER: 'n',
  DATE: 'd',
  TIME: 'h',
  DATETIME: 'm',
  RADIO_BUTTON: 'c',
  DROP_DOWN: 'c',
  CHECK_BOX: 's',
  MULTI_SELECT: 's',
  USER_SELECT: 'U',
  ORGANIZATION_SELECT: 'O',
  GROUP_SELECT: 'G',
};
const EVERYTHING = 'tndhmcsUOG';

const MATRIX: Readonly<Record<string, string>> = {
  SINGLE_LINE_TEXT: EVERYTHING,
  MULTI_LINE_TEXT: EVERYTHING,
  RICH_TEXT: EVERYTHING,
  LINK: EVERYTHING,
  RECORD_NUMBER: EVERYTHING,
  RADIO_BUTTON: EVERYTHING,
  DROP_DOWN: EVERYTHING,
  STATUS: EVERYTHING,
  NUMBER: 'tncs',
  CALC: 'tncs',
  DATE: 'tdmcs',
  TIME: 'thcs',
  DATETIME: 'tdhmcs',
  CREATED_TIME: 'tdhmcs',
  UPDATED_TIME: 'tdhmcs',
  CHECK_BOX: 'tcsUOG',
  MULTI_SELECT: 'tcsUOG',
  CATEGORY: 'tcsUOG',
  USER_SELECT: 'tU',
  CREATOR: 'tU',
  MODIFIER: 'tU',
  STATUS_ASSIGNEE: 'tU',
  ORGANIZATION_SELECT: 'tO',
  GROUP_SELECT: 'tG',
  FILE: 't',
  SUBTABLE: '',
};

const specOf = (type: string) =>
  columnSpecOfField(field('a', type, type === 'CALC' ? { format: 'NUMBER' } : {}))!;

describe('what becomes what', () => {
  it.each(Object.entries(MATRIX))('%s: %s', (type, letters) => {
    const found = TARGET_FIELD_TYPES.filter((to) => canConvert(specOf(type), to));
    expect(found).toEqual(TARGET_FIELD_TYPES.filter((to) => letters.includes(LETTERS[to])));
  });
});

interface Sample {
  readonly from: string;
  readonly to: TargetFieldType;
  readonly fits: Cell;
  readonly shown: string;
  readonly fails: Cell;
  /** What the column of kept texts says about it. */
  readonly kept: string;
  /** What stays of the value in the column itself. */
  readonly left?: string;
}

const one = (n: bigint): Cell => ({ coefficient: n, scale: 0 });
const SAMPLES: readonly Sample[] = [
  { from: 'SINGLE_LINE_TEXT', to: 'NUMBER', fits: '12.50', shown: '12.5', fails: '1,200', kept: '1,200' },
  {
    from: 'RICH_TEXT',
    to: 'DATE',
    fits: '2026/1/2',
    shown: '2026-01-02',
    fails: '2026-02-30',
    kept: '2026-02-30',
  },
  { from: 'LINK', to: 'TIME', fits: '9:05', shown: '09:05', fails: '25:00', kept: '25:00' },
  {
    from: 'MULTI_LINE_TEXT',
    to: 'DATETIME',
    fits: '2026-01-02 09:00',
    shown: '2026-01-02T00:00:00Z',
    fails: 'x',
    kept: 'x',
  },
  { from: 'DROP_DOWN', to: 'NUMBER', fits: '5', shown: '5', fails: 'A', kept: 'A' },
  { from: 'RECORD_NUMBER', to: 'NUMBER', fits: 'APP-12', shown: '12', fails: 'APP', kept: 'APP' },
  { from: 'SINGLE_LINE_TEXT', to: 'RADIO_BUTTON', fits: 'A', shown: 'A', fails: 'Z', kept: 'Z' },
  { from: 'NUMBER', to: 'DROP_DOWN', fits: one(1n), shown: '1', fails: one(3n), kept: '3' },
  {
    from: 'DATE',
    to: 'DROP_DOWN',
    fits: '2026-01-02',
    shown: '2026-01-02',
    fails: '2026-01-03',
    kept: '2026-01-03',
  },
  { from: 'CHECK_BOX', to: 'RADIO_BUTTON', fits: ['A'], shown: 'A', fails: ['A', 'B'], kept: 'A, B' },
  {
    from: 'MULTI_SELECT',
    to: 'CHECK_BOX',
    fits: ['A', 'B'],
    shown: 'A, B',
    fails: ['A', 'Z'],
    kept: 'A, Z',
    left: 'A',
  },
  { from: 'TIME', to: 'MULTI_SELECT', fits: '09:05', shown: '09:05', fails: '10:00', kept: '10:00' },
];

describe('values that do not fit', () => {
  it.each(SAMPLES)(
    '$from to $to: fail, blank, keep',
    async ({ from, to, fits, shown, fails, kept, left = '' }) => {
      const input = table([specOf(from)], [[fits], [fails], [null], [fails]]);
      const options =
        LETTERS[to] === 'c' || LETTERS[to] === 's' ? ['A', 'B', '1', '2026-01-02', '09:05'] : [];
      const run = (onFailure: TypedColumn['onFailure'], keepAs = '') =>
        runCommand(setType, [input], {
          columns: [
            {
              column: 'a',
              as: '',
              label: '',
              type: to,
              separator: '',
              people: 'name',
              options,
              onFailure,
              keepAs,
            },
          ],
        });
      expect(await failureOf(run('fail'))).toBe('typeNotConvertible');
      const blank = await run('blank');
      expect(rowsOf(blank.result)).toEqual([[shown], [left], [''], [left]]);
      expect(blank.reports.map(({ code, count }) => `${code} ${count}`)).toEqual(['typeLeftBlank 2']);
      const keeping = await run('keep', 'was');
      expect(rowsOf(keeping.result)).toEqual([
        [shown, ''],
        [left, kept],
        ['', ''],
        [left, kept],
      ]);
      expect(keeping.reports.map(({ code, count }) => `${code} ${count}`)).toEqual(['typeKeptAsText 2']);
      expect(keeping.result.columns.map((entry) => entry.spec)).toEqual(keeping.inferred);
    },
  );
});
