/** Why a run stops before its end: somebody asked for it, or its time is over. */
import { type Failure, failure } from '../definition/errors';
import { endingOf } from './endings';
import type { Ending, RunScope } from './scope';

/** Reason of the abort signal of a run that took longer than its unit allows. */
const OUT_OF_TIME = Symbol('out of time');

/** Reason of the abort signal of a run whose ending is known already. */
class Decided {
  readonly ending: Ending;

  constructor(ending: Ending) {
    this.ending = ending;
  }
}

/** The run ends like this, whoever finds its signal aborted. */
export const stopWith = (scope: RunScope, ending: Ending): void => scope.cancel.abort(new Decided(ending));

export const stopForTime = (scope: RunScope): void => scope.cancel.abort(OUT_OF_TIME);

/** How a run ends whose signal is aborted. */
export function stopEnding(scope: RunScope): Ending {
  const place = { unitId: scope.unit.id };
  const { reason } = scope.cancel.signal;
  if (reason instanceof Decided) return reason.ending;
  return reason === OUT_OF_TIME
    ? endingOf('timedOut', failure('runTimedOut', { minutes: scope.unit.maxRunMinutes }, place))
    : endingOf('cancelled', cancelFailure(scope));
}

/** Who asked for the stop: the person here, or the one whose name came with the abort (see `startBeat`). */
function cancelFailure(scope: RunScope): Failure {
  const { reason } = scope.cancel.signal;
  const user = typeof reason === 'string' ? reason : scope.request.user.name;
  return failure('cancelledBy', { user }, { unitId: scope.unit.id });
}
