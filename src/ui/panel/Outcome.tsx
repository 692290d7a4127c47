/** The end of a run: what was written, why it ended, what can be done now. */
import { useState } from 'react';
import { isPartlyDone } from '../../run/carry-on';
import type { RunHandle, RunStatus } from '../../run/status';
import { formatMoment } from '../i18n';
import { useEnvironment } from './environment';
import { explainFailure } from './explain-failure';
import { FailureBox, FailureDetails } from './FailureBox';
import { changedRows, changesPhrase, formatDuration, sumCounts } from './format';
import { useTouched } from './hooks';
import { Icon } from './Icon';
import { noChangeReason } from './no-change';
import type { Phase } from './phase';
import { appKey, appSummaries } from './preview-model';
import { ReloadOffer } from './ReloadOffer';
import { ReportList } from './ReportList';
import { Stepper } from './Stepper';

/** What the host of the panel can do; an absent one is not offered. */
export interface PanelCallbacks {
  onClose(): void;
  onReload(): void;
  /** Starts the unit once more. */
  onRetry?(): void;
  /** Goes on with the unfinished run that was found. */
  onResume?(): void;
  /** Gives the unfinished run up and starts afresh. */
  onRestart?(): void;
  /** Takes back what the run has written. */
  onUndo?(): void;
  /** Writes the rest of the plan of a run that failed or was cancelled in the middle. */
  onContinue?(): void;
  /** Leaves out the finished flows of the run, or of the unfinished run that was found, and plans the others anew. */
  onFromFailed?(): void;
}

/** The record that is on the screen now. */
export interface ShownRecord {
  readonly appId: string;
  readonly recordId: string;
  readonly isEditing: boolean;
}

interface Props {
  readonly handle: RunHandle;
  readonly status: RunStatus;
  readonly phase: Phase;
  readonly shown: ShownRecord;
  readonly callbacks: PanelCallbacks;
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

/** Of a run that was only watched the log has the sums, and nothing by output. */
const writtenOf = (status: RunStatus) =>
  status.watched !== null
    ? status.counts
    : sumCounts(status.flows.flatMap((flow) => flow.outputs.map((output) => output.written)));

const reportsOf = (status: RunStatus) =>
  status.flows.flatMap((flow) => [
    ...flow.commands.flatMap((command) => command.reports),
    ...(flow.conflicts ?? []),
  ]);

/** Rows that were not written as they were confirmed. */
const conflictsOf = (status: RunStatus) => status.flows.flatMap((flow) => flow.conflicts ?? []);

function Done({ handle, status, shown, callbacks }: Omit<Props, 'phase'>) {
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
      <ReportList reports={reportsOf(status)} />
      <Undo status={status} onUndo={callbacks.onUndo} />
    </>
  );
}

function NoChange({ status }: { readonly status: RunStatus }) {
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
      <ReportList reports={reportsOf(status)} />
    </>
  );
}

