import type { CommandReport } from '../commands/types';
import type { Result } from '../definition/errors';
import { fail, failure, ok } from '../definition/errors';
import type { AppRef } from '../definition/types';
import {
  type DataRequest,
  type FlowPlan,
  flowRequests,
  inUniqueOrder,
  type OutputPlan,
  type WriteFields,
} from '../plan';
import { isWritable, type KintoneFields } from '../table';
import { ConflictBook } from './conflict-book';
import { loadDeviations } from './conflicts';
import { type CreatedRows, createdRows } from './created-rows';
import { inQueries } from './current';
import { loadPlan, planParts } from './plan-parts';
import type { JournalEntry, JournalPort, RecordsPort } from './ports';
import { type Metadata, readTable } from './reader';
import { planRemoved } from './retention';

/** Everything a run did to one record, taken together. */
interface Touched {
  readonly app: AppRef;
  readonly flowId: string;
  readonly commandId: string;
  readonly recordId: string;
  readonly label: string;
  /** Added by the run itself. */
  readonly isCreated: boolean;
  isDeleted: boolean;
  hasNewStatus: boolean;
  /** As the fields were before the run first wrote them. */
  before: WriteFields;
  /** As the run left them. */
  after: WriteFields;
  /** The revision the record has when nobody touched it since. */
  revision: number;
}

/** How many records a report names. */
const NAMED_MAX = 5;

export interface UndoTools {
  readonly records: RecordsPort;
  readonly journal: Pick<JournalPort, 'download'>;
  readonly known: Metadata;
  readonly signal: AbortSignal;
}

/**
 * The plan that takes a run back: updates to the values before, added records deleted, deleted ones
 * added again, in reverse order. Only records that nobody changed since; the others are reported.
 * What kintone cannot take back is reported too: process states, attachments, record numbers.
 * Errors: `undoNothing` (the run kept no plan), `planRemoved`, those of the plan file, `FailureError` of reading.
 */
export async function planUndo(tools: UndoTools, entry: JournalEntry): Promise<Result<readonly FlowPlan[]>> {
  const removed = planRemoved(entry);
  if (removed !== null) return fail(removed);
  const parts = planParts(entry.planFiles, entry.planHash);
  if (parts.length === 0 || entry.cursor === 0)
    return fail(failure('undoNothing', {}, { unitId: entry.unitId }));
  const known = await loadDeviations(tools.journal, entry.planFiles);
  if (!known.ok) return known;
  const book = new ConflictBook();
  book.add(known.value);
  const story = new Story(createdRows(entry.createdRows), book);
  for (const part of parts) {
    const plan = await loadPlan(tools.journal, part);
    if (!plan.ok) return plan;
    story.tell(plan.value.plans, entry.cursor - plan.value.firstRow);
  }
  const outputs: OutputPlan[] = [];
  for (const group of story.groups())
    outputs.push(await planOutputUndo(tools, group, story.unknownAdds(group)));
  const flowIds = [...new Set(outputs.map((output) => output.flowId))];
  return ok(
    flowIds.map((flowId) => ({ flowId, outputs: outputs.filter((output) => output.flowId === flowId) })),
  );
}

interface OutputGroup {
  readonly app: AppRef;
  readonly flowId: string;
  readonly commandId: string;
  readonly records: readonly Touched[];
}

/** Follows the written requests of a run in order, record by record. */
class Story {
  readonly #created: CreatedRows;
  readonly #book: ConflictBook;
  readonly #touched = new Map<string, Touched>();
  readonly #unknownAdds = new Map<string, number>();
  /** Outputs in the order they were written, also those of which nothing is known. */
  readonly #outputs = new Map<string, Omit<OutputGroup, 'records'>>();

  constructor(created: CreatedRows, book: ConflictBook) {
    this.#created = created;
    this.#book = book;
  }

  tell(plans: readonly FlowPlan[], rowsWritten: number): void {
    let left = rowsWritten;
    for (const planned of plans.flatMap(flowRequests)) {
      if (planned.rows.length > left) return;
      left -= planned.rows.length;
      const request = this.#book.actual(planned);
      const { flowId, commandId } = request.source;
      this.#outputs.set(`${flowId}/${commandId}`, { app: request.app, flowId, commandId });
      if (request.kind === 'add') this.#add(request);
      else for (const row of request.rows) this.#change(request, row);
    }
  }

