import type { FlowEntry, JournalEntry } from '../run/ports';

export interface Bar {
  readonly flow: FlowEntry;
  /** Milliseconds after the start of the run; null: the flow never began. */
  readonly startMs: number | null;
  readonly durationMs: number;
  /** Share of the run's time, 0-1; a bar that would vanish keeps a sliver. */
  readonly left: number;
  readonly width: number;
}

const LEAST_WIDTH = 0.01;

/** One bar per flow on the time of the whole run; a run that still goes on ends now. */
export function timelineOf(entry: JournalEntry, nowMs: number): readonly Bar[] {
  const ends = entry.flows.map((flow) => flow.endedAtMs ?? 0);
  const endMs = entry.endedAtMs ?? Math.max(nowMs, ...ends);
  const totalMs = Math.max(1, endMs - entry.startedAtMs);
  return entry.flows.map((flow) => {
    if (flow.startedAtMs === null) return { flow, startMs: null, durationMs: 0, left: 0, width: 0 };
    // The log keeps minutes or seconds depending on the field, so a flow may seem to begin before its run.
    const startMs = Math.min(Math.max(0, flow.startedAtMs - entry.startedAtMs), totalMs);
    const durationMs = Math.max(0, (flow.endedAtMs ?? endMs) - flow.startedAtMs);
    const width = Math.min(1, Math.max(LEAST_WIDTH, durationMs / totalMs));
    return { flow, startMs, durationMs, left: Math.min(startMs / totalMs, 1 - width), width };
  });
}
