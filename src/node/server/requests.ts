/**
 * Runs that pages ask for (executor `server`): the page writes the run record, the server looks for such records and
 * needs no open port for it. Who asked is whom kintone names as the record's creator.
 */
import { failure } from '../../definition/errors';
import { type RequestedRun, requestedRuns } from '../../kintone/requested-runs';
import type { JournalPort } from '../../run';
import type { Server } from './context';
import { poll } from './poll';
import { recordedJob } from './recorded-job';
import type { Job } from './store/types';

/** While pages ask, and after a while without: 20 and 6 requests a minute. */
const BUSY_MS = 3_000;
const IDLE_MS = 10_000;
/** After this many looks without a find the server is idle. */
const IDLE_AFTER = 20;

/** Looks once; answers how many requests were new. Throws `FailureError` when kintone cannot be asked. */
export async function lookForRequests(server: Server): Promise<number> {
  const settings = server.units.settings();
  const units = settings.units.filter((unit) => unit.executor.kind === 'server');
  if (settings.logApp === null || units.length === 0) return 0;
  const found = await requestedRuns(
    server.clientFor,
    settings.logApp,
    units.map((unit) => unit.id),
  );
  let taken = 0;
  for (const request of found) {
    if (!isGenuine(request)) {
      await refuse(server, request);
      continue;
    }
    const job = jobOf(server, request);
    if (job === null) continue;
    if ((await server.store.queue.add(job)) === 'known') continue;
    taken += 1;
    server.metrics.add('nagare_starts_total', { method: request.entry.method });
    server.log('info', 'requestTaken', { run: job.id, unit: job.unitId, record: request.entry.journalId });
  }
  return taken;
}

const isGenuine = ({ entry, creator }: RequestedRun): boolean =>
  creator !== '' && creator === entry.user.code;

function jobOf(server: Server, { entry }: RequestedRun): Job | null {
  const unit = server.units.find(entry.unitId);
  if (unit === null || !entry.runId.startsWith(`${entry.unitId}:`)) return null;
  const lane = unit.concurrency === 'allow' ? entry.runId : unit.id;
  return recordedJob(entry, { user: entry.user, lane, priority: unit.priority });
}

/** A record in somebody else's name ends here, so that it is not looked at again and again. */
async function refuse(server: Server, { entry, creator }: RequestedRun): Promise<void> {
  const value = failure('requestForged', { user: entry.user.code, creator }, { unitId: entry.unitId });
  server.log('error', 'requestForged', { run: entry.runId, record: entry.journalId, creator });
  await close(server.journal(), entry, {
    endedAtMs: server.clock.nowMs(),
    errorCode: value.code,
    message: server.describe(value),
    nonce: server.random.uuid(),
  });
}

async function close(
  journal: JournalPort,
  entry: RequestedRun['entry'],
  patch: Parameters<JournalPort['commit']>[0]['patch'],
): Promise<void> {
  // Refused or lost: the next look finds it again.
  await journal.commit({
    journalId: entry.journalId,
    revision: entry.revision,
    patch: {
      ...patch,
      state: 'Failure',
      reason: 'failed',
      flows: entry.flows.map((flow) => ({ ...flow, state: 'Cancel' as const })),
    },
    requests: [],
  });
}

/** Looks until stopped: often while pages ask, less often later. */
export function pollRequests(server: Server, signal: AbortSignal): Promise<void> {
  let withoutFind = 0;
  return poll(server, signal, 'requestsUnreadable', async () => {
    withoutFind = (await lookForRequests(server)) > 0 ? 0 : withoutFind + 1;
    return withoutFind < IDLE_AFTER ? BUSY_MS : IDLE_MS;
  });
}