/** A data check stopped a flow: what it found comes first, then what the other flows wrote. */
function Stopped({ status }: { readonly status: RunStatus }) {
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

function Failed({ status, callbacks }: { readonly status: RunStatus; readonly callbacks: PanelCallbacks }) {
  return (
    <>
      {status.failure !== null && <FailureBox failure={status.failure} status={status} />}
      <Written status={status} />
      <Stepper status={status} />
      <ReportList reports={conflictsOf(status)} />
      {status.failure !== null && <FailureDetails failure={status.failure} status={status} />}
      <Continue status={status} onContinue={callbacks.onContinue} />
      <FromFailed flows={status.flows} onFromFailed={callbacks.onFromFailed} />
      <Retry status={status} onRetry={callbacks.onRetry} />
      <Undo status={status} onUndo={callbacks.onUndo} />
    </>
  );
}

function Cancelled({
  status,
  callbacks,
}: {
  readonly status: RunStatus;
  readonly callbacks: PanelCallbacks;
}) {
  return (
    <>
      <Written status={status} />
      {status.flows.some((flow) => flow.outputs.length > 0) && <Stepper status={status} />}
      <ReportList reports={conflictsOf(status)} />
      <Continue status={status} onContinue={callbacks.onContinue} />
      <FromFailed flows={status.flows} onFromFailed={callbacks.onFromFailed} />
      <Retry status={status} onRetry={callbacks.onRetry} />
      <Undo status={status} onUndo={callbacks.onUndo} />
    </>
  );
}

/** The way on: the rest of the same plan, so that nothing is written twice. */
function Continue({
  status,
  onContinue,
}: {
  readonly status: RunStatus;
  readonly onContinue: (() => void) | undefined;
}) {
  const { texts } = useEnvironment();
  if (onContinue === undefined || changedRows(writtenOf(status)) === 0) return null;
  return (
    <div className="actions">
      <button type="button" className="button primary" onClick={onContinue}>
        {texts.interrupted.resume}
      </button>
      <span className="muted">{texts.interrupted.resumeNote}</span>
    </div>
  );
}

/** Offered where leaving out the finished flows makes a difference; it is a run of its own, so it asks again. */
function FromFailed({
  flows,
  onFromFailed,
}: {
  readonly flows: RunStatus['flows'];
  readonly onFromFailed: (() => void) | undefined;
}) {
  const { texts } = useEnvironment();
  if (onFromFailed === undefined || !isPartlyDone(flows)) return null;
  return (
    <div className="actions">
      <button type="button" className="button" onClick={onFromFailed}>
        {texts.again.fromFailed}
      </button>
      <span className="muted">{texts.again.fromFailedNote}</span>
    </div>
  );
}

/** The way back, wherever something was written. An undo itself is taken back by running again. */
function Undo({ status, onUndo }: { readonly status: RunStatus; readonly onUndo: (() => void) | undefined }) {
  const { texts } = useEnvironment();
  if (onUndo === undefined || status.undoOf !== null || changedRows(writtenOf(status)) === 0) return null;
  return (
    <div className="actions">
      <button type="button" className="button" onClick={onUndo}>
        {texts.undo.start}
      </button>
      <span className="muted">{texts.undo.startNote}</span>
    </div>
  );
}

/** What is in the apps now: people must not have to guess after a stop. */
function Written({ status }: { readonly status: RunStatus }) {
  const { texts } = useEnvironment();
  const written = writtenOf(status);
  if (changedRows(written) === 0) return <p className="lead">{texts.written.nothing}</p>;
  const isPartial = changedRows(written) < status.progress.rowsPlanned;
  return (
    <p className="lead">
      {texts.written.soFar(changesPhrase(written, texts))} {isPartial && texts.written.notAll}
    </p>
  );
}

function Interrupted({
  status,
  callbacks,
}: {
  readonly status: RunStatus;
  readonly callbacks: PanelCallbacks;
}) {
  const { texts, language, timeZone } = useEnvironment();
  const words = texts.interrupted;
  const { holder } = status;
  const done = holder?.cursor ?? status.progress.rowsWritten;
  const planned = holder?.rowsPlanned ?? status.progress.rowsPlanned;
  const isPartial = callbacks.onFromFailed !== undefined && holder !== null && isPartlyDone(holder.flows);
  return (
    <>
      <p className="lead">
        {holder === null
          ? words.unknown
          : words.who(holder.user.name, formatMoment(holder.startedAtMs, language, timeZone))}
      </p>
      <p>{planned > 0 && done > 0 ? words.rows(done, planned) : words.nothing}</p>
      {holder === null && status.failure !== null && <FailureBox failure={status.failure} status={status} />}
      <ul className="choices">
        {callbacks.onResume !== undefined && planned > 0 && <li>{words.resumeNote}</li>}
        {isPartial && (
          <li>
            {texts.again.fromFailed}: {texts.again.fromFailedNote}
          </li>
        )}
        {callbacks.onRestart !== undefined && <li>{words.restartNote}</li>}
      </ul>
      <div className="actions">
        {callbacks.onResume !== undefined && planned > 0 && (
          <button type="button" className="button primary" onClick={callbacks.onResume}>
            {words.resume}
          </button>
        )}
        {isPartial && (
          <button type="button" className="button" onClick={callbacks.onFromFailed}>
            {texts.again.fromFailed}
          </button>
        )}
        {callbacks.onRestart !== undefined && (
          <button type="button" className="button" onClick={callbacks.onRestart}>
            {words.restart}
          </button>
        )}
      </div>
    </>
  );
}

/** The thread of the run died. How far it came stands in the log; the next press looks there and goes on. */
function Lost({ status, callbacks }: { readonly status: RunStatus; readonly callbacks: PanelCallbacks }) {
  const { texts } = useEnvironment();
  const { rowsWritten, rowsPlanned } = status.progress;
  return (
    <>
      {status.failure !== null && <FailureBox failure={status.failure} status={status} />}
      {rowsWritten > 0 && <p>{texts.interrupted.rows(rowsWritten, rowsPlanned)}</p>}
      <Retry status={status} onRetry={callbacks.onRetry} />
      {status.failure !== null && <FailureDetails failure={status.failure} status={status} />}
    </>
  );
}

function Locked({ status, callbacks }: { readonly status: RunStatus; readonly callbacks: PanelCallbacks }) {
  const { texts, language, timeZone } = useEnvironment();
  const { holder } = status;
  const explained =
    status.failure === null ? texts.locked.unknown : explainFailure(status.failure, language).title;
  return (
    <>
      <p className="lead">
        {holder === null
          ? explained
          : texts.locked.by(holder.user.name, formatMoment(holder.startedAtMs, language, timeZone))}
      </p>
      <Retry status={status} onRetry={callbacks.onRetry} label={texts.locked.retry} />
    </>
  );
}

/** Endings that are nobody's fault: declined, too many runs, taken over. */
function Refused({ status, phase, callbacks }: Omit<Props, 'handle' | 'shown'>) {
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

function Links({ status }: { readonly status: RunStatus }) {
  const { texts, lookups, names } = useEnvironment();
  const outputs = status.flows.flatMap((flow) => flow.outputs);
  const apps = appSummaries(outputs.map((output) => ({ app: output.app, counts: output.written })));
  return (
    <p className="links">
      {apps.map(({ app }) => (
        <a key={appKey(app)} className="link" href={lookups.appUrl(app)} target="_blank" rel="noopener">
          <Icon name="out" />
          {texts.success.openApp(names.appName(app))}
        </a>
      ))}
      <LogLink status={status} />
    </p>
  );
}

export function LogLink({ status }: { readonly status: RunStatus }) {
  const { texts, lookups } = useEnvironment();
  const url = status.journalId === null ? null : lookups.logUrl(status.journalId);
  if (url === null) return null;
  return (
    <a className="link" href={url} target="_blank" rel="noopener">
      <Icon name="out" />
      {texts.success.openLog}
    </a>
  );
}

interface RetryProps {
  readonly status: RunStatus;
  readonly onRetry: (() => void) | undefined;
  readonly label?: string;
}

function Retry({ status, onRetry, label }: RetryProps) {
  const { texts } = useEnvironment();
  const [isPressed, setPressed] = useState(false);
  return (
    <div className="actions">
      {onRetry !== undefined && (
        <button
          type="button"
          className="button"
          aria-disabled={isPressed || undefined}
          onClick={() => {
            if (isPressed) return;
            setPressed(true);
            onRetry();
          }}
        >
          {label ?? texts.failed.retry}
        </button>
      )}
      <LogLink status={status} />
    </div>
  );
}
