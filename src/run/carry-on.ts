/** What runs have in common that go on from an earlier one: its unit, which run they follow, and whether that is still right. */
import { type Failure, failure } from '../definition/errors';
import type { ExecutionUnit, Settings } from '../definition/types';
import type { FlowEntry, JournalEntry, RunPorts } from './ports';

/** The unit of an earlier run as it is now, save that a test stays a test; null: it is gone. */
export function unitOfRun(settings: Settings, { unitId, mode }: JournalEntry): ExecutionUnit | null {
  const found = settings.units.find((candidate) => candidate.id === unitId);
  return found === undefined ? null : { ...found, mode };
}

/** Runs that follow an ended one. */
export type AfterRunKind = 'continue' | 'fromFailedFlow' | 'startOver' | 'undo';

/** More runs of one unit than anybody starts between a failure and its continuation. */
const LATER_RUNS_MAX = 100;

/**
 * The run id that a run which carries on from `entry` names as `continues`, or why there must be none. Each run is
 * followed once (a unique field of the log app). A follower that ended without having written anything (declined, not
 * planned, cancelled early) uses nothing up: the next one follows that follower. Refused: `continueStale`, because a
 * later run of the unit has written.
 */
export async function followed(
  journal: Pick<RunPorts['journal'], 'startedSince'>,
  entry: JournalEntry,
): Promise<{ readonly runId: string } | { readonly failure: Failure }> {
  const started = await journal.startedSince(entry.unitId, entry.startedAtMs, LATER_RUNS_MAX);
  const later = started.filter((other) => Number(other.journalId) > Number(entry.journalId));
  const writer = later.find((other) => other.cursor > 0);
  if (writer !== undefined) {
    return { failure: failure('continueStale', { user: writer.user.name }, { unitId: entry.unitId }) };
  }
  let { runId } = entry;
  for (;;) {
    const idle = later.find((other) => other.continues === runId && other.endedAtMs !== null);
    if (idle === undefined) return { runId };
    runId = idle.runId;
  }
}

/** Whether some flows are finished and others are not, so that a run may begin in the middle. */
export const isPartlyDone = (flows: readonly Pick<FlowEntry, 'state'>[]): boolean =>
  flows.some((flow) => flow.state === 'Success') && flows.some((flow) => flow.state !== 'Success');
