/** How rows of kintone tables are written: their order, and merging by a key. */
import { cellAt, columnFromCells, compareCells } from '../table/index';
import type { KintoneFields } from '../table/kintone-json';
import type { Cell, Column, ColumnSpec, InnerRow } from '../table/types';
import { KEY_FIELD_TYPES } from './output-fields';
import { checkRowNumber } from './output-numbers';
import type { OutputAppSettings, TableSetting } from './output-settings';
import { innerPairs } from './output-table';
import type { ProblemList } from './problem-list';
import { checkSortKeys, type SortKey } from './sort';

/**
 * Adds `tableNotMapped {field}`, `tableTwice {field}`, `tableKeyNotChosen {field}`,
 * `tableKeyNotWritten {field, key}`, `keyTypeUnsuitable {column, type}`, those of sort keys and of `checkRowNumber`.
 */
export function checkTables(
  input: readonly ColumnSpec[],
  chosen: OutputAppSettings,
  fields: KintoneFields,
  list: ProblemList,
): void {
  const seen = new Set<string>();
  chosen.tables.forEach((setting, index) => {
    const path = `tables.${index}`;
    const { field } = setting;
    if (seen.has(field)) list.error('tableTwice', { field }, `${path}.field`);
    seen.add(field);
    const property = Object.hasOwn(fields, field) ? fields[field] : undefined;
    const from = chosen.mapping.find(({ to }) => to === field)?.from;
    const column = input.find((candidate) => candidate.name === from);
    if (property?.type !== 'SUBTABLE' || column?.type !== 'table') {
      list.error('tableNotMapped', { field }, `${path}.field`);
      return;
    }
    if (setting.order.length > 0) checkSortKeys(column.columns ?? [], setting.order, `${path}.order`, list);
    if (setting.rowNumber) {
      const fed = innerPairs(column, property).map((pair) => pair.property.code);
      checkRowNumber(setting.rowNumber, property.fields ?? {}, fed, `${path}.rowNumber`, list);
    }
    if (setting.rows === 'replace') return;
    const key = innerPairs(column, property).find((pair) => pair.property.code === setting.key);
    if (setting.key === '') list.error('tableKeyNotChosen', { field }, `${path}.key`);
    else if (!key) list.error('tableKeyNotWritten', { field, key: setting.key }, `${path}.key`);
    else if (!KEY_FIELD_TYPES.includes(key.property.type)) {
      list.error('keyTypeUnsuitable', { column: setting.key, type: key.property.type }, `${path}.key`);
    }
  });
}

/** The column with the inner rows of each record in order; stable, blanks first when ascending. */
export function sortInnerRows(column: Column, keys: readonly SortKey[]): Column {
  if (keys.length === 0) return column;
  const inner = column.spec.columns ?? [];
  const by = keys.map(({ column: name, descending }) => {
    const index = inner.findIndex((spec) => spec.name === name);
    return { index, type: inner[index]?.type ?? 'text', sign: descending ? -1 : 1 };
  });
  const compare = (a: InnerRow, b: InnerRow): number => {
    for (const { index, type, sign } of by) {
      const order = compareCells(type, a.cells[index] ?? null, b.cells[index] ?? null);
      if (order !== 0) return sign * order;
    }
    return 0;
  };
  const cells: Cell[] = [];
  for (let row = 0; row < column.length; row += 1) {
    const cell = cellAt(column, row) as readonly InnerRow[] | null;
    cells.push(cell === null ? null : [...cell].sort(compare));
  }
  return columnFromCells(column.spec, cells);
}

export const tableSettingOf = (tables: readonly TableSetting[], field: string): TableSetting | undefined =>
  tables.find((setting) => setting.field === field);
