/** The end of a run: what was written, why it ended, what can be done now. */
import type { RunHandle } from '../../run/status';
import { Cancelled, Done, Failed, NoChange, Refused, Stopped } from './outcome/endings';
import type { EndingProps, ShownRecord } from './outcome/host';
import { Interrupted, Locked, Lost } from './outcome/unfinished';
import type { Phase } from './phase';

interface Props extends EndingProps {
  readonly handle: RunHandle;
  readonly phase: Phase;
  readonly shown: ShownRecord;
}

export function Outcome({ handle, status, phase, shown, callbacks }: Props) {
  switch (phase) {
    case 'done':
      return <Done handle={handle} status={status} shown={shown} callbacks={callbacks} />;
    case 'noChange':
      return <NoChange status={status} />;
    case 'stopped':
      return <Stopped status={status} />;
    case 'failed':
    case 'timedOut':
      return <Failed status={status} callbacks={callbacks} />;
    case 'cancelled':
      return <Cancelled status={status} callbacks={callbacks} />;
    case 'interrupted':
      return status.failure?.code === 'engineLost' ? (
        <Lost status={status} callbacks={callbacks} />
      ) : (
        <Interrupted status={status} callbacks={callbacks} />
      );
    case 'locked':
      return <Locked status={status} callbacks={callbacks} />;
    default:
      return <Refused status={status} phase={phase} callbacks={callbacks} />;
  }
}