  /** Last output first: what was written last is taken back first. */
  groups(): readonly OutputGroup[] {
    const all = [...this.#touched.values()].reverse();
    return [...this.#outputs.values()].reverse().map((output) => ({
      ...output,
      records: all.filter((one) => one.flowId === output.flowId && one.commandId === output.commandId),
    }));
  }

  unknownAdds({ flowId, commandId }: Pick<OutputGroup, 'flowId' | 'commandId'>): number {
    return this.#unknownAdds.get(`${flowId}/${commandId}`) ?? 0;
  }

  #add(request: Extract<DataRequest, { kind: 'add' }>): void {
    const { flowId, commandId, firstRow } = request.source;
    const ids = this.#created.of(flowId, commandId, firstRow);
    if (ids.length === 0) {
      const key = `${flowId}/${commandId}`;
      this.#unknownAdds.set(key, (this.#unknownAdds.get(key) ?? 0) + request.rows.length);
      return;
    }
    for (const [index, row] of request.rows.entries()) {
      const recordId = ids[index] ?? '';
      this.#touched.set(`${request.app.appId}/${recordId}`, {
        app: request.app,
        flowId,
        commandId,
        recordId,
        label: '',
        isCreated: true,
        isDeleted: false,
        hasNewStatus: false,
        before: {},
        after: row.fields,
        revision: 1,
      });
    }
  }

  #change(
    request: Exclude<DataRequest, { kind: 'add' }>,
    row: Exclude<DataRequest, { kind: 'add' }>['rows'][number],
  ): void {
    const key = `${request.app.appId}/${row.recordId}`;
    const known = this.#touched.get(key);
    const fields = 'fields' in row ? row.fields : {};
    const isStatus = request.kind === 'status';
    const touched: Touched = known ?? {
      app: request.app,
      flowId: request.source.flowId,
      commandId: request.source.commandId,
      recordId: row.recordId,
      label: row.label,
      isCreated: false,
      isDeleted: false,
      hasNewStatus: false,
      before: {},
      after: {},
      revision: 0,
    };
    // A process action is taken back by people only, and its field cannot be written.
    if (!isStatus) {
      // Where somebody came in between two writes of the run, their values are the ones to go back to.
      touched.before = this.#book.isDeviation(row)
        ? { ...touched.before, ...row.before }
        : { ...row.before, ...touched.before };
      touched.after = { ...touched.after, ...fields };
    }
    touched.hasNewStatus ||= isStatus;
    touched.isDeleted = request.kind === 'delete';
    // kintone raises the revision by 1 for an update and by 2 for a process action (facts "kintone" 2.1).
    touched.revision = Number(row.revision) + (isStatus ? 2 : 1);
    this.#touched.set(key, touched);
  }
}

async function planOutputUndo(
  tools: UndoTools,
  group: OutputGroup,
  unknownAdds: number,
): Promise<OutputPlan> {
  const fields = await tools.known.fields(group.app);
  const revisions = await currentRevisions(tools, group);
  const isUntouched = (one: Touched): boolean => revisions.get(one.recordId) === one.revision;
  const living = group.records.filter((one) => !one.isDeleted);
  const present = living.filter((one) => revisions.has(one.recordId));
  const changed = present.filter((one) => !isUntouched(one));
  const ours = present.filter(isUntouched);
  const updates = ours
    .filter((one) => !one.isCreated && Object.keys(one.before).length > 0)
    .map((one) => ({
      recordId: one.recordId,
      revision: String(one.revision),
      fields: one.before,
      before: one.after,
      label: one.label,
    }));
  const deletes = ours
    .filter((one) => one.isCreated)
    .map((one) => ({
      recordId: one.recordId,
      revision: String(one.revision),
      before: one.after,
      label: one.label,
    }));
  const removed = group.records.filter((one) => one.isDeleted && !one.isCreated);
  const adds = removed.map((one) => ({ fields: writableFields(one.before, fields) }));
  const place = { flowId: group.flowId, commandId: group.commandId, appId: group.app.appId };
  const report = (code: string, count: number, values: readonly string[] = []): readonly CommandReport[] =>
    count === 0 ? [] : [{ code, count, params: { count, values: values.slice(0, NAMED_MAX) }, place }];
  const names = (records: readonly Touched[]): readonly string[] =>
    records.map((one) => (one.label === '' ? `#${one.recordId}` : `${one.label} (#${one.recordId})`));
  const missing = living.filter((one) => !revisions.has(one.recordId) && !one.isCreated);
  return {
    flowId: group.flowId,
    commandId: group.commandId,
    app: group.app,
    mode: 'update',
    keys: [],
    ...inUniqueOrder({ adds, updates, deletes }, fields, place),
    unchanged: 0,
    unmatched: changed.length + missing.length + unknownAdds,
    reports: [
      ...report('undoChangedSince', changed.length, names(changed)),
      ...report('undoGoneSince', missing.length, names(missing)),
      ...report('undoIdsUnknown', unknownAdds),
      ...report(
        'undoStatusStays',
        ours.filter((one) => one.hasNewStatus).length,
        names(ours.filter((one) => one.hasNewStatus)),
      ),
      ...report('undoAddedAnew', removed.length),
    ],
  };
}

async function currentRevisions(tools: UndoTools, group: OutputGroup): Promise<ReadonlyMap<string, number>> {
  const ids = group.records.filter((one) => !one.isDeleted).map((one) => one.recordId);
  const found = new Map<string, number>();
  for (const query of inQueries('$id', ids)) {
    const table = await readTable(tools.records, group.app, [], query, tools.signal);
    table.origin?.ids.forEach((id, row) => {
      found.set(String(id), table.origin?.revisions[row] ?? 0);
    });
  }
  return found;
}

/** Attachments are left out: their file keys ended with the record. */
function writableFields(before: WriteFields, fields: KintoneFields): WriteFields {
  return Object.fromEntries(
    Object.entries(before).filter(([code]) => {
      const property = fields[code];
      return property !== undefined && property.type !== 'FILE' && isWritable(property, fields);
    }),
  );
}
