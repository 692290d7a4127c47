/**
 * Tables as the pages write them: CSV with a typed header, `name:type`. Options of a field stand in
 * brackets, `state:choice(open|done)`; so do the columns of a table, `lines:table(item:text|count:number)`,
 * whose cells hold rows like `pen|2; ink|1`. Entries of choices, people and files are separated by `|`.
 */
import { cellAt, columnFromCells, formatDecimal, parseDecimal, tableOf } from '../../src/table/index';
import type { KintoneFieldProperty, KintoneFields } from '../../src/table/kintone-json';
import type { Cell, ColumnSpec, ColumnType, InnerRow, Person, Table } from '../../src/table/types';

/** Field types the columns of an example's apps have, unless the header names another after "=": `no:text=RECORD_NUMBER`. */
const FIELD_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'SINGLE_LINE_TEXT',
  number: 'NUMBER',
  date: 'DATE',
  time: 'TIME',
  datetime: 'DATETIME',
  choice: 'DROP_DOWN',
  choices: 'CHECK_BOX',
  people: 'USER_SELECT',
  files: 'FILE',
  table: 'SUBTABLE',
};

export interface CsvTable {
  readonly table: Table;
  /** The same columns as form fields of an app. */
  readonly fields: KintoneFields;
}

export function readCsv(text: string): CsvTable {
  const [header = [], ...rows] = linesOf(text);
  const specs = header.map(specOf);
  const columns = specs.map((spec, index) =>
    columnFromCells(
      spec,
      rows.map((row) => readCell(spec, row[index] ?? '')),
    ),
  );
  const origin = {
    appId: '1',
    ids: Int32Array.from(rows, (_row, index) => index + 1),
    revisions: Int32Array.from(rows, () => 1),
  };
  return { table: tableOf(columns, rows.length, origin), fields: fieldsOf(specs) };
}

/** Lines of trimmed cells, each as many as the header has; a cell holds no comma. */
function linesOf(text: string): string[][] {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(',').map((cell) => cell.trim()));
  const uneven = lines.find((line) => line.length !== lines[0]?.length);
  if (uneven) throw new Error(`Not as many cells as the header: ${uneven.join(', ')}`);
  return lines;
}

function specOf(header: string): ColumnSpec {
  const match = /^([^:]+):(\w+)(?:\((.*)\))?(?:=(\w+))?$/.exec(header.trim());
  if (!match) throw new Error(`Not a typed header: ${header}`);
  const [, name = '', typeName = '', inside, fieldType] = match;
  if (!Object.hasOwn(FIELD_TYPES, typeName)) throw new Error(`Unknown column type: ${typeName}`);
  const type = typeName as ColumnType;
  const spec = { name, label: name, type, fieldType: fieldType ?? FIELD_TYPES[type] };
  if (type === 'table') return { ...spec, columns: (inside ?? '').split('|').map(specOf) };
  return inside === undefined ? spec : { ...spec, options: inside.split('|') };
}

function fieldsOf(specs: readonly ColumnSpec[]): KintoneFields {
  return Object.fromEntries(specs.map((spec) => [spec.name, fieldOf(spec)]));
}

function fieldOf(spec: ColumnSpec): KintoneFieldProperty {
  const { name: code, label, fieldType = FIELD_TYPES[spec.type], options, columns } = spec;
  return {
    type: fieldType,
    code,
    label,
    ...(options === undefined
      ? {}
      : {
          options: Object.fromEntries(
            options.map((one, index) => [one, { label: one, index: String(index) }]),
          ),
        }),
    ...(columns === undefined ? {} : { fields: fieldsOf(columns) }),
  };
}

function readCell(spec: ColumnSpec, text: string): Cell {
  if (text === '') return null;
  switch (spec.type) {
    case 'number': {
      const number = parseDecimal(text);
      if (number === null) throw new Error(`Not a number: ${text}`);
      return number;
    }
    case 'choices':
      return text.split('|');
    case 'people':
      return text.split('|').map((code): Person => ({ code, name: code }));
    case 'files':
      return text.split('|').map((name) => ({ fileKey: name, name, contentType: 'text/plain', size: '1' }));
    case 'table':
      return text.split(';').map((row): InnerRow => {
        const parts = row.trim().split('|');
        const inner = spec.columns ?? [];
        return { id: null, cells: inner.map((column, index) => readCell(column, parts[index] ?? '')) };
      });
    default:
      return text;
  }
}

/** `name:type` of every column and the rows, each cell as a page would write it. */
export function shownTable(table: Table): readonly (readonly string[])[] {
  const header = table.columns.map(({ spec }) => shownHeader(spec));
  const rows = Array.from({ length: table.rowCount }, (_unused, row) =>
    table.columns.map((column) => shownCell(column.spec, cellAt(column, row))),
  );
  return [header, ...rows];
}

function shownHeader({ name, type, columns }: ColumnSpec): string {
  return type === 'table'
    ? `${name}:table(${(columns ?? []).map(shownHeader).join('|')})`
    : `${name}:${type}`;
}

function shownCell(spec: ColumnSpec, cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if ('coefficient' in cell) return formatDecimal(cell);
  return cell
    .map((entry) => {
      if (typeof entry === 'string') return entry;
      if ('code' in entry) return entry.code;
      if ('fileKey' in entry) return entry.name;
      const inner = spec.columns ?? [];
      return inner.map((column, index) => shownCell(column, entry.cells[index] ?? null)).join('|');
    })
    .join(spec.type === 'table' ? '; ' : '|');
}
