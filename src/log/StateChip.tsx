import type { FlowState } from '../definition/types';
import type { JournalEntry, StateReason } from '../run/ports';
import { Icon, type IconName } from '../ui/panel/Icon';
import type { Tone } from '../ui/panel/phase';
import { useLog } from './environment';

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

/** State of a run: the reason's word where it says more than the state's. */
export function RunChip({ entry }: { readonly entry: JournalEntry }) {
  const { states } = useLog();
  const { tone, icon } = REASONS[entry.reason];
  return (
    <span className="state" data-tone={tone}>
      <Icon name={icon} />
      {states.reason[entry.reason]}
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

export function FlowChip({ state }: { readonly state: FlowState }) {
  const { states } = useLog();
  return (
    <span className="state" data-tone={FLOWS[state].tone}>
      <Icon name={FLOWS[state].icon} />
      {states.flow[state]}
    </span>
  );
}
