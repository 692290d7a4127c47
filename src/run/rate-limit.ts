import type { ExecutionUnit } from '../definition/types';
import type { RunPorts, StartFacts, StateReason } from './ports';

export const RATE_WINDOW_MS = 60_000;
/** kintone answers 500 records at most; the newest come first, and they decide. */
export const FACTS_MAX = 500;
/** Presses that came to nothing do not use up the limit; a start in the queue counts at its press. */
const UNCOUNTED: ReadonlySet<StateReason> = new Set(['rateLimited', 'locked', 'declined', 'switchedOff']);

export const isCounted = ({ reason }: Pick<StartFacts, 'reason'>): boolean => !UNCOUNTED.has(reason);

/** `lock_key` of the record that says that a unit is switched off; unique, so a unit is switched off once. */
export const offKey = (unitId: string): string => `off:${unitId}`;

/** Whether the unit is switched off, or a start right now would be one too many. The start itself looks again; this only tells beforehand. */
export async function isRateLimited(
  ports: Pick<RunPorts, 'journal' | 'clock'>,
  unit: Pick<ExecutionUnit, 'id' | 'rateLimitPerMinute'>,
): Promise<boolean> {
  const sinceMs = ports.clock.nowMs() - RATE_WINDOW_MS;
  const facts = await ports.journal.startsOf(unit.id, sinceMs, FACTS_MAX);
  const started = facts.filter((one) => isCounted(one) && one.startedAtMs >= sinceMs);
  return facts.some((one) => one.lockKey === offKey(unit.id)) || started.length >= unit.rateLimitPerMinute;
}
