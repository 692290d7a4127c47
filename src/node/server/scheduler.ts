/**
 * Starts units by the clock. Every server of a store looks; the run id follows from unit and instant, so however many
 * look, it is one job and one run.
 */
import type { ExecutionUnit, Schedule, Settings } from '../../definition/types';
import { runIdOf } from '../../run';
import { nextStarts } from '../../trigger/schedule';
import type { Server } from './context';
import { pressIdOf } from './press-id';

const LOOK_EVERY_MS = 15_000;
/**
 * Missed instants: of all that a schedule missed while no server ran, the latest is made up for if it is not older
 * than this; the ones before it are left out.
 */
const MAKE_UP_MS = 24 * 3600_000;
const MINUTE_MS = 60_000;
const MARK = 'schedules';
const MARK_KEPT_MS = 90 * 24 * 3600_000;

export interface DueStart {
  readonly unit: ExecutionUnit;
  readonly atMs: number;
}

/** What is due after `afterMs` up to `nowMs`: of each schedule the latest instant only. Disabled units have none. */
export function dueStarts(settings: Settings, afterMs: number, nowMs: number): readonly DueStart[] {
  // Instants are whole minutes, and finding them takes a while: most looks have nothing to find.
  if (Math.floor(afterMs / MINUTE_MS) === Math.floor(nowMs / MINUTE_MS)) return [];
  return settings.units.flatMap((unit) => {
    if (!unit.enabled) return [];
    const instants = unit.schedules.flatMap((schedule) => {
      const latest = latestStart(schedule, settings.holidays, afterMs, nowMs);
      return latest === null ? [] : [latest];
    });
    // Two schedules of a unit at the same instant are one start.
    return [...new Set(instants)].sort((a, b) => a - b).map((atMs) => ({ unit, atMs }));
  });
}

function latestStart(
  schedule: Schedule,
  holidays: readonly string[],
  afterMs: number,
  nowMs: number,
): number | null {
  // A schedule has one instant a minute at most.
  const count = Math.ceil((nowMs - afterMs) / MINUTE_MS) + 1;
  const due = nextStarts(schedule, holidays, afterMs, count).filter((atMs) => atMs <= nowMs);
  return due.at(-1) ?? null;
}

/** Looks once; answers up to when everything has been started. Rejects when the store does: the next look repeats it. */
export async function lookAtSchedules(server: Server, startedAtMs: number): Promise<void> {
  const { store, units, clock, log, metrics } = server;
  const nowMs = clock.nowMs();
  const mark = await store.marks.get(MARK);
  // A new store begins now: it does not know what was run before it.
  const doneMs = typeof mark === 'number' ? mark : startedAtMs;
  const afterMs = Math.max(doneMs, nowMs - MAKE_UP_MS);
  for (const { unit, atMs } of dueStarts(units.settings(), afterMs, nowMs)) {
    const pressId = pressIdOf('schedule', unit.id, String(atMs));
    const id = runIdOf(unit.id, pressId);
    const added = await store.queue.add({
      id,
      unitId: unit.id,
      pressId,
      lane: unit.concurrency === 'allow' ? id : unit.id,
      priority: unit.priority,
      method: 'schedule',
      user: server.account,
      callingAppId: server.site.app.appId,
      callingRecordId: '',
      record: null,
      input: {},
      notification: null,
      isRequested: false,
      createdAtMs: nowMs,
    });
    if (added === 'known') continue;
    metrics.add('nagare_starts_total', { method: 'schedule' });
    log('info', 'scheduleDue', { unit: unit.id, run: id, at: new Date(atMs).toISOString() });
  }
  // Another server may have been quicker; what it has started is known by its run ids.
  if (nowMs > doneMs) await store.marks.replace(MARK, mark, nowMs, nowMs + MARK_KEPT_MS);
}

/** Looks until stopped. */
export async function runScheduler(server: Server, signal: AbortSignal): Promise<void> {
  const startedAtMs = server.clock.nowMs();
  while (!signal.aborted) {
    await lookAtSchedules(server, startedAtMs).catch((error: unknown) =>
      server.log('error', 'schedulesFailed', {
        reason: error instanceof Error ? error.message : String(error),
      }),
    );
    await server.clock.sleep(LOOK_EVERY_MS, signal);
  }
}
