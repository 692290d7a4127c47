/**
 * The store on PostgreSQL, for several servers: jobs in a queue of DBOS Transact, marks and the list of living
 * servers in a schema of our own. Both packages are optional and loaded only here.
 */
import { randomUUID } from 'node:crypto';
import type { Log } from '../log';
import { databaseMarks, oneServerAtATime } from './database-marks';
import { joinServers } from './database-servers';
import { dbosQueue } from './dbos-queue';
import { KEPT_AFTER_END_MS, type Store, StoreError } from './types';

export interface DatabaseStoreOptions {
  readonly url: string;
  /** Name of this server, stable over its restarts; no two processes have the same. */
  readonly serverId: string;
  /** Jobs at the same time in this process. */
  readonly workers: number;
  readonly log: Log;
  /** How often this server says that it lives, and after how long of silence another one is given up. */
  readonly beatMs?: number;
  readonly deadAfterMs?: number;
  readonly keptAfterEndMs?: number;
}

const BEAT_MS = 5_000;
/** Long enough for a short break of the connection. */
const DEAD_AFTER_MS = 20_000;

/** Throws `StoreError`: `packageMissing`, `unreachable`, or `inUse` when another process has the same name. */
export async function openDatabaseStore(options: DatabaseStoreOptions): Promise<Store> {
  const { url, serverId, log } = options;
  const { Pool } = (await load('pg', () => import('pg'))).default;
  const dbos = await load('@dbos-inc/dbos-sdk', () => import('@dbos-inc/dbos-sdk'));
  const pool = new Pool({ connectionString: url, max: 4 });
  // A connection that breaks while nobody uses it is replaced; whoever uses one gets the error.
  pool.on('error', (error) => log('warn', 'databaseConnectionLost', { reason: error.message }));
  const processId = randomUUID();
  const jobs = dbosQueue(dbos, options);
  try {
    const marks = await databaseMarks(pool);
    const { beatMs = BEAT_MS, deadAfterMs = DEAD_AFTER_MS } = options;
    const { keptAfterEndMs = KEPT_AFTER_END_MS } = options;
    const servers = await joinServers(pool, {
      serverId,
      processId,
      log,
      beatMs,
      deadAfterMs,
      takeOver: jobs.takeOver,
      forget: () => jobs.forget(Date.now() - keptAfterEndMs),
    });
    return {
      processId,
      isAlive: servers.isAlive,
      queue: jobs.queue,
      marks: marks.marks,
      async start(work) {
        // DBOS makes or updates its tables here.
        await oneServerAtATime(pool, () => jobs.start(work));
        servers.start();
      },
      async stop() {
        await jobs.stop();
      },
      async close() {
        await servers.leave();
        await jobs.close();
        await pool.end();
      },
      trouble: () =>
        pool.query('SELECT 1').then(
          () => null,
          (error: Error) => error.message,
        ),
    };
  } catch (error) {
    await pool.end();
    throw error instanceof StoreError
      ? error
      : new StoreError('unreachable', error instanceof Error ? error.message || error.name : String(error));
  }
}

async function load<T>(name: string, from: () => Promise<T>): Promise<T> {
  try {
    return await from();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
      throw new StoreError('packageMissing', name);
    throw error;
  }
}
