import { minuteStamp } from '../../store/clock';
import { entityOf } from '../../store/store';
import type { Cell, KintoneRecord } from '../../store/types';
import { ApiError, type FieldProblem, invalid } from '../errors';
import { isObject } from '../params';
import { buildRecord } from './build';
import { calculateFields } from './calc';
import { checkRecord } from './constraints';
import { readDateTime } from './dates';
import type { WriteScope } from './scope';
import { readEntities, sentValue } from './values';

export interface Written {
  readonly id: number;
  readonly revision: string;
}

type Cells = Record<string, Cell>;

/** Creator, modifier and their times: the caller's, unless an app manager sends others on POST. */
function sign(scope: WriteScope, cells: Cells, sent: Readonly<Record<string, unknown>> | null): void {
  const now = minuteStamp(scope.store.clock.nowMs());
  for (const field of scope.form.signatures) {
    const { code, type } = field;
    const isPerson = type === 'CREATOR' || type === 'MODIFIER';
    const changes = sent !== null || type === 'MODIFIER' || type === 'UPDATED_TIME';
    if (changes) cells[code] = { type, value: isPerson ? entityOf(scope.user) : now };
    if (sent === null || !isObject(sent[code])) continue;
    if (!scope.maySign) throw new ApiError('CB_NO02');
    const value = sentValue(sent[code], code);
    if (isPerson) {
      const person = readEntities(scope, 'USER_SELECT', [value], code)[0];
      if (person !== undefined) cells[code] = { type, value: person };
    } else if (typeof value === 'string') {
      const time = readDateTime(value);
      if (time === null) throw invalid({ key: `${code}.value`, message: 'badDateTime' });
      cells[code] = { type, value: time };
    }
  }
}

/** Status, assignees and categories of a new record; the fields exist only while they are switched on. */
function startProcess(scope: WriteScope, cells: Cells): void {
  const { status } = scope.side;
  const first = Object.values(status.states ?? {}).sort((a, b) => Number(a.index) - Number(b.index))[0];
  for (const field of Object.values(scope.form.fields)) {
    if (field.type === 'STATUS' && status.enable) {
      cells[field.code] = { type: 'STATUS', value: first?.name ?? '' };
    }
    if (field.type === 'STATUS_ASSIGNEE' && status.enable) {
      cells[field.code] = { type: 'STATUS_ASSIGNEE', value: [] };
    }
    if (field.type === 'CATEGORY' && field.enabled === true)
      cells[field.code] = { type: 'CATEGORY', value: [] };
  }
}

function withIdentity(scope: WriteScope, cells: Cells, id: number, revision: number): KintoneRecord {
  for (const field of Object.values(scope.form.fields)) {
    if (field.type !== 'RECORD_NUMBER') continue;
    const value = scope.app.code === '' ? String(id) : `${scope.app.code}-${id}`;
    cells[field.code] = { type: 'RECORD_NUMBER', value };
  }
  cells['$revision'] = { type: '__REVISION__', value: String(revision) };
  cells['$id'] = { type: '__ID__', value: String(id) };
  return cells;
}

export function revisionOf(record: KintoneRecord): number {
  return Number(record['$revision']?.value);
}

/**
 * Stores a new record. Wrong values go to `scope.problems` (nothing is stored then); the caller ends the
 * transaction with them.
 */
export function insertRecord(
  scope: WriteScope,
  sent: Readonly<Record<string, unknown>>,
  path: string,
  wantedId?: number,
): Written {
  const found = scope.problems.length;
  const cells = buildRecord(scope, null, sent, path);
  sign(scope, cells, sent);
  startProcess(scope, cells);
  calculateFields(scope, cells);
  checkRecord(scope, null, cells, path);
  if (scope.problems.length > found) return { id: 0, revision: '0' };
  const id = wantedId ?? scope.app.records.nextId();
  scope.app.records.insert(id, withIdentity(scope, cells, id, 1));
  return { id, revision: '1' };
}

/**
 * Lays the sent cells over a stored record. `revision` undefined or -1: no check, else it must be the stored
 * one (409 GAIA_CO02).
 */
export function updateRecord(
  scope: WriteScope,
  id: number,
  sent: Readonly<Record<string, unknown>>,
  revision: number | undefined,
  path: string,
): Written {
  const before = existing(scope, id);
  checkRevision(before, revision);
  const found = scope.problems.length;
  const cells = buildRecord(scope, before, sent, path);
  calculateFields(scope, cells);
  checkRecord(scope, id, cells, path);
  if (scope.problems.length > found) return { id, revision: '0' };
  return storeChanged(scope, id, cells, 1);
}

/** Stores changed cells under a revision that is `steps` higher, signed by the caller. */
export function storeChanged(scope: WriteScope, id: number, cells: Cells, steps: number): Written {
  sign(scope, cells, null);
  const next = revisionOf(cells) + steps;
  scope.app.records.update(id, withIdentity(scope, cells, id, next));
  return { id, revision: String(next) };
}

export function existing(scope: WriteScope, id: number): KintoneRecord {
  const record = scope.app.records.get(id);
  if (record === undefined) throw new ApiError('GAIA_RE01', { id });
  return record;
}

export function checkRevision(record: KintoneRecord, revision: number | undefined): void {
  if (revision === undefined || revision === -1) return;
  if (revision !== revisionOf(record)) throw new ApiError('GAIA_CO02');
}

/** Ends the call with CB_VA01 when wrong values were found. */
export function throwProblems(problems: readonly FieldProblem[]): void {
  if (problems.length > 0) throw invalid(...problems);
}
