import { type Failure, failure, ok } from '../definition/errors';
import { begin } from './begin';
import { followed, unitOfRun } from './carry-on';
import { createdRows } from './created-rows';
import { endingOf } from './endings';
import { conclude, handle } from './handle';
import type { Observations } from './lease';
import type { JournalEntry, RunPorts } from './ports';
import { goOn, showFlows } from './resume';
import { planRemoved, readingPlan } from './retention';
import type { Ending, LoggedScope, RunRequest } from './scope';
import type { RunHandle } from './status';
import { transition } from './transitions';

/**
 * 続きから after a failure or a cancel: a new run that writes the rest of the ended run's plan, with
 * identical values. The ended record stays as it ended; the new one takes over its plan, its cursor and
 * the ids of the records it added, so undo of the new run takes back both. `request.continues` names the
 * run; a unique field makes sure that it is continued once.
 * Refused: `continueNotEnded`, `continueNothing`, `planRemoved`, `continueStale` (a later run has written), `alreadyContinued`.
 */
export function continueRun(
  ports: RunPorts,
  request: RunRequest,
  entry: JournalEntry,
  observations: Observations,
): RunHandle {
  const unit = unitOfRun(request.settings, entry);
  const flows = entry.flows.flatMap(
    (logged) => request.settings.flows.find((flow) => flow.id === logged.flowId) ?? [],
  );
  return handle(ports, { ...request, continues: entry.runId }, unit, flows, async (scope) => {
    const refused = whyNot(entry);
    if (refused !== null) return endingOf('failed', refused);
    const next = await followed(ports.journal, entry);
    if ('failure' in next) return endingOf('failed', next.failure);
    const own = { ...scope, request: { ...scope.request, continues: next.runId } };
    const begun = await begin(own, observations);
    if (begun.kind === 'ended') {
      scope.store.update((status) => ({ ...status, holder: begun.holder, journalId: begun.journalId }));
      return begun.ending;
    }
    const taken = { ...begun.scope, created: createdRows(entry.createdRows) };
    return conclude(taken, () => writeRest(taken, entry));
  });
}

function whyNot(entry: JournalEntry): Failure | null {
  const place = { unitId: entry.unitId };
  if (entry.endedAtMs === null) return failure('continueNotEnded', {}, place);
  const removed = planRemoved(entry);
  if (removed !== null) return removed;
  if (entry.cursor === 0 || entry.planFiles.length === 0) return failure('continueNothing', {}, place);
  return null;
}

async function writeRest(scope: LoggedScope, entry: JournalEntry): Promise<Ending> {
  const { ports, store } = scope;
  // A file key belongs to its record, so the plan is uploaded again; its bytes, and so its hash, stay.
  const copied = await readingPlan(ports.journal, entry, async () => {
    const keys: string[] = [];
    for (const file of entry.planFiles) {
      keys.push(await ports.journal.upload(file.name, await ports.journal.download(file)));
    }
    return ok(keys);
  });
  if (!copied.ok) return endingOf('failed', copied.error);
  const planFileKeys = copied.value;
  store.update((status) => ({
    ...status,
    counts: entry.counts,
    progress: { rowsWritten: entry.cursor, rowsPlanned: entry.rowsPlanned },
  }));
  showFlows(scope, entry);
  const refused = await transition(scope, 'writing', {
    planFileKeys,
    planHash: entry.planHash,
    cursor: entry.cursor,
    rowsPlanned: entry.rowsPlanned,
    counts: entry.counts,
    createdRows: entry.createdRows,
  });
  return refused ?? goOn(scope, entry);
}
