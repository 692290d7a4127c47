/** One attempt at a job: looks at what kintone knows of the run, and does what is left to do. */
import { type Failure, FailureError, failure } from '../../../definition/errors';
import type { ExecutionUnit } from '../../../definition/types';
import {
  type JournalEntry,
  lifeOf,
  type Observations,
  type RunHandle,
  type RunPorts,
  type RunStatus,
  resumeRun,
  runRequested,
  startRun,
} from '../../../run';
import type { Server } from '../context';
import type { Job, JobOutcome } from '../store/types';
import { type Verdict, verify } from '../webhook/verify';
import { callingOf, handedOver, NO_CALLING_RECORD, requestOf } from './request';
import { stopWish } from './stop-wish';
import { distrust, isOwnPlan } from './trusted-plan';

export type Attempt =
  | { readonly kind: 'done'; readonly outcome: JobOutcome; readonly status: RunStatus | null }
  /** Nothing can be done now. `isOpen`: the run has begun, so it is not given up. */
  | { readonly kind: 'again'; readonly why: string; readonly isOpen: boolean };

const again = (why: string, isOpen = false): Attempt => ({ kind: 'again', why, isOpen });

/** Failures that are over some time; the run did not end by them, or never began. */
const PASSING: ReadonlySet<string> = new Set(['network', 'unreachable', 'kintone', 'httpUnreachable']);

export interface AttemptScope {
  readonly server: Server;
  readonly job: Job;
  /** Seen over all attempts of the job. */
  readonly observations: Observations;
  /** Called with the handle of the run while it goes on. */
  readonly follow: (handle: RunHandle) => Promise<RunStatus>;
}

export async function attempt(scope: AttemptScope): Promise<Attempt> {
  const { server, job } = scope;
  const settings = server.units.settings();
  const unit = server.units.find(job.unitId);
  if (unit === null || settings.logApp === null)
    return failed(server, failure('unitMissing', { unitId: job.unitId }, { unitId: job.unitId }));
  const ports = server.ports(settings.logApp);
  try {
    const entry = await ports.journal.byRunId(job.id);
    return entry === null ? await begin(scope, unit, ports) : await goOn(scope, unit, ports, entry);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return PASSING.has(error.failure.code) ? again(error.failure.code) : failed(server, error.failure);
  }
}

const failed = (server: Server, value: Failure, reason: JobOutcome['reason'] = 'failed'): Attempt => ({
  kind: 'done',
  outcome: { state: 'Failure', reason, errorCode: value.code, errorMessage: server.describe(value) },
  status: null,
});

/** No run record yet. */
async function begin(scope: AttemptScope, unit: ExecutionUnit, ports: RunPorts): Promise<Attempt> {
  const { server, job, observations } = scope;
  const place = { unitId: unit.id };
  const stoppedBy = await stopWish(server, job.id);
  if (stoppedBy !== null)
    return failed(server, failure('cancelledBy', { user: stoppedBy }, place), 'cancelled');
  if (job.isRequested) return failed(server, failure('runRecordGone', {}, place));
  if (server.clock.nowMs() > job.createdAtMs + unit.queueTtlMinutes * 60_000)
    return failed(server, failure('jobExpired', { minutes: unit.queueTtlMinutes }, place), 'expired');
  const busy = waitsForTurn(job, unit) ? await whoHolds(server, ports, unit, observations) : null;
  if (busy !== null) return again(busy);
  const verdict: Verdict =
    job.notification === null
      ? { kind: 'true', user: job.user }
      : await verify(server, job, job.notification);
  if (verdict.kind === 'false')
    return failed(server, failure('notificationNotVerified', { reason: verdict.reason }, place));
  const calling = await callingOf(server, job, ports.records);
  const request = await requestOf(server, { ...job, user: verdict.user }, unit, calling);
  const handle = startRun(ports, request, observations);
  void obeyOnceLogged(server, handle);
  return outcomeOf(scope, ports, await scope.follow(handle));
}

