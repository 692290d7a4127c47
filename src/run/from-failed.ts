import { FailureError, failure, type Place } from '../definition/errors';
import type { Flow } from '../definition/types';
import { begin } from './begin';
import { followed, unitOfRun } from './carry-on';
import { closeDead } from './close-dead';
import { endingOf } from './endings';
import { conclude, handle } from './handle';
import { lifeOf, type Observations } from './lease';
import type { PlanFile } from './plan-file';
import { loadPlan, planParts } from './plan-parts';
import type { FlowEntry, JournalEntry, RunPorts } from './ports';
import { planRemoved } from './retention';
import type { Ending, RunRequest, RunScope } from './scope';
import { flowsOf, perform, unusableUnit } from './start';
import type { RunHandle } from './status';
import { steppedFacts } from './step-through';

/**
 * 失敗したフローから: a new run with today's settings that leaves out the flows which the ended run has finished, and
 * plans the one that failed and those after it anew (check, preview, question, limits as for every run). It takes the
 * calling record and the input from the ended run. What the failed flow had written before it failed stays, as it does
 * when one starts over. `entry` is the record of the ended run; an interrupted one is closed first.
 * Refused: `continueNotEnded`, `fromFailedDone`, `fromFailedNothing`, `fromFailedChanged` (a flow was renamed, moved or
 * removed), `continueStale` (a later run has written), `alreadyContinued`, and whatever refuses a start.
 */
export function runFromFailed(
  ports: RunPorts,
  request: RunRequest,
  entry: JournalEntry,
  observations: Observations,
): RunHandle {
  const unit = unitOfRun(request.settings, entry);
  const flows = unit === null ? [] : flowsOf(request, unit);
  const own = { ...request, input: entry.input, continues: entry.runId };
  return handle(ports, own, unit, flows, async (scope) => {
    const unusable = unusableUnit(own, unit, flows);
    if (unusable !== null) return endingOf('failed', unusable);
    const ready = await prepare(scope, entry, observations);
    if ('state' in ready) return ready;
    const { startedAtMs } = scope.store.getSnapshot();
    const begun = await begin(ready, observations);
    if (begun.kind === 'ended') {
      scope.store.update((status) => ({ ...status, holder: begun.holder, journalId: begun.journalId }));
      return begun.ending;
    }
    const rest = { ...begun.scope, flows: scope.flows.slice(leftOut(entry).length) };
    return conclude(rest, () => perform(rest, steppedFacts(rest, startedAtMs)));
  });
}

/** Flows that the run has finished; they come first, because flows are written in their order. */
export const leftOut = ({ flows }: Pick<JournalEntry, 'flows'>): readonly FlowEntry[] =>
  flows.filter((flow) => flow.state === 'Success');

/** The scope in which the new run works, or why there is none; nothing is written but the end of an interrupted run. */
async function prepare(
  scope: RunScope,
  found: JournalEntry,
  observations: Observations,
): Promise<RunScope | Ending> {
  const { ports } = scope;
  const place = { unitId: found.unitId };
  const entry = await ended(scope, found, observations);
  if ('failure' in entry) return entry;
  const refused = whyNot(entry, scope.flows, place);
  if (refused !== null) return refused;
  const next = await followed(ports.journal, entry);
  if ('failure' in next) return endingOf('failed', next.failure);
  const plan = await planOf(ports, entry);
  if (plan === null) return endingOf('failed', failure('fromFailedNothing', {}, place));
  scope.value.load(entry.outputValue);
  const done = new Set(leftOut(entry).map((flow) => flow.flowId));
  scope.store.update((status) => ({
    ...status,
    flows: status.flows.map((flow) =>
      done.has(flow.flowId) ? { ...flow, state: 'Success', isDoneEarlier: true } : flow,
    ),
  }));
  return { ...scope, request: { ...scope.request, calling: plan.calling, continues: next.runId } };
}

/** The record once it has ended: one whose page is gone is closed here, as when one starts over. */
async function ended(
  scope: RunScope,
  entry: JournalEntry,
  observations: Observations,
): Promise<JournalEntry | Ending> {
  const { ports } = scope;
  const alive = endingOf('failed', failure('continueNotEnded', {}, { unitId: entry.unitId }));
  if (entry.endedAtMs !== null) return entry;
  // A record that moved since somebody looked at it belongs to somebody who works on it.
  if ((await lifeOf(entry, ports, observations)) !== 'dead') return alive;
  const closed = await closeDead(scope, entry);
  if (typeof closed !== 'string') return closed;
  const now = await ports.journal.read(entry.journalId);
  return now === null || now.endedAtMs === null ? alive : now;
}

function whyNot(entry: JournalEntry, flows: readonly Flow[], place: Place): Ending | null {
  if (entry.state === 'Success') return endingOf('failed', failure('fromFailedDone', {}, place));
  if (leftOut(entry).length === 0) return endingOf('failed', failure('fromFailedNothing', {}, place));
  // New flows may have been added after those that the run knew; all others must be what they were.
  const changed = entry.flows.find(
    (logged, index) => flows[index]?.id !== logged.flowId || flows[index]?.name !== logged.name,
  );
  return changed === undefined
    ? null
    : endingOf('failed', failure('fromFailedChanged', { flow: changed.name }, place));
}

/** The plan that has the calling record: the run's own, or that of the run it carried on from without writing. */
async function planOf(ports: RunPorts, entry: JournalEntry): Promise<PlanFile | null> {
  const part = planParts(entry.planFiles, entry.planHash)[0];
  if (part !== undefined) {
    const loaded = await loadPlan(ports.journal, part);
    if (!loaded.ok) throw new FailureError({ ...loaded.error, place: { unitId: entry.unitId } });
    return loaded.value;
  }
  const removed = planRemoved(entry);
  if (removed !== null) throw new FailureError(removed);
  const before = entry.continues === '' ? null : await ports.journal.byRunId(entry.continues);
  return before === null ? null : planOf(ports, before);
}
