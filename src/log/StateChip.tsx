import type { FlowState } from '../definition/types';
import type { JournalEntry, StateReason } from '../run/ports';
import { Icon, type IconName } from '../ui/panel/Icon';
import type { Tone } from '../ui/panel/phase';
import { useLog } from './environment';
import { reasonShown, useStanding } from './standing';

interface Look {
  readonly tone: Tone;
  readonly icon: IconName;
}

const REASONS: Readonly<Record<StateReason, Look>> = {
  queued: { tone: 'info', icon: 'clock' },
  requested: { tone: 'info', icon: 'clock' },
  checking: { tone: 'info', icon: 'clock' },
  confirming: { tone: 'info', icon: 'info' },
  writing: { tone: 'info', icon: 'play' },
  remote: { tone: 'info', icon: 'play' },
  paused: { tone: 'warning', icon: 'stop' },
  done: { tone: 'success', icon: 'check' },
  noChange: { tone: 'neutral', icon: 'minus' },
  stopped: { tone: 'warning', icon: 'stop' },
  failed: { tone: 'danger', icon: 'cross' },
  declined: { tone: 'neutral', icon: 'minus' },
  cancelled: { tone: 'neutral', icon: 'stop' },
  interrupted: { tone: 'warning', icon: 'warning' },
  superseded: { tone: 'warning', icon: 'warning' },
  locked: { tone: 'warning', icon: 'lock' },
  rateLimited: { tone: 'warning', icon: 'clock' },
  expired: { tone: 'warning', icon: 'clock' },
  timedOut: { tone: 'danger', icon: 'clock' },
  unclear: { tone: 'danger', icon: 'warning' },
  switchedOff: { tone: 'danger', icon: 'lock' },
};

/** State of a run: the reason's word where it says more than the state's, that of the card when its page is gone. */
export function RunChip({ entry }: { readonly entry: JournalEntry }) {
  // A long list is mostly runs that have ended: these need no look.
  return entry.endedAtMs === null ? <OpenRunChip entry={entry} /> : <ReasonChip reason={entry.reason} />;
}

function OpenRunChip({ entry }: { readonly entry: JournalEntry }) {
  return <ReasonChip reason={reasonShown(entry, useStanding(entry))} />;
}

function ReasonChip({ reason }: { readonly reason: StateReason }) {
  const { states } = useLog();
  const { tone, icon } = REASONS[reason];
  return (
    <span className="state" data-tone={tone}>
      <Icon name={icon} />
      {states.reason[reason]}
    </span>
  );
}

const FLOWS: Readonly<Record<FlowState, Look>> = {
  Queuing: { tone: 'neutral', icon: 'circle' },
  Running: { tone: 'info', icon: 'play' },
  Success: { tone: 'success', icon: 'check' },
  Failure: { tone: 'danger', icon: 'cross' },
  Cancel: { tone: 'neutral', icon: 'minus' },
};

interface FlowChipProps {
  readonly state: FlowState;
  /** Nobody works on its run any more. */
  readonly isLeft: boolean;
}

export function FlowChip({ state, isLeft }: FlowChipProps) {
  const { states } = useLog();
  if (isLeft && state === 'Running') return <ReasonChip reason="interrupted" />;
  return (
    <span className="state" data-tone={FLOWS[state].tone}>
      <Icon name={FLOWS[state].icon} />
      {states.flow[state]}
    </span>
  );
}
