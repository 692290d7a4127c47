import type { Cell, FieldProperty, TableRow } from '../../store/types';
import { invalid } from '../errors';
import { isObject } from '../params';
import { copiedFields, isCalculated, type Level } from './form';
import { copyLookups } from './lookups';
import type { WriteScope } from './scope';
import { emptyCell, initialCell, readValue, sentValue } from './values';

type Cells = Record<string, Cell>;
type Sent = Readonly<Record<string, unknown>>;

/**
 * Puts the sent cells of one level over `before` (null for something new, which gets its defaults).
 * Codes that the form does not know are ignored, as kintone does.
 */
function buildCells(
  scope: WriteScope,
  level: Level,
  fields: Readonly<Record<string, FieldProperty>>,
  before: Readonly<Record<string, Cell>> | null,
  sent: Sent,
  path: string,
  inTable: boolean,
): Cells {
  const cells: Cells = { ...before };
  const sentCodes = new Set<string>();
  for (const field of level.writable) {
    const { code } = field;
    if (!Object.hasOwn(sent, code) || sent[code] === undefined) {
      if (before === null) cells[code] = initialCell(scope, field);
      continue;
    }
    sentCodes.add(code);
    const value = sentValue(sent[code], `${path}.${code}`);
    cells[code] =
      field.type === 'SUBTABLE'
        ? { type: field.type, value: buildRows(scope, field, before?.[code], value, `${path}.${code}`) }
        : { type: field.type, value: readValue(scope, field, value, { path: `${path}.${code}`, inTable }) };
  }
  fillCopies(scope, level, fields, cells, before === null, sent, sentCodes, path);
  copyLookups(scope, level, fields, cells, sentCodes);
  return cells;
}

/** Fields that lookups fill start empty; only a dump may bring their values along. */
function fillCopies(
  scope: WriteScope,
  level: Level,
  fields: Readonly<Record<string, FieldProperty>>,
  cells: Cells,
  isNew: boolean,
  sent: Sent,
  sentCodes: Set<string>,
  path: string,
): void {
  for (const code of copiedFields(level).keys()) {
    const field = fields[code];
    if (field === undefined || isCalculated(field)) continue;
    if (isNew) cells[code] = emptyCell(field);
    if (scope.trusted && isObject(sent[code])) {
      sentCodes.add(code);
      const value = readValue(scope, field, sentValue(sent[code], code), { path, inTable: true });
      cells[code] = { type: field.type, value };
    }
  }
}

function buildRows(
  scope: WriteScope,
  table: FieldProperty,
  before: Cell | undefined,
  value: unknown,
  path: string,
): TableRow[] {
  const level = scope.form.rows.get(table.code);
  if (level === undefined) return [];
  const fields = table.fields ?? {};
  const known = new Map<string, TableRow>();
  if (Array.isArray(before?.value)) {
    for (const row of before.value) if (typeof row === 'object' && 'id' in row) known.set(row.id, row);
  }
  const newRow = (sent: Sent, rowPath: string): TableRow => ({
    id: String(scope.app.records.nextRowId()),
    value: buildCells(scope, level, fields, null, sent, rowPath, true),
  });
  // null instead of a list leaves one empty row, as the form shows a table without rows.
  if (value === null) return [newRow({}, `${path}.value[0].value`)];
  if (!Array.isArray(value)) throw invalid({ key: `${path}.value`, message: 'notArray' });
  const rows: TableRow[] = [];
  for (const [at, sent] of value.entries()) {
    const rowPath = `${path}.value[${at}].value`;
    if (!isObject(sent)) throw invalid({ key: `${path}.value[${at}]`, message: 'notObject' });
    if (sent['value'] === null) continue;
    const sentCells = sent['value'] ?? {};
    if (!isObject(sentCells)) throw invalid({ key: rowPath, message: 'notObject' });
    const rowId = sent['id'] === undefined || sent['id'] === null ? '' : String(sent['id']);
    const old = known.get(rowId);
    // Each old row can be continued once; a repeated id makes a new row.
    known.delete(rowId);
    rows.push(
      old === undefined
        ? newRow(sentCells, rowPath)
        : { id: old.id, value: buildCells(scope, level, fields, old.value, sentCells, rowPath, true) },
    );
  }
  return rows;
}

/** The writable cells of a new record (`before` null) or of an existing one with the sent cells laid over. */
export function buildRecord(
  scope: WriteScope,
  before: Readonly<Record<string, Cell>> | null,
  sent: Sent,
  path: string,
): Cells {
  return buildCells(scope, scope.form.top, scope.form.fields, before, sent, path, false);
}
