/** What the card shows for a run: one phase per screen, derived from the snapshot and nothing else. */
import type { StateReason } from '../../run/ports';
import type { RunStatus } from '../../run/status';

export type Phase = StateReason | 'stopping';

/** How a phase looks and sounds; always shown together with an icon and a word. */
export type Tone = 'info' | 'success' | 'neutral' | 'warning' | 'danger';

/** The phase of a run. A requested stop shows until the run has really stopped. */
export function phaseOf(status: RunStatus): Phase {
  const isWorking = WORKING.has(status.reason);
  return isWorking && status.cancelRequested ? 'stopping' : status.reason;
}

const WORKING: ReadonlySet<StateReason> = new Set(['checking', 'writing', 'paused']);

const TONES: Readonly<Record<Phase, Tone>> = {
  queued: 'info',
  requested: 'info',
  checking: 'info',
  confirming: 'info',
  writing: 'info',
  remote: 'info',
  stopping: 'warning',
  paused: 'warning',
  done: 'success',
  noChange: 'neutral',
  stopped: 'warning',
  failed: 'danger',
  declined: 'neutral',
  cancelled: 'neutral',
  interrupted: 'warning',
  superseded: 'warning',
  locked: 'warning',
  rateLimited: 'warning',
  expired: 'warning',
  timedOut: 'danger',
  unclear: 'danger',
  switchedOff: 'danger',
};

export function toneOf(phase: Phase): Tone {
  return TONES[phase];
}

const LIVE: ReadonlySet<Phase> = new Set([
  'queued',
  'requested',
  'checking',
  'confirming',
  'writing',
  'remote',
  'stopping',
  'paused',
]);

/** Whether the run still goes on, so that this page must stay. */
export function isLive(phase: Phase): boolean {
  return LIVE.has(phase);
}

/** Whether leaving the page now would stop something that was agreed to. */
export function isWriting(status: RunStatus): boolean {
  const isAtWork = ['writing', 'remote', 'paused'].includes(status.reason);
  // Breakpoints come before the question.
  const isBefore = status.pause?.cause === 'breakpoint' && status.progress.rowsWritten === 0;
  return status.endedAtMs === null && isAtWork && !isBefore && status.watched === null;
}

/** 0-based place of the flow that is worked on; the last one when none is. */
export function activeFlowIndex(status: RunStatus): number {
  const running = status.flows.findIndex((flow) => flow.state === 'Running');
  if (running >= 0) return running;
  const waiting = status.flows.findIndex((flow) => flow.state === 'Queuing');
  return waiting >= 0 ? waiting : Math.max(0, status.flows.length - 1);
}
