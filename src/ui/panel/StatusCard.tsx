import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { RunHandle, RunStatus } from '../../run/status';
import { formatMoment } from '../i18n';
import { BreakpointStop, type WayOn } from './Breakpoint';
import { useEnvironment } from './environment';
import { advanceEta, type Eta, remainingMs, roundRemaining, startEta } from './eta';
import { formatClock, formatDuration } from './format';
import { GivenInput } from './GivenInput';
import { useNowMs } from './hooks';
import { Icon, type IconName } from './Icon';
import { Outcome } from './Outcome';
import type { PanelCallbacks, ShownRecord } from './outcome/host';
import { isLive, type Phase, type Tone, toneOf } from './phase';
import { RemoteLive, RemoteOutcome } from './Remote';
import { Stepper } from './Stepper';
import { TestBanner } from './TestBanner';
import { isPassive, Waiting } from './Waiting';

const PHASE_ICONS: Readonly<Record<Phase, IconName>> = {
  queued: 'clock',
  requested: 'clock',
  checking: 'clock',
  confirming: 'info',
  writing: 'play',
  remote: 'play',
  stopping: 'stop',
  done: 'check',
  noChange: 'minus',
  stopped: 'stop',
  failed: 'cross',
  declined: 'minus',
  cancelled: 'stop',
  interrupted: 'warning',
  superseded: 'warning',
  locked: 'lock',
  rateLimited: 'clock',
  paused: 'stop',
  expired: 'clock',
  timedOut: 'clock',
  unclear: 'warning',
  switchedOff: 'lock',
};

