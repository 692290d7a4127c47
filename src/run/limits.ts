/**
 * How often a unit may start. Both rules are read from the log app itself, so they are the same for all users and
 * all doors: the page, the command line, programs and the server start through `begin`.
 */
import { failure } from '../definition/errors';
import { endingOf } from './endings';
import type { StartFacts } from './ports';
import { FACTS_MAX, isCounted, offKey, RATE_WINDOW_MS } from './rate-limit';
import type { Ending, RunScope } from './scope';

/**
 * krewData switches a unit off at the first start beyond its limit (facts "reliability" 0.7), which a double click
 * of somebody in a hurry can cause. The third refusal within ten minutes is no accident: a program that does not
 * listen, or a button that people hammer on. Only somebody who looks after the unit knows which.
 */
const ABUSE_REFUSALS = 3;
const ABUSE_WINDOW_MS = 10 * 60_000;
/** Starts that are refused because the unit is switched off are logged at most this often. */
const LOG_OFF_EVERY_MS = 60_000;

/** Who waits for the unit, holds it or has switched it off: one request. */
export const lookAtLine = ({ ports, unit }: RunScope): Promise<readonly StartFacts[]> =>
  ports.journal.startsOf(unit.id, null, FACTS_MAX);

/** The same, and the starts that count for the limits: one request. */
export function lookAtStarts(scope: RunScope): Promise<readonly StartFacts[]> {
  const { ports, unit, store } = scope;
  const nowMs = Math.min(ports.clock.nowMs(), store.getSnapshot().startedAtMs);
  return ports.journal.startsOf(unit.id, nowMs - ABUSE_WINDOW_MS, FACTS_MAX);
}

export interface Limited {
  readonly ending: Ending;
  /** off: this refusal is the one that switches the unit off; silent: it is not logged. */
  readonly log: 'refusal' | 'off' | 'silent';
}

/** Why the unit may not start now; null when it may. `own`: the start's own record, once it is there. */
export function whyLimited(
  scope: RunScope,
  facts: readonly StartFacts[],
  own: string | null,
): Limited | null {
  const off = facts.find((one) => one.lockKey === offKey(scope.unit.id));
  if (off !== undefined) {
    const nowMs = scope.ports.clock.nowMs();
    const isTold = facts.some(
      (one) => one.reason === 'switchedOff' && one.startedAtMs > nowMs - LOG_OFF_EVERY_MS,
    );
    return { ending: switchedOff(scope, off), log: isTold ? 'silent' : 'refusal' };
  }
  const limited = rateLimited(scope, facts, own);
  if (limited === null) return null;
  return { ending: limited, log: isAbuse(scope, facts) ? 'off' : 'refusal' };
}

/** Starts of the last minute, by everybody. */
function rateLimited(scope: RunScope, facts: readonly StartFacts[], own: string | null): Ending | null {
  const { ports, unit } = scope;
  const nowMs = ports.clock.nowMs();
  const { startedAtMs } = scope.store.getSnapshot();
  const counted = facts.filter(
    (one) => isCounted(one) && (own === null || Number(one.journalId) < Number(own)),
  );
  // The fullest minute that this start would be in: the one before now (it may have watched a silent holder first),
  // and every one around its press, because records are not written in the order of the presses.
  const begins = [nowMs - RATE_WINDOW_MS, startedAtMs - RATE_WINDOW_MS];
  for (const { startedAtMs: atMs } of counted)
    if (atMs <= startedAtMs && atMs > startedAtMs - RATE_WINDOW_MS) begins.push(atMs);
  const minutes = [...begins, startedAtMs].map((beginMs) =>
    counted.filter((one) => one.startedAtMs >= beginMs && one.startedAtMs <= beginMs + RATE_WINDOW_MS),
  );
  const started = minutes.find((minute) => minute.length >= unit.rateLimitPerMinute);
  if (started === undefined) return null;
  const oldest = Math.min(...started.map((one) => one.startedAtMs));
  // At least a second: "0" would read as "now".
  const waitMs = Math.max(1_000, oldest + RATE_WINDOW_MS - nowMs);
  return endingOf(
    'rateLimited',
    failure(
      'rateLimited',
      { limit: unit.rateLimitPerMinute, waitSeconds: Math.ceil(waitMs / 1000) },
      { unitId: unit.id },
    ),
  );
}

/** Refusals from before the unit was last enabled again are forgiven. */
function isAbuse(scope: RunScope, facts: readonly StartFacts[]): boolean {
  const nowMs = scope.ports.clock.nowMs();
  const lastOff = Math.max(
    0,
    ...facts.filter((one) => one.reason === 'switchedOff').map((one) => Number(one.journalId)),
  );
  const refused = facts.filter(
    (one) =>
      one.reason === 'rateLimited' &&
      one.startedAtMs > nowMs - ABUSE_WINDOW_MS &&
      Number(one.journalId) > lastOff,
  );
  return refused.length + 1 >= ABUSE_REFUSALS;
}

/** The start that switches the unit off is told so in words of its own. */
export function switchingOff(scope: RunScope): Ending {
  const { unit } = scope;
  const params = { refusals: ABUSE_REFUSALS, minutes: ABUSE_WINDOW_MS / 60_000, name: unit.name };
  return endingOf('switchedOff', failure('switchedOffNow', params, { unitId: unit.id }));
}

function switchedOff(scope: RunScope, off: StartFacts): Ending {
  const { unit, request } = scope;
  const params = {
    user: off.user.name,
    since: momentText(off.startedAtMs, request.timeZone),
    name: unit.name,
  };
  // Two places to switch on again where a remote service has refused as well.
  const code = unit.executor.kind === 'remote' ? 'switchedOffRemote' : 'switchedOff';
  return endingOf('switchedOff', failure(code, params, { unitId: unit.id }));
}

/** "2026-11-21 12:00", readable in every language. */
const momentText = (atMs: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(atMs);
