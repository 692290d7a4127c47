/** Runs that have come to an end, good or bad. */
import type { RunHandle, RunStatus } from '../../../run/status';
import { useEnvironment } from '../environment';
import { explainFailure } from '../explain-failure';
import { FailureBox, FailureDetails } from '../FailureBox';
import { changesPhrase, formatDuration } from '../format';
import { useTouched } from '../hooks';
import { noChangeReason } from '../no-change';
import type { Phase } from '../phase';
import { outputSummaries } from '../preview-model';
import { ReloadOffer } from '../ReloadOffer';
import { ReportList } from '../ReportList';
import { Stepper } from '../Stepper';
import type { EndingProps, ShownRecord } from './host';
import { Links, LogLink, Written, writtenOf } from './Written';
import { Retry, Undo, WaysOn } from './ways-on';

const reportsOf = (status: RunStatus) =>
  status.flows.flatMap((flow) => [
    ...flow.commands.flatMap((command) => command.reports),
    ...(flow.conflicts ?? []),
  ]);

/** Rows that an undo has left as they are, because somebody had changed them since; it has no commands that tell. */
const keptByUndo = (status: RunStatus) =>
  status.undoOf === null ? [] : outputSummaries(status).flatMap((output) => output.reports);

/** Rows that were not written as they were confirmed. */
const conflictsOf = (status: RunStatus) => status.flows.flatMap((flow) => flow.conflicts ?? []);

interface DoneProps extends EndingProps {
  readonly handle: RunHandle;
  readonly shown: ShownRecord;
}

export function Done({ handle, status, shown, callbacks }: DoneProps) {
  const { texts, language } = useEnvironment();
  const duration = formatDuration(
    (status.endedAtMs ?? status.startedAtMs) - status.startedAtMs,
    texts,
    language,
  );
  const isStale = useTouched(handle, shown.appId, shown.recordId);
  return (
    <>
      <p className="lead">{texts.success.sentence(changesPhrase(writtenOf(status), texts), duration)}</p>
      {isStale && <ReloadOffer isAutomatic={!shown.isEditing} onReload={callbacks.onReload} />}
      <Links status={status} />
      <Stepper status={status} />
      <ReportList reports={[...reportsOf(status), ...keptByUndo(status)]} />
      <Undo status={status} onUndo={callbacks.onUndo} />
    </>
  );
}

export function NoChange({ status }: { readonly status: RunStatus }) {
  const { texts } = useEnvironment();
  const reason = noChangeReason(status);
  if (status.watched !== null) return <LogLink status={status} />;
  const sentence = {
    noInput: texts.success.noInput,
    allSame: texts.success.allSame(reason.count),
    unmatched: texts.success.unmatched(reason.count),
    noRows: texts.success.noRows,
  }[reason.kind];
  const isPlanOnly = status.test?.rowLimit === 0;
  return (
    <>
      <p className="lead">{isPlanOnly ? texts.control.test.shown : sentence}</p>
      <Links status={status} />
      <ReportList reports={[...reportsOf(status), ...keptByUndo(status)]} />
    </>
  );
}

/** A data check stopped a flow: what it found comes first, then what the other flows wrote. */
export function Stopped({ status }: { readonly status: RunStatus }) {
  return (
    <>
      {status.failure !== null && <FailureBox failure={status.failure} status={status} />}
      <ReportList reports={reportsOf(status)} />
      <Written status={status} />
      <Stepper status={status} />
      <Links status={status} />
    </>
  );
}

export function Failed({ status, callbacks }: EndingProps) {
  return (
    <>
      {status.failure !== null && <FailureBox failure={status.failure} status={status} />}
      <Written status={status} />
      <Stepper status={status} />
      <ReportList reports={conflictsOf(status)} />
      {status.failure !== null && <FailureDetails failure={status.failure} status={status} />}
      <WaysOn status={status} callbacks={callbacks} />
    </>
  );
}

export function Cancelled({ status, callbacks }: EndingProps) {
  return (
    <>
      <Written status={status} />
      {status.flows.some((flow) => flow.outputs.length > 0) && <Stepper status={status} />}
      <ReportList reports={conflictsOf(status)} />
      <WaysOn status={status} callbacks={callbacks} />
    </>
  );
}

/** Endings that are nobody's fault: declined, too many runs, taken over. */
export function Refused({ status, phase, callbacks }: EndingProps & { readonly phase: Phase }) {
  const { texts, language } = useEnvironment();
  const explained = status.failure === null ? null : explainFailure(status.failure, language);
  return (
    <>
      <p className="lead">{explained?.title ?? texts.written.nothing}</p>
      {explained !== null && explained.remedy !== '' && <p>{explained.remedy}</p>}
      {phase === 'rateLimited' || phase === 'expired' ? (
        <Retry
          status={status}
          onRetry={callbacks.onRetry}
          label={phase === 'expired' ? texts.failed.retry : texts.locked.retry}
        />
      ) : (
        <LogLink status={status} />
      )}
    </>
  );
}