interface FrameProps {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly title: string;
  readonly unitName: string;
  readonly time?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** The card's frame: state in icon, word and colour, then the unit, then what can be done. */
export function CardFrame({ tone, icon, title, unitName, time, actions, children }: FrameProps) {
  const { texts } = useEnvironment();
  const titleId = useId();
  return (
    <section className="card" data-tone={tone} aria-labelledby={titleId} aria-roledescription={texts.region}>
      <header className="card-head">
        <span className="badge">
          <Icon name={icon} />
        </span>
        <h2 id={titleId} tabIndex={-1} data-result>
          {title}
        </h2>
        <span className="unit">{unitName}</span>
        {time !== undefined && <span className="time">{time}</span>}
        <div className="head-actions">{actions}</div>
      </header>
      <div className="card-body">{children}</div>
    </section>
  );
}

interface Props {
  readonly handle: RunHandle;
  readonly status: RunStatus;
  readonly phase: Phase;
  readonly shown: ShownRecord;
  readonly callbacks: PanelCallbacks;
  readonly extraActions?: ReactNode;
}

export function StatusCard({ handle, status, phase, shown, callbacks, extraActions }: Props) {
  const { texts, states, language } = useEnvironment();
  const live = isLive(phase);
  const now = useNowMs(live);
  const elapsed = (status.endedAtMs ?? now) - status.startedAtMs;
  const lastWay = useRef<WayOn>(null);
  const at = phase === 'paused' ? status.pause?.at : undefined;
  const isQueued = phase === 'queued';
  const mayCancel =
    at === undefined &&
    !status.cancelRequested &&
    (isQueued || ['checking', 'writing', 'remote', 'paused'].includes(phase) || isPassive(status));
  const [stop, stopLabel] = isQueued
    ? [texts.waiting.leave, texts.waiting.leaveLabel]
    : phase === 'remote'
      ? [texts.remote.leave, texts.remote.leaveLabel]
      : [texts.cancel, texts.cancelLabel];
  const hasTime = live || ['done', 'failed', 'cancelled', 'noChange', 'stopped'].includes(phase);
  return (
    <CardFrame
      tone={toneOf(phase)}
      icon={PHASE_ICONS[phase]}
      // Somebody else is asked: here the question is only waited for.
      title={isPassive(status) && phase === 'confirming' ? states.reason.confirming : texts.title[phase]}
      unitName={status.undoOf === null ? status.unitName : texts.undo.of(status.unitName)}
      time={
        hasTime && (
          <>
            <span className="hidden-text">{texts.elapsed} </span>
            {live ? formatClock(elapsed) : formatDuration(elapsed, texts, language)}
          </>
        )
      }
      actions={
        <>
          {extraActions}
          {at === undefined && <PauseButton handle={handle} status={status} phase={phase} />}
          {mayCancel && (
            <button
              type="button"
              className="button small"
              aria-label={stopLabel(status.unitName)}
              onClick={() => handle.cancel()}
            >
              {stop}
            </button>
          )}
          {(!live || status.watched !== null) && (
            <button type="button" className="button small" onClick={callbacks.onClose}>
              {texts.close}
            </button>
          )}
        </>
      }
    >
      <TestBanner status={status} />
      <GivenInput title={texts.input.given} values={status.input ?? []} />
      {at !== undefined ? (
        <BreakpointStop handle={handle} status={status} at={at} lastWay={lastWay} />
      ) : live ? (
        <Live status={status} phase={phase} now={now} />
      ) : status.remote !== null && phase !== 'declined' ? (
        <RemoteOutcome status={status} />
      ) : (
        <Outcome handle={handle} status={status} phase={phase} shown={shown} callbacks={callbacks} />
      )}
    </CardFrame>
  );
}

function Live({
  status,
  phase,
  now,
}: {
  readonly status: RunStatus;
  readonly phase: Phase;
  readonly now: number;
}) {
  const { texts } = useEnvironment();
  if (phase === 'remote') return <RemoteLive status={status} />;
  if (status.queue !== null || status.watched !== null) {
    return (
      <>
        {status.reason === 'writing' && <Progress status={status} now={now} />}
        <Waiting status={status} phase={phase} />
        {status.watched !== null && status.reason !== 'requested' && <Stepper status={status} />}
      </>
    );
  }
  if (phase === 'confirming') return <p className="muted">{texts.confirm.waiting}</p>;
  const isWriting = status.reason === 'writing' || status.progress.rowsPlanned > 0;
  if (phase === 'paused') return <Paused status={status} now={now} />;
  const note =
    phase === 'stopping'
      ? isWriting
        ? texts.stopping.writing
        : texts.stopping.checking
      : status.pauseRequested
        ? texts.control.soon
        : isWriting
          ? texts.running.note
          : status.holder !== null
            ? texts.checking.observing(status.holder.user.name)
            : texts.checking.note;
  return (
    <>
      {isWriting && <Progress status={status} now={now} />}
      <Stepper status={status} />
      <p className="muted">{note}</p>
    </>
  );
}

/** Pauses, takes a pause back that has not come about yet, goes on, or asks kintone at once. */
function PauseButton({ handle, status, phase }: Pick<Props, 'handle' | 'status' | 'phase'>) {
  const { texts } = useEnvironment();
  const words = texts.control;
  const isStanding = phase === 'paused';
  if (status.watched !== null || status.queue !== null) return null;
  if (!isStanding && phase !== 'checking' && phase !== 'writing') return null;
  const isWanted = isStanding || status.pauseRequested;
  const isOutage = status.pause?.cause === 'session' || status.pause?.cause === 'offline';
  const text = isOutage ? words.tryNow : isWanted ? words.proceed : words.pause;
  const label = isWanted ? words.proceedLabel : words.pauseLabel;
  return (
    <button
      type="button"
      className={isStanding ? 'button small primary' : 'button small'}
      aria-label={isOutage ? undefined : label(status.unitName)}
      onClick={() => (isWanted ? handle.proceed() : handle.pause())}
    >
      {text}
    </button>
  );
}

/** Why the run stands still, and what lets it go on. */
function Paused({ status, now }: { readonly status: RunStatus; readonly now: number }) {
  const { texts, language, timeZone } = useEnvironment();
  const words = texts.control;
  const { pause } = status;
  const reason =
    pause?.cause === 'session'
      ? words.session
      : pause?.cause === 'offline'
        ? words.offline
        : words.person(
            pause?.by ?? status.user.name,
            formatMoment(pause?.sinceMs ?? status.startedAtMs, language, timeZone),
          );
  const isOutage = pause?.cause === 'session' || pause?.cause === 'offline';
  return (
    <>
      <p className="lead">{reason}</p>
      <Progress status={status} now={now} />
      <Stepper status={status} />
      {isOutage && <p className="muted">{words.sure}</p>}
    </>
  );
}

function Progress({ status, now }: { readonly status: RunStatus; readonly now: number }) {
  const { texts } = useEnvironment();
  const { rowsWritten, rowsPlanned } = status.progress;
  const remaining = useRemaining(rowsWritten, rowsPlanned, now);
  if (rowsPlanned === 0) return null;
  const text = texts.running.progress(rowsWritten, rowsPlanned);
  return (
    <div className="progress">
      <progress
        max={rowsPlanned}
        value={rowsWritten}
        aria-label={texts.running.overall}
        aria-valuetext={text}
      />
      <span className="progress-text">
        {text}
        {remaining !== null && <span className="muted"> {remaining}</span>}
      </span>
    </div>
  );
}

function useRemaining(rowsWritten: number, rowsPlanned: number, now: number): string | null {
  const { texts } = useEnvironment();
  const started = useRef<Eta | null>(null);
  const [eta, setEta] = useState<Eta | null>(null);
  useEffect(() => {
    started.current =
      started.current === null ? startEta(rowsWritten, now) : advanceEta(started.current, rowsWritten, now);
    setEta(started.current);
  }, [rowsWritten, now]);
  const left = eta === null ? null : remainingMs(eta, rowsPlanned, now);
  if (left === null || rowsWritten >= rowsPlanned) return null;
  const { unit, value } = roundRemaining(left);
  return unit === 'seconds' ? texts.remainingSeconds(value) : texts.remainingMinutes(value);
}
