import { failure } from '../definition/errors';
import { withinLimit } from './begin';
import { unitOfRun } from './carry-on';
import { endingOf } from './endings';
import { conclude, handle } from './handle';
import type { Observations } from './lease';
import type { JournalEntry, RunPorts } from './ports';
import { type RunRequest, runIdOf } from './scope';
import { conduct, flowsOf, unusableUnit } from './start';
import type { RunHandle } from './status';
import { takeOver } from './take-over';

/**
 * Carries out a run whose record is there already and whose plan is not yet: one that a page has asked a server for
 * (reason `requested`, no owner), or one whose process ended before it wrote anything. Takes the record over and
 * does everything that `startRun` does with a record of its own. `request.pressId` is the one in the record's run id.
 *
 * Ends as `locked` or `superseded`, with the record untouched, when another run holds the unit or somebody was quicker.
 */
export function runRequested(
  ports: RunPorts,
  request: RunRequest,
  entry: JournalEntry,
  observations: Observations,
): RunHandle {
  const unit = unitOfRun(request.settings, entry);
  const flows = unit === null ? [] : flowsOf(request, unit);
  return handle(ports, request, unit, flows, async (scope) => {
    if (runIdOf(request.unitId, request.pressId) !== entry.runId)
      return endingOf('failed', failure('unexpected', { message: `${entry.runId} is another run` }));
    const taken = await takeOver(scope, entry, observations, {
      state: 'Queuing',
      reason: 'checking',
      lockKey: scope.unit.concurrency === 'allow' ? '' : scope.unit.id,
    });
    if ('state' in taken) return taken;
    const { journalId, startedAtMs, cancelRequestedBy } = taken.entry;
    scope.store.update((status) => ({ ...status, journalId, startedAtMs }));
    if (cancelRequestedBy !== '') {
      const cancelled = failure('cancelledBy', { user: cancelRequestedBy }, { unitId: scope.unit.id });
      return conclude(taken.scope, async () => endingOf('cancelled', cancelled));
    }
    const unusable = unusableUnit(request, unit, flows);
    if (unusable !== null) return conclude(taken.scope, async () => endingOf('failed', unusable));
    const limited = await withinLimit(taken.scope, { kind: 'begun', scope: taken.scope });
    if (limited.kind === 'ended') return limited.ending;
    return conclude(taken.scope, () => conduct(taken.scope, startedAtMs));
  });
}
