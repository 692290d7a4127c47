import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../definition/errors';
import type { RunHandle, RunStatus } from '../../run/status';
import { nextSpoken, SILENT } from './announce';
import { ConfirmDialog } from './ConfirmDialog';
import { useEnvironment } from './environment';
import { FailureBox, FailureDetails } from './FailureBox';
import { FocusKeeper } from './FocusKeeper';
import { useNowMs, useRunStatus } from './hooks';
import { Icon } from './Icon';
import { type Asked, InputForm } from './InputForm';
import type { FormValues } from './input-values';
import type { PanelCallbacks, ShownRecord } from './outcome/host';
import { activeFlowIndex, isLive, type Phase, phaseOf, toneOf } from './phase';
import { CardFrame, StatusCard } from './StatusCard';

export type PanelSource =
  | { readonly kind: 'starting'; readonly unitName: string }
  | { readonly kind: 'problem'; readonly unitName: string; readonly failure: Failure }
  /** Values are needed before anything starts. */
  | {
      readonly kind: 'asking';
      readonly unitName: string;
      readonly asked: Asked;
      onSubmit(values: FormValues): void;
      onCancel(): void;
    }
  | { readonly kind: 'run'; readonly handle: RunHandle };

export interface PanelProps {
  readonly source: PanelSource;
  readonly shown: ShownRecord;
  /** The record whose button started the run. */
  readonly calling: { readonly appId: string; readonly recordId: string };
  readonly callbacks: PanelCallbacks;
}

export function Panel(props: PanelProps) {
  return (
    <FocusKeeper screen={props.source.kind}>
      <Source {...props} />
    </FocusKeeper>
  );
}

function Source({ source, shown, calling, callbacks }: PanelProps) {
  const { texts } = useEnvironment();
  if (source.kind === 'run') {
    return <RunPanel handle={source.handle} shown={shown} calling={calling} callbacks={callbacks} />;
  }
  if (source.kind === 'asking') {
    const { unitName, asked, onSubmit, onCancel } = source;
    return <InputForm unitName={unitName} asked={asked} onSubmit={onSubmit} onCancel={onCancel} />;
  }
  if (source.kind === 'starting') {
    return (
      <>
        <p className="hidden-text" role="status">
          {texts.starting}
        </p>
        <CardFrame tone="info" icon="clock" title={texts.starting} unitName={source.unitName}>
          <p className="muted">{texts.startingNote}</p>
        </CardFrame>
      </>
    );
  }
  return (
    <CardFrame
      tone="danger"
      icon="warning"
      title={texts.title.problem}
      unitName={source.unitName}
      actions={
        <button type="button" className="button small" onClick={callbacks.onClose}>
          {texts.close}
        </button>
      }
    >
      <FailureBox failure={source.failure} status={null} />
      <p className="muted">{texts.problem.admin}</p>
      <FailureDetails failure={source.failure} status={null} />
    </CardFrame>
  );
}

interface RunProps extends Omit<PanelProps, 'source'> {
  readonly handle: RunHandle;
}

function RunPanel({ handle, shown, calling, callbacks }: RunProps) {
  const { texts } = useEnvironment();
  const status = useRunStatus(handle);
  const phase = phaseOf(status);
  const isElsewhere = shown.appId !== calling.appId || shown.recordId !== calling.recordId;
  const [isUnfolded, setUnfolded] = useState(false);
  useEffect(() => {
    if (!isElsewhere) setUnfolded(false);
  }, [isElsewhere]);
  const isChip = isElsewhere && !isUnfolded;
  return (
    <>
      <Announcer status={status} />
      <FocusKeeper screen={`${phase} ${isChip}`}>
        {isChip ? (
          <Chip status={status} phase={phase} recordId={calling.recordId} onOpen={() => setUnfolded(true)} />
        ) : (
          <StatusCard
            handle={handle}
            status={status}
            phase={phase}
            shown={shown}
            callbacks={callbacks}
            extraActions={
              isElsewhere && (
                <button type="button" className="button small" onClick={() => setUnfolded(false)}>
                  {texts.chip.fold}
                </button>
              )
            }
          />
        )}
      </FocusKeeper>
      {phase === 'confirming' && status.watched === null && !isChip && (
        <ConfirmDialog handle={handle} status={status} />
      )}
    </>
  );
}

interface ChipProps {
  readonly status: RunStatus;
  readonly phase: Phase;
  readonly recordId: string;
  onOpen(): void;
}

/** A run that belongs to another record, in one line. */
function Chip({ status, phase, recordId, onOpen }: ChipProps) {
  const { texts, states } = useEnvironment();
  const word = phase === 'stopping' ? texts.title.stopping : states.reason[phase];
  return (
    <div className="chip" data-tone={toneOf(phase)}>
      <Icon name={isLive(phase) ? 'play' : phase === 'done' ? 'check' : 'info'} />
      <span className="chip-text" tabIndex={-1} data-result>
        <span className="unit">{status.unitName}</span>{' '}
        {recordId === '' ? texts.chip.otherNew(word) : texts.chip.other(recordId, word)}{' '}
        {isLive(phase) && texts.chip.flows(activeFlowIndex(status) + 1, status.flows.length)}
      </span>
      <button type="button" className="button small" onClick={onOpen}>
        {texts.chip.open}
      </button>
    </div>
  );
}

/** The status region exists before its text changes; otherwise screen readers stay silent. */
function Announcer({ status }: { readonly status: RunStatus }) {
  const { texts, lookups, nowMs } = useEnvironment();
  const tick = useNowMs(isLive(phaseOf(status)));
  const last = useRef(SILENT);
  const [text, setText] = useState('');
  useEffect(() => {
    const next = nextSpoken(last.current, status, Math.max(tick, nowMs()), texts, lookups);
    if (next === last.current) return;
    last.current = next;
    setText(next.text);
  }, [status, tick, texts, lookups, nowMs]);
  return (
    <p className="hidden-text" role="status" data-announcer>
      {text}
    </p>
  );
}
