import { failure } from '../definition/errors';
import type { RunHandle, RunStatus } from '../run/status';
import type { StartReply } from './types';

/**
 * How a start came out, as soon as that is certain: when the run record exists, or when there will be none.
 * The run goes on behind it.
 */
export function startReplyOf(handle: RunHandle): Promise<StartReply> {
  return new Promise((resolve) => {
    let unsubscribe: () => void = () => undefined;
    const look = (): void => {
      const status = handle.getSnapshot();
      if (status.endedAtMs === null && !hasBegun(status)) return;
      unsubscribe();
      resolve(replyOf(status));
    };
    unsubscribe = handle.subscribe(look);
    look();
  });
}

/** A refused press has a record too, but fails at the same moment. */
const hasBegun = ({ journalId, state }: RunStatus): boolean => journalId !== null && state !== 'Failure';

function replyOf(status: RunStatus): StartReply {
  const { endedAtMs, reason, holder, journalId } = status;
  if (status.watched === 'joined') return { kind: 'joined', taskId: status.runId };
  if (endedAtMs === null) return { kind: 'started' };
  if (reason === 'rateLimited' || reason === 'switchedOff') return { kind: 'rateLimited' };
  // A run found half done holds the unit as well, until somebody goes on with it or gives it up.
  const isHeld = reason === 'locked' || (reason === 'interrupted' && journalId === null);
  if (isHeld && holder !== null) return { kind: 'conflict', taskId: holder.runId };
  if (journalId !== null) return { kind: 'started' };
  return { kind: 'refused', failure: status.failure ?? failure('unexpected', { message: reason }) };
}
