import { describe, expect, it } from 'vitest';
import { cellAt, columnFromCells } from '../../src/table/column';
import { parseDecimal } from '../../src/table/decimal';
import type { KintoneRecord } from '../../src/table/kintone-json';
import { UnexpectedValueError } from '../../src/table/kintone-values';
import { tableBuilder } from '../../src/table/records';
import { columnNamed, emptyTable, findColumn, selectColumns, tableOf, takeRows } from '../../src/table/table';
import type { ColumnSpec, Table } from '../../src/table/types';
import { specOf } from './arbitraries';

const SPECS: readonly ColumnSpec[] = [
  specOf('text', 'title'),
  specOf('number', 'price'),
  specOf('date', 'day'),
  specOf('people', 'owner'),
];

function record(id: number): KintoneRecord {
  return {
    $id: { type: '__ID__', value: String(id) },
    $revision: { type: '__REVISION__', value: String(id + 100) },
    title: { type: 'SINGLE_LINE_TEXT', value: id % 2 === 0 ? '' : `t${id % 5}` },
    price: { type: 'NUMBER', value: id % 3 === 0 ? null : `${id}.50` },
    day: { type: 'DATE', value: id % 4 === 0 ? null : '2024-02-29' },
    owner: { type: 'USER_SELECT', value: id % 2 === 0 ? [] : [{ code: 'a', name: 'A' }] },
  };
}

function rowsOf(table: Table) {
  return Array.from({ length: table.rowCount }, (_, row) =>
    table.columns.map((column) => cellAt(column, row)),
  );
}

describe('tableBuilder', () => {
  it('collects pages with the origin of each row', () => {
    const builder = tableBuilder(SPECS, '7');
    for (let page = 0; page < 3; page++) {
      builder.append(Array.from({ length: 400 }, (_, index) => record(page * 400 + index + 1)));
    }
    expect(builder.rowCount).toBe(1200);
    const table = builder.finish();
    expect(table.rowCount).toBe(1200);
    expect(table.origin?.appId).toBe('7');
    expect(table.origin?.ids[1199]).toBe(1200);
    expect(table.origin?.revisions[1199]).toBe(1300);
    expect(rowsOf(table).slice(0, 4)).toEqual([
      ['t1', parseDecimal('1.5'), '2024-02-29', [{ code: 'a', name: 'A' }]],
      [null, parseDecimal('2.5'), '2024-02-29', null],
      ['t3', null, '2024-02-29', [{ code: 'a', name: 'A' }]],
      [null, parseDecimal('4.5'), null, null],
    ]);
  });

  it('takes a field that a record does not carry as blank, and no records as an empty table', () => {
    const builder = tableBuilder(SPECS, '7');
    builder.append([{ $id: { value: '1' }, $revision: { value: '2' } }]);
    expect(rowsOf(builder.finish())).toEqual([[null, null, null, null]]);
    expect(rowsOf(tableBuilder(SPECS, '7').finish())).toEqual([]);
  });

  it('takes numbers sent as numbers, and durations', () => {
    const builder = tableBuilder([specOf('number', 'n')], '7');
    builder.append([{ n: { value: 1.5 } }, { n: { value: '1:30' } }, { n: { value: ' 2e1 ' } }]);
    expect(rowsOf(builder.finish()).flat()).toEqual(['1.5', '1.5', '20'].map(parseDecimal));
  });

  it.each(['title', 'price', 'day', 'owner'])('refuses a value of an impossible form: %s', (name) => {
    const builder = tableBuilder(SPECS, '7');
    expect(() => builder.append([{ [name]: { value: { strange: true } } }])).toThrow(UnexpectedValueError);
  });
});

describe('tables', () => {
  const builder = tableBuilder(SPECS, '7');
  builder.append([record(1), record(2), record(3)]);
  const table = builder.finish();

  it('take rows along with their origin', () => {
    const taken = takeRows(table, Int32Array.of(2, 0));
    expect(taken.origin).toEqual({
      appId: '7',
      ids: Int32Array.of(3, 1),
      revisions: Int32Array.of(103, 101),
    });
    expect(rowsOf(taken)).toEqual([rowsOf(table)[2], rowsOf(table)[0]]);
  });

  it('lose the origin when a row has none', () => {
    const taken = takeRows(table, Int32Array.of(0, -1));
    expect(taken.origin).toBeUndefined();
    expect(rowsOf(taken)[1]).toEqual([null, null, null, null]);
  });

  it('select columns and keep the origin', () => {
    const selected = selectColumns(table, ['price', 'title']);
    expect(selected.columns.map((column) => column.spec.name)).toEqual(['price', 'title']);
    expect(selected.origin).toBe(table.origin);
    expect(() => selectColumns(table, ['absent'])).toThrow(Error);
  });

  it('find columns by name', () => {
    expect(columnNamed(table, 'price').kind).toBe('number');
    expect(findColumn(table, 'absent')).toBeUndefined();
    expect(emptyTable(SPECS)).toMatchObject({ rowCount: 0 });
    expect(emptyTable(SPECS).columns.length).toBe(SPECS.length);
  });

  it('refuse columns of unequal length and names that occur twice', () => {
    const column = columnFromCells(specOf('text', 'a'), ['x']);
    expect(() => tableOf([column], 2)).toThrow(Error);
    expect(() => tableOf([column, column], 1)).toThrow(Error);
    expect(tableOf([column], 1)).toEqual({ rowCount: 1, columns: [column] });
  });
});