/** For a wish to stop that came while the record was being made, and found none to stand in. */
async function obeyOnceLogged(server: Server, handle: RunHandle): Promise<void> {
  await new Promise<void>((resolve) => {
    const forget = handle.subscribe(() => {
      if (handle.getSnapshot().journalId === null) return;
      forget();
      resolve();
    });
  });
  const stoppedBy = await stopWish(server, handle.getSnapshot().runId).catch(() => null);
  if (stoppedBy !== null) handle.cancel(stoppedBy);
}

/** A program that is told "conflict" can come again; a notification or a schedule cannot. */
const waitsForTurn = (job: Job, unit: ExecutionUnit): boolean =>
  unit.concurrency !== 'allow' && (job.method !== 'api' || unit.concurrency === 'queue');

async function whoHolds(
  server: Server,
  ports: RunPorts,
  unit: ExecutionUnit,
  observations: Observations,
): Promise<string | null> {
  const holder = await ports.journal.holder(unit.id);
  if (holder === null) return null;
  const life = await lifeOf(holder, ports, observations);
  if (life !== 'dead') return 'unitHeld';
  // A half-written run that this server is about to go on with; what it has refused is left as it is found.
  const isResumed = server.resumes.includes(unit.id) && holder.reason === 'writing' && holder.cursor > 0;
  return isResumed && (await server.store.queue.get(holder.runId))?.state !== 'done' ? 'unitHeld' : null;
}

/** The run record is there. */
async function goOn(
  scope: AttemptScope,
  unit: ExecutionUnit,
  ports: RunPorts,
  entry: JournalEntry,
): Promise<Attempt> {
  const { server, job, observations } = scope;
  if (entry.endedAtMs !== null) return { kind: 'done', outcome: outcomeOfEntry(entry), status: null };
  const isFree = entry.owner === '';
  if (!isFree && (await lifeOf(entry, ports, observations)) !== 'dead') return again('runAlive', true);
  // Somebody asked for a stop while nobody was there to obey.
  const stoppedBy = entry.cancelRequestedBy || (await stopWish(server, job.id));
  if (entry.planHash === '') {
    const given = job.isRequested ? await handedOver(ports.journal, entry) : null;
    const calling = given?.calling ?? (await callingOf(server, job, ports.records));
    const request = { ...(await requestOf(server, job, unit, calling)), ...given };
    const handle = runRequested(ports, request, entry, observations);
    if (stoppedBy !== null) handle.cancel(stoppedBy);
    return outcomeOf(scope, ports, await scope.follow(handle));
  }
  const why = (await isOwnPlan(entry, server.store.marks))
    ? null
    : await distrust(server, unit, entry, ports.journal);
  if (why !== null) {
    server.log('error', 'planNotOwn', { run: entry.runId, record: entry.journalId, why });
    return failed(server, failure('planNotOwn', {}, { unitId: unit.id }), 'interrupted');
  }
  // The plan knows what it was made from.
  const request = await requestOf(server, job, unit, NO_CALLING_RECORD);
  const handle = resumeRun(ports, request, entry, observations, { keepsStop: true });
  if (stoppedBy !== null) handle.cancel(stoppedBy);
  return outcomeOf(scope, ports, await scope.follow(handle));
}

/** What the run's end means for the job; the record in kintone has the last word. */
async function outcomeOf(scope: AttemptScope, ports: RunPorts, status: RunStatus): Promise<Attempt> {
  const { server, job } = scope;
  const entry = await ports.journal.byRunId(job.id);
  if (entry !== null) {
    return entry.endedAtMs === null
      ? again(status.failure?.code ?? status.reason, true)
      : { kind: 'done', outcome: outcomeOfEntry(entry), status };
  }
  const { failure: value } = status;
  if (value !== null && PASSING.has(value.code)) return again(value.code);
  return {
    kind: 'done',
    outcome: {
      state: status.state === 'Success' ? 'Success' : 'Failure',
      reason: status.reason,
      errorCode: value?.code ?? '',
      errorMessage: value === null ? '' : server.describe(value),
    },
    status,
  };
}

const outcomeOfEntry = (entry: JournalEntry): JobOutcome => ({
  state: entry.state === 'Success' ? 'Success' : 'Failure',
  reason: entry.reason,
  errorCode: entry.errorCode,
  errorMessage: entry.message,
});
