/**
 * Runs that a page has left half-way, of the units whose plans this server is told to trust
 * (`--resume-interrupted`). Each becomes a job; whether its plan may be gone on with is looked at when it has its turn.
 */
import { runsHalfWay } from '../../kintone/interrupted-runs';
import { type JournalEntry, lifeOf } from '../../run';
import type { Server } from './context';
import { recordedJob } from './recorded-job';
import type { Job } from './store/types';

/** Two requests a minute, and a dead run is found within half a minute. */
const LOOK_EVERY_MS = 30_000;

/** Looks once; answers how many runs were found dead and are gone on with from now on. Throws `FailureError`. */
export async function lookForInterrupted(server: Server): Promise<number> {
  const { logApp } = server.units.settings();
  const unitIds = server.resumes.filter((id) => server.units.find(id)?.enabled === true);
  if (logApp === null || unitIds.length === 0) return 0;
  const found = await runsHalfWay(server.clientFor, logApp, unitIds);
  forgetOthers(server, found);
  let taken = 0;
  for (const entry of found) {
    // Runs of this store's servers have jobs already.
    if (server.owners.sees(entry.owner)) continue;
    const ports = { presence: server.owners, clock: server.clock };
    if ((await lifeOf(entry, ports, server.seen)) !== 'dead') continue;
    if ((await server.store.queue.add(jobOf(server, entry))) === 'known') continue;
    taken += 1;
    server.log('info', 'interruptedFound', { run: entry.runId, unit: entry.unitId, record: entry.journalId });
  }
  return taken;
}

function forgetOthers({ seen }: Server, found: readonly JournalEntry[]): void {
  const open = new Set(found.map(({ journalId }) => journalId));
  for (const journalId of seen.keys()) if (!open.has(journalId)) seen.delete(journalId);
}

/**
 * In a lane of its own, because whoever waits for the unit waits for this run. Nobody asks for it in person, so the
 * record names the server as who goes on.
 */
const jobOf = (server: Server, entry: JournalEntry): Job =>
  recordedJob(entry, { user: server.account, lane: entry.runId, priority: entry.priority });

/** The pause before the next look, in ms. */
export async function lookAgain(server: Server): Promise<number> {
  await lookForInterrupted(server);
  return LOOK_EVERY_MS;
}
