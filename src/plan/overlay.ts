import type { AppRef } from '../definition/types';
import {
  type Cell,
  type ColumnSpec,
  cellAt,
  cellFromKintone,
  columnFromCells,
  columnSpecOfField,
  isWritable,
  type KintoneFieldProperty,
  type KintoneFields,
  type Table,
  tableOf,
} from '../table';
import { outputCounts, rowsToWrite } from './batches';
import type { OutputPlan, WriteFields } from './types';

/** What earlier flows of the unit are going to write, so that later flows can be planned before anything is written. */
export interface Overlay {
  /** Plans that touch the app, in the order they will be written. */
  plansFor(app: AppRef): readonly OutputPlan[];
}

export function overlayOf(plans: readonly OutputPlan[]): Overlay {
  return {
    plansFor: (app) =>
      plans.filter((plan) => plan.app.appId === app.appId && rowsToWrite(outputCounts(plan)) > 0),
  };
}

/**
 * Whether only kintone can tell the field's value after a write: calculated fields, automatic text,
 * lookup copies, record number, times and people that kintone sets.
 */
export function isComputedByKintone(code: string, fields: KintoneFields): boolean {
  const property = fields[code];
  if (property === undefined) return false;
  if (property.type !== 'SUBTABLE') return !isWritable(property, fields);
  const inner = property.fields ?? {};
  return Object.keys(inner).some((innerCode) => isComputedByKintone(innerCode, inner));
}

/**
 * The app's table as it will be after the plans: updated cells replaced, deleted rows gone, added rows
 * last with record id 0 (kintone has not given one yet) and the form's default values.
 */
export function applyOverlay(table: Table, plans: readonly OutputPlan[], fields: KintoneFields): Table {
  const updates = new Map<string, WriteFields>();
  const deleted = new Set<string>();
  const adds: WriteFields[] = [];
  for (const plan of plans) {
    for (const update of plan.updates) {
      updates.set(update.recordId, { ...updates.get(update.recordId), ...update.fields });
    }
    for (const removal of plan.deletes) deleted.add(removal.recordId);
    adds.push(...plan.adds.map((add) => add.fields));
  }
  const ids = table.origin?.ids ?? new Int32Array(table.rowCount);
  const kept: number[] = [];
  for (let row = 0; row < table.rowCount; row += 1) if (!deleted.has(String(ids[row]))) kept.push(row);
  const columns = table.columns.map((column) => {
    const property = fields[column.spec.name];
    const cells: Cell[] = kept.map((row) => {
      const change = updates.get(String(ids[row]))?.[column.spec.name];
      return change === undefined ? cellAt(column, row) : cellFromKintone(column.spec, change.value);
    });
    for (const add of adds) cells.push(addedCell(column.spec, property, add[column.spec.name]));
    return columnFromCells(column.spec, cells);
  });
  const rowCount = kept.length + adds.length;
  const revisions = table.origin?.revisions ?? new Int32Array(table.rowCount);
  return tableOf(columns, rowCount, {
    appId: table.origin?.appId ?? '',
    ids: Int32Array.from({ length: rowCount }, (_unused, row) => ids[kept[row] ?? -1] ?? 0),
    revisions: Int32Array.from({ length: rowCount }, (_unused, row) => revisions[kept[row] ?? -1] ?? 0),
  });
}

/** A field the plan does not set gets the form's default, as kintone gives it to fields that are not sent. */
function addedCell(
  spec: ColumnSpec,
  property: KintoneFieldProperty | undefined,
  written: { readonly value: unknown } | undefined,
): Cell {
  if (written !== undefined) return cellFromKintone(spec, written.value);
  if (property === undefined || property.type === 'SUBTABLE' || property.defaultValue === undefined)
    return null;
  return columnSpecOfField(property) === null ? null : cellFromKintone(spec, property.defaultValue);
}
