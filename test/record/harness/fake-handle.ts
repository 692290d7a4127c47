import type { RunHandle, RunStatus } from '../../../src/run/status';
import { touchedRecord } from '../../../src/run/touched-record';
import { PLANS_HERE } from './scenarios';

export interface FakeHandle extends RunHandle {
  /** Shows another moment of the run. */
  set(change: Partial<RunStatus>): void;
  /** What the screen asked for, in order. */
  readonly calls: string[];
}

/** A run that does exactly what a test tells it to. */
export function fakeHandle(first: RunStatus): FakeHandle {
  let status = first;
  const listeners = new Set<() => void>();
  const calls: string[] = [];
  let end: (last: RunStatus) => void = () => undefined;
  const ended = new Promise<RunStatus>((resolve) => {
    end = resolve;
  });
  const set = (change: Partial<RunStatus>) => {
    status = { ...status, ...change };
    for (const listener of listeners) listener();
    if (status.endedAtMs !== null) end(status);
  };
  if (first.endedAtMs !== null) end(first);
  return {
    calls,
    set,
    ended,
    getSnapshot: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    confirm: () => void calls.push('confirm'),
    decline: () => void calls.push('decline'),
    recheck: () => void calls.push('recheck'),
    leave: () => void calls.push('leave'),
    cancel() {
      calls.push('cancel');
      set({ cancelRequested: true });
    },
    pause() {
      calls.push('pause');
      set({ pauseRequested: true });
    },
    proceed: () => void calls.push('proceed'),
    step: () => void calls.push('step'),
    touched: async (appId, recordId) => touchedRecord(status, PLANS_HERE, appId, recordId),
  };
}
