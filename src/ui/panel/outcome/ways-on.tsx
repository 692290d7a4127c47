/** What can be done after a run: go on, start again, take back. */
import { type ReactNode, useState } from 'react';
import { isPartlyDone } from '../../../run/carry-on';
import type { RunStatus } from '../../../run/status';
import { useEnvironment } from '../environment';
import { changedRows } from '../format';
import type { PanelCallbacks } from './host';
import { LogLink, writtenOf } from './Written';

/** All that the host offers and the run allows, after one that has not come to its good end. */
export function WaysOn({
  status,
  callbacks,
}: {
  readonly status: RunStatus;
  readonly callbacks: PanelCallbacks;
}) {
  return (
    <>
      <Continue status={status} onContinue={callbacks.onContinue} />
      <FromFailed flows={status.flows} onFromFailed={callbacks.onFromFailed} />
      <StartOver status={status} onRetry={callbacks.onRetry} />
      <Undo status={status} onUndo={callbacks.onUndo} />
    </>
  );
}

interface WayProps {
  readonly onPress: () => void;
  readonly note: string;
  readonly isPrimary?: boolean;
  readonly children: ReactNode;
}

function Way({ onPress, note, isPrimary = false, children }: WayProps) {
  return (
    <div className="actions">
      <button type="button" className={isPrimary ? 'button primary' : 'button'} onClick={onPress}>
        {children}
      </button>
      <span className="muted">{note}</span>
    </div>
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
    <Way onPress={onContinue} note={texts.interrupted.resumeNote} isPrimary>
      {texts.interrupted.resume}
    </Way>
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
    <Way onPress={onFromFailed} note={texts.again.fromFailedNote}>
      {texts.again.fromFailed}
    </Way>
  );
}

/** The way back, wherever something was written. An undo itself is taken back by running again. */
export function Undo({
  status,
  onUndo,
}: {
  readonly status: RunStatus;
  readonly onUndo: (() => void) | undefined;
}) {
  const { texts } = useEnvironment();
  if (onUndo === undefined || status.undoOf !== null || changedRows(writtenOf(status)) === 0) return null;
  return (
    <Way onPress={onUndo} note={texts.undo.startNote}>
      {texts.undo.start}
    </Way>
  );
}

interface RetryProps {
  readonly status: RunStatus;
  readonly onRetry: (() => void) | undefined;
  readonly label?: string;
  /** Stands beside the button. */
  readonly note?: string;
}

/** Beside the ways to go on it is said what starting over uses and leaves; where nothing is written it is another try. */
function StartOver({ status, onRetry }: RetryProps) {
  const { restart, restartNote } = useEnvironment().texts.interrupted;
  if (changedRows(writtenOf(status)) === 0) return <Retry status={status} onRetry={onRetry} />;
  return <Retry status={status} onRetry={onRetry} label={restart} note={restartNote} />;
}

export function Retry({ status, onRetry, label, note }: RetryProps) {
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
      {onRetry !== undefined && note !== undefined && <span className="muted">{note}</span>}
      <LogLink status={status} />
    </div>
  );
}
