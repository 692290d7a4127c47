/** Carries prepared settings over to the live app, records included. */
import type { App } from '../store/app';
import { secondStamp } from '../store/clock';
import type { Store } from '../store/store';
import type { AppSide, Cell, FieldProperty, KintoneRecord, TableRow } from '../store/types';
import { uniqueFieldCodes } from '../store/uniqueIndex';
import { emptyCell } from './records/values';

/** Fields that have a cell in every record. */
function hasCell(field: FieldProperty, side: AppSide): boolean {
  if (field.type === 'STATUS' || field.type === 'STATUS_ASSIGNEE') return side.status.enable;
  if (field.type === 'CATEGORY') return field.enabled === true;
  return field.type !== 'GROUP' && field.type !== 'REFERENCE_TABLE';
}

function firstState(side: AppSide): string {
  const states = Object.values(side.status.states ?? {});
  return states.sort((a, b) => Number(a.index) - Number(b.index))[0]?.name ?? '';
}

function convertRows(cell: Cell, table: FieldProperty): Cell {
  if (!Array.isArray(cell.value)) return cell;
  const columns = Object.values(table.fields ?? {});
  const rows = cell.value.flatMap((row): TableRow[] => {
    if (typeof row !== 'object' || !('id' in row)) return [];
    const value = Object.fromEntries(
      columns.map((column) => [column.code, row.value[column.code] ?? emptyCell(column)]),
    );
    return [{ id: row.id, value }];
  });
  return { type: 'SUBTABLE', value: rows };
}

/** A record in the shape of the new form: renamed fields keep their values, new ones are empty. */
function convertRecord(
  record: KintoneRecord,
  side: AppSide,
  origins: ReadonlyMap<string, string>,
): KintoneRecord {
  const next: Record<string, Cell> = {};
  for (const field of Object.values(side.fields)) {
    if (!hasCell(field, side)) continue;
    const origin = origins.get(field.code);
    const old = origin === undefined ? undefined : record[origin];
    const isStatus = field.type === 'STATUS' && (old === undefined || old.value === '');
    const cell = isStatus
      ? ({ type: 'STATUS', value: firstState(side) } as const)
      : (old ?? emptyCell(field));
    next[field.code] = field.type === 'SUBTABLE' ? convertRows(cell, field) : cell;
  }
  if (record['$revision'] !== undefined) next['$revision'] = record['$revision'];
  if (record['$id'] !== undefined) next['$id'] = record['$id'];
  return next;
}

/** The step that makes an app's prepared settings live, or null when its records do not allow them. */
function prepareApp(store: Store, app: App): (() => void) | null {
  const side = app.preview;
  const origins = app.previewOrigins;
  const rebuild = app.records.prepareRebuild(uniqueFieldCodes(side.fields), (record) =>
    convertRecord(record, side, origins),
  );
  if (rebuild === null) return null;
  return () => {
    rebuild();
    app.live = side;
    // Edits of the test environment always put new objects in place, so both sides may share this one.
    app.preview = { ...side };
    app.previewOrigins = new Map(Object.keys(side.fields).map((code) => [code, code]));
    app.modifiedAt = secondStamp(store.clock.nowMs());
  };
}

/** Makes the prepared settings of several apps live together; false, and nothing changed, if one cannot. */
export function deployNow(store: Store, apps: readonly App[]): boolean {
  const steps = apps.map((app) => prepareApp(store, app));
  if (steps.some((step) => step === null)) return false;
  for (const step of steps) step?.();
  return true;
}

/** Throws away what was prepared and goes back to the live settings. */
export function revertPreview(app: App): void {
  if (app.live === null) return;
  app.preview = { ...app.live, revision: app.preview.revision + 1 };
  app.previewOrigins = new Map(Object.keys(app.live.fields).map((code) => [code, code]));
}

/** Finishes the deploy an app is part of, with all apps of the same request. */
export function finishDeploy(store: Store, app: App): void {
  const job = app.deploy;
  if (job === null || job.status !== 'PROCESSING') return;
  const apps = job.group.flatMap((id) => store.apps.get(id) ?? []);
  if (job.revert) for (const one of apps) revertPreview(one);
  const succeeded = job.revert || deployNow(store, apps);
  for (const one of apps) if (one.deploy !== null) one.deploy.status = succeeded ? 'SUCCESS' : 'FAIL';
}

/** Finishes deploys whose time has come; called before each request. */
export function finishDueDeploys(store: Store): void {
  const nowMs = store.clock.nowMs();
  for (const app of store.apps.values()) {
    if (app.deploy?.status === 'PROCESSING' && app.deploy.dueMs <= nowMs) finishDeploy(store, app);
  }
}
