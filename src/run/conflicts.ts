import { fail, failure, ok, type Result } from '../definition/errors';
import type { ConflictPolicy } from '../definition/types';
import {
  type ChangedRow,
  type CommitBatch,
  type DataRequest,
  type FlowPlan,
  type RecordNow,
  rowAgain,
  type WriteFields,
} from '../plan';
import { type ColumnSpec, columnSpecOfField, columnSpecsOfFields, type Table, tableBuilder } from '../table';
import type { Deviation } from './conflict-book';
import { inQueries } from './current';
import { packJson, unpackJson } from './plan-codec';
import type { JournalFile, JournalPort } from './ports';
import { appendPage, metadata } from './reader';
import type { LoggedScope } from './scope';

const FILE_NAME = /^deviations-(\d+)-([0-9a-f]{16})\.json\.gz$/;
/** Enough to notice a file that was damaged or exchanged. */
const HASH_LENGTH = 16;

/** Uploads what has to be attached in the commit; answers the keys for the record, those of its other files included. */
export async function attachDeviations(
  scope: LoggedScope,
  deviations: readonly Deviation[],
): Promise<readonly string[]> {
  const { journal } = scope.ports;
  const { bytes, sha256 } = await packJson({ version: 1, deviations });
  const name = `deviations-${scope.store.getSnapshot().progress.rowsWritten}-${sha256.slice(0, HASH_LENGTH)}.json.gz`;
  const key = await journal.upload(name, bytes);
  const entry = await journal.read(scope.journal.journalId);
  return [...(entry?.planFiles ?? []).map((file) => file.fileKey), key];
}

/** Reads what the files of a run record say. Error: `planDamaged`. */
export async function loadDeviations(
  journal: Pick<JournalPort, 'download'>,
  files: readonly JournalFile[],
): Promise<Result<readonly Deviation[]>> {
  const all: Deviation[] = [];
  for (const file of files) {
    const sha256 = FILE_NAME.exec(file.name)?.[2];
    if (sha256 === undefined) continue;
    const value = await unpackJson(await journal.download(file), (found) => found.startsWith(sha256));
    if (value === null) return fail(failure('planDamaged'));
    all.push(...(value as { readonly deviations: readonly Deviation[] }).deviations);
  }
  return ok(all);
}

/** Whether kintone refused a commit only because records are no longer as they were planned for. */
export const isConflict = (code: string, requestIndex: number | null): boolean =>
  (code === 'GAIA_CO02' || code === 'GAIA_RE01') && requestIndex !== null && requestIndex > 0;

/** An undo never writes over what somebody did since. */
export function policyOf(scope: Pick<LoggedScope, 'unit' | 'request'>): ConflictPolicy {
  const { conflict } = scope.unit;
  return scope.request.undoOf !== null && conflict !== 'stop' ? 'skip' : conflict;
}

/**
 * Looks at every record of the batch as it is now and decides, row by row and in the order of writing, what becomes
 * of it. Reads only. Rows of records that nobody changed stay as they are.
 */
export async function lookAgain(
  scope: LoggedScope,
  plans: readonly FlowPlan[],
  batch: CommitBatch,
  policy: Exclude<ConflictPolicy, 'stop'>,
): Promise<readonly Deviation[]> {
  const known = metadata(scope.ports.records);
  const tables = new Map<string, Promise<CurrentTable>>();
  const states = new Map<string, { revision: number; pending: WriteFields; isChanged: boolean }>();
  const deviations: Deviation[] = [];
  for (const request of batch.requests) {
    if (request.kind === 'add') continue;
    const { app, kind, source } = request;
    const { appId } = app;
    const current = await (tables.get(appId) ??
      remember(tables, appId, readAgain(scope, plans, batch, appId)));
    const fields = await known.fields(app);
    const keys = keysOf(plans, source.flowId, source.commandId);
    for (const [at, row] of (request.rows as readonly ChangedRow[]).entries()) {
      const key = `${appId}/${row.recordId}`;
      const found = current.rowOf.get(row.recordId) ?? -1;
      const revision = found < 0 ? 0 : (current.table.origin?.revisions[found] ?? 0);
      const state = states.get(key) ?? {
        revision,
        pending: {},
        isChanged: scope.conflicts.wasChanged(request, row),
      };
      states.set(key, state);
      let written: ChangedRow | null = row;
      if (state.isChanged || found < 0 || Number(row.revision) !== state.revision) {
        state.isChanged = true;
        const now: RecordNow = { table: current.table, at: found, ...state };
        const again = rowAgain(kind, row, policy, now, keys, fields);
        written = again.row;
        const { recordId, label } = row;
        const { flowId, commandId } = source;
        const index = source.firstRow + at;
        deviations.push({ flowId, commandId, appId, kind, index, recordId, label, ...again });
      }
      if (written === null) continue;
      // kintone raises the revision by 1 for an update and by 2 for a process action (facts "kintone" 2.1).
      state.revision += kind === 'status' ? 2 : 1;
      if ('fields' in written) state.pending = { ...state.pending, ...written.fields };
    }
  }
  return deviations;
}

function remember<T>(map: Map<string, Promise<T>>, key: string, value: Promise<T>): Promise<T> {
  map.set(key, value);
  return value;
}

const keysOf = (plans: readonly FlowPlan[], flowId: string, commandId: string): readonly string[] =>
  plans.flatMap((plan) => plan.outputs).find((one) => one.flowId === flowId && one.commandId === commandId)
    ?.keys ?? [];

interface CurrentTable {
  readonly table: Table;
  readonly rowOf: ReadonlyMap<string, number>;
}

/** The records of one app that the batch changes, with the fields that it writes, compares or takes away. */
async function readAgain(
  scope: LoggedScope,
  plans: readonly FlowPlan[],
  batch: CommitBatch,
  appId: string,
): Promise<CurrentTable> {
  const { records } = scope.ports;
  const requests = batch.requests.filter(
    (request): request is Exclude<DataRequest, { kind: 'add' }> =>
      request.kind !== 'add' && request.app.appId === appId,
  );
  const app = requests[0]?.app ?? { appId };
  const fields = await metadata(records).fields(app);
  const codes = new Set<string>();
  for (const request of requests) {
    const { flowId, commandId } = request.source;
    for (const code of keysOf(plans, flowId, commandId)) codes.add(code);
    for (const row of request.rows) for (const code of Object.keys(row.before)) codes.add(code);
  }
  const isDeleting = requests.some((request) => request.kind === 'delete');
  const columns: readonly ColumnSpec[] = isDeleting
    ? columnSpecsOfFields(fields)
    : [...codes].flatMap((code) => {
        const property = fields[code];
        const spec = property === undefined ? null : columnSpecOfField(property);
        return spec === null ? [] : [spec];
      });
  const ids = [...new Set(requests.flatMap((request) => request.rows.map((row) => row.recordId)))];
  const builder = tableBuilder(columns, appId);
  const fieldCodes = columns.map((column) => column.name);
  for (const query of inQueries('$id', ids)) {
    for await (const page of records.pages({ app, query, fieldCodes })) appendPage(builder, page, app);
  }
  const table = builder.finish();
  const rowOf = new Map<string, number>();
  table.origin?.ids.forEach((id, row) => {
    rowOf.set(String(id), row);
  });
  return { table, rowOf };
}
