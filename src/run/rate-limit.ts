import type { ExecutionUnit } from '../definition/types';
import type { JournalEntry, RunPorts, StateReason } from './ports';

export const RATE_WINDOW_MS = 60_000;
/** Presses that came to nothing do not use up the limit. */
const UNCOUNTED: ReadonlySet<StateReason> = new Set(['rateLimited', 'locked', 'declined']);

/** Starts of the unit by anybody since the instant, as far as they count. */
export async function countedStarts(
  { journal }: Pick<RunPorts, 'journal'>,
  unitId: string,
  sinceMs: number,
): Promise<readonly JournalEntry[]> {
  const entries = await journal.startedSince(unitId, sinceMs, 100);
  return entries.filter((entry) => !UNCOUNTED.has(entry.reason));
}

/** Whether a start right now would be one too many. The start itself looks again; this only tells beforehand. */
export async function isRateLimited(
  ports: Pick<RunPorts, 'journal' | 'clock'>,
  unit: Pick<ExecutionUnit, 'id' | 'rateLimitPerMinute'>,
): Promise<boolean> {
  const starts = await countedStarts(ports, unit.id, ports.clock.nowMs() - RATE_WINDOW_MS);
  return starts.length >= unit.rateLimitPerMinute;
}
