/** The trigger protocol on the server: what it brings to `createTrigger`. */
import { randomBytes } from 'node:crypto';
import { failure } from '../../definition/errors';
import { isRateLimited, type JournalEntry, runIdOf } from '../../run';
import {
  createTrigger,
  type StartReply,
  type StartRequest,
  type Task,
  type Trigger,
  type TriggerDeps,
  taskOfEntry,
  taskOfStatus,
  triggerUnit,
} from '../../trigger';
import { isSameText } from '../../trigger/tokens';
import type { Server } from './context';
import { askForStop, stopWish } from './runs/stop-wish';
import type { Worker } from './runs/worker';
import type { JobOutcome, JobView } from './store/types';
import { markedTokens } from './tokens';

/** @param serialNumbers the licensed ones; empty: nobody gets a token */
export function triggerDoor(
  server: Server,
  worker: Worker,
  serialNumbers: readonly string[],
  texts: TriggerDeps['texts'],
): Trigger {
  const { units, site, clock, random, store } = server;
  return createTrigger({
    findUnit: async (unitId) => triggerUnit(units.settings(), unitId, site),
    // Every one is compared, so the time says nothing about which is near.
    isLicensed: (serialNumber) =>
      serialNumbers.map((known) => isSameText(serialNumber, known)).includes(true),
    async isRateLimited({ id }) {
      const unit = units.find(id);
      return unit !== null && isRateLimited({ journal: server.journal(), clock }, unit);
    },
    start: (request) => start(server, request),
    findTask: (taskId) => findTask(server, worker, taskId),
    async stopTask(taskId, user) {
      await askForStop(server, taskId, user);
      // The wish is safe by now; a run of this process need not come upon it by itself.
      worker.stop(taskId, user);
    },
    tokens: markedTokens(store.marks),
    clock,
    random: { bytes: (count) => new Uint8Array(randomBytes(count)), uuid: random.uuid },
    timeZone: server.timeZone,
    texts,
  });
}

async function start(server: Server, request: StartRequest): Promise<StartReply> {
  const { store, units, site, clock, metrics } = server;
  const unit = units.find(request.unit.id);
  if (unit === null) throw new Error('the unit is gone');
  const isOneAtATime = unit.concurrency === 'reject' || unit.concurrency === 'join';
  const holder = isOneAtATime ? await whoHolds(server, unit.id) : null;
  if (holder !== null) return { kind: 'conflict', taskId: holder };
  await store.queue.add({
    id: request.taskId,
    unitId: unit.id,
    pressId: request.pressId,
    lane: unit.concurrency === 'allow' ? request.taskId : unit.id,
    priority: unit.priority,
    method: 'api',
    user: { code: request.user, name: request.user },
    callingAppId: site.app.appId,
    callingRecordId: request.recordId,
    record: request.record,
    input: request.input ?? {},
    notification: null,
    isRequested: false,
    createdAtMs: clock.nowMs(),
  });
  metrics.add('nagare_starts_total', { method: 'api' });
  return { kind: 'started' };
}

/** Task id of the run that holds the unit, in kintone or on its way there. */
async function whoHolds(server: Server, unitId: string): Promise<string | null> {
  const waiting = await server.store.queue.busy(unitId);
  return waiting ?? (await server.journal().holder(unitId))?.runId ?? null;
}

async function findTask(server: Server, worker: Worker, taskId: string): Promise<Task | null> {
  const live = worker.live(taskId);
  if (live !== null && live.journalId !== null) return taskOfStatus(live, server.describe);
  const job = await server.store.queue.get(taskId);
  const entry: JournalEntry | null = await server.journal().byRunId(taskId);
  if (entry !== null) return taskOfEntry(entry);
  if (job === null) return null;
  const stoppedBy = job.state === 'waiting' ? await stopWish(server, taskId) : null;
  // It will end like this as soon as it has its turn.
  return taskOfJob(
    server,
    stoppedBy === null ? job : { ...job, outcome: stoppedOutcome(server, job, stoppedBy) },
  );
}

function stoppedOutcome(server: Server, { job }: JobView, user: string): JobOutcome {
  const value = failure('cancelledBy', { user }, { unitId: job.unitId });
  return {
    state: 'Failure',
    reason: 'cancelled',
    errorCode: value.code,
    errorMessage: server.describe(value),
  };
}

/** A run that has no record yet, or never got one. */
function taskOfJob(server: Server, { job, outcome }: JobView): Task {
  const settings = server.units.settings();
  const flowIds = server.units.find(job.unitId)?.flowIds ?? [];
  const flows = flowIds.flatMap((id) => settings.flows.find((flow) => flow.id === id) ?? []);
  return {
    taskId: runIdOf(job.unitId, job.pressId),
    unitId: job.unitId,
    state: outcome?.state ?? 'Queuing',
    reason: outcome?.reason ?? 'queued',
    endedAtMs: null,
    failureCode: outcome?.errorCode ?? '',
    message: outcome?.errorMessage ?? '',
    flows: flows.map((flow, index) => ({
      key: `${job.pressId.slice(0, 8)}-${index + 1}`,
      name: flow.name,
      state: outcome === null ? 'Queuing' : outcome.state === 'Success' ? 'Success' : 'Cancel',
      startedAtMs: null,
      endedAtMs: null,
    })),
    value: [],
  };
}
