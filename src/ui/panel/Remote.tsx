/** A run that another service carries out: what is known of it here, and what cannot be done from here. */
import type { RunStatus } from '../../run/status';
import { useEnvironment } from './environment';
import { FailureBox, FailureDetails } from './FailureBox';
import { LogLink } from './outcome/Written';
import { Stepper } from './Stepper';

export function RemoteLive({ status }: { readonly status: RunStatus }) {
  const { texts } = useEnvironment();
  const words = texts.remote;
  const { host = '', taskId = '', isFollowed = false } = status.remote ?? {};
  const lead = isFollowed
    ? words.followed
    : taskId === ''
      ? words.asking
      : status.state === 'Running'
        ? words.on
        : words.waits;
  return (
    <>
      <p className="lead">{lead(host)}</p>
      {status.flows.length > 0 && <Stepper status={status} />}
      <Task taskId={taskId} />
      <p className="muted">{status.cancelRequested ? words.leaving : words.stay}</p>
    </>
  );
}

/** Whatever the end, there is nothing to try again or to take back: that would need to know what was written. */
export function RemoteOutcome({ status }: { readonly status: RunStatus }) {
  const { texts } = useEnvironment();
  const words = texts.remote;
  const { host = '', taskId = '' } = status.remote ?? {};
  const { reason, failure } = status;
  const isStopped = reason === 'cancelled';
  return (
    <>
      {reason === 'done' && failure === null && <p className="lead">{words.done(host)}</p>}
      {isStopped && <p className="lead">{taskId === '' ? words.nothing : words.cancelled(host)}</p>}
      {failure !== null && !isStopped && <FailureBox failure={failure} status={status} />}
      {status.flows.length > 0 && <Stepper status={status} />}
      <Task taskId={taskId} />
      {taskId !== '' && reason !== 'locked' && <p className="muted">{words.noWayBack}</p>}
      <p className="links">
        <LogLink status={status} />
      </p>
      {failure !== null && status.state === 'Failure' && <FailureDetails failure={failure} status={status} />}
    </>
  );
}

function Task({ taskId }: { readonly taskId: string }) {
  const { texts } = useEnvironment();
  return taskId === '' ? null : <p className="muted">{texts.remote.task(taskId)}</p>;
}
