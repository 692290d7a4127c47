import { unitOfRun } from './carry-on';
import { handle } from './handle';
import type { Observations } from './lease';
import { afterDeath, viewLive } from './live-view';
import type { JournalEntry, RunPorts } from './ports';
import type { RunRequest } from './scope';
import { flowsOf } from './start';
import type { RunHandle } from './status';

/**
 * Shows a run that goes on elsewhere, and what it comes to. Nothing is started: there is no record, nothing counts for
 * the limit, and a run that has ended meanwhile is shown as it ended.
 */
export function watchRun(
  ports: RunPorts,
  request: RunRequest,
  entry: JournalEntry,
  observations: Observations,
): RunHandle {
  const unit = unitOfRun(request.settings, entry);
  const flows = unit === null ? [] : flowsOf(request, unit);
  return handle(ports, request, unit, flows, async (scope) => {
    const viewed = await viewLive(scope, entry, observations, { as: 'joined' });
    if (viewed.kind === 'ended') return viewed.ending;
    const ending = await afterDeath(scope, viewed.entry);
    if (ending.reason === 'interrupted')
      scope.store.update((status) => ({ ...status, holder: viewed.entry }));
    return ending;
  });
}
