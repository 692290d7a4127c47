/** Which servers of a database live. A dead one's jobs go to whoever notices first. */
import type { Pool } from 'pg';
import type { Log } from '../log';
import { withClient } from './database-client';
import { StoreError } from './types';

interface ServerOptions {
  readonly serverId: string;
  readonly processId: string;
  readonly log: Log;
  readonly beatMs: number;
  /** By the database's clock. */
  readonly deadAfterMs: number;
  /** Puts a dead server's jobs back; it must have happened when it resolves. Answers how many. */
  readonly takeOver: (serverId: string) => Promise<number>;
  /** Tidies up after the jobs that ended long ago. */
  readonly forget: () => Promise<void>;
}

export interface Membership {
  /** Begins to beat, and to look after the others. */
  start(): void;
  isAlive(processId: string): Promise<boolean>;
  /** Says goodbye, so that others need not wait to notice. */
  leave(): Promise<void>;
}

/**
 * Joins under a name that no other living process has: an advisory lock of the session, which PostgreSQL
 * releases when the process dies. Throws `StoreError` (`inUse`).
 */
export async function joinServers(pool: Pool, options: ServerOptions): Promise<Membership> {
  const { serverId, log, beatMs } = options;
  let session = await lockName(pool, serverId);
  // From here on the process that had the name before is known to be gone.
  await sayAlive(pool, options);
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> = Promise.resolve();

  async function beat(): Promise<void> {
    try {
      // A broken connection has taken the lock with it.
      if (session.isLost()) session = await lockName(pool, serverId);
      await sayAlive(pool, options);
      await sweep(pool, options);
      await options.forget();
    } catch (error) {
      log('warn', 'databaseUnreachable', { reason: error instanceof Error ? error.message : String(error) });
    }
  }

  const tick = (): void => {
    beating = beat().finally(() => {
      if (timer !== undefined) timer = setTimeout(tick, beatMs);
    });
  };

  return {
    start() {
      timer = setTimeout(tick, 0);
    },
    async isAlive(processId) {
      const { rowCount } = await pool.query(
        `SELECT 1 FROM nagare.servers WHERE process_id = $1 AND beat_at >= now() - $2 * interval '1 ms'`,
        [processId, options.deadAfterMs],
      );
      return rowCount === 1;
    },
    async leave() {
      clearTimeout(timer);
      timer = undefined;
      await beating;
      await pool
        .query(`UPDATE nagare.servers SET beat_at = '-infinity' WHERE server_id = $1`, [serverId])
        .catch(() => undefined);
      session.unlock();
    },
  };
}

async function sayAlive(pool: Pool, { serverId, processId }: ServerOptions): Promise<void> {
  await pool.query(
    `INSERT INTO nagare.servers (server_id, process_id, beat_at) VALUES ($1, $2, now())
     ON CONFLICT (server_id) DO UPDATE SET process_id = $2, beat_at = now()`,
    [serverId, processId],
  );
}

interface NameLock {
  /** Whether the connection, and so the lock, is gone. */
  isLost(): boolean;
  unlock(): void;
}

async function lockName(pool: Pool, serverId: string): Promise<NameLock> {
  const session = await pool.connect();
  let isLost = false;
  session.on('error', () => {
    isLost = true;
    session.release(true);
  });
  const { rows } = await session.query<{ got: boolean }>(
    `SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS got`,
    [`nagare:${serverId}`],
  );
  if (rows[0]?.got !== true) {
    session.release();
    throw new StoreError('inUse', serverId);
  }
  return {
    isLost: () => isLost,
    unlock() {
      // Destroyed, not handed back to the pool: the lock goes with the session.
      if (!isLost) session.release(true);
    },
  };
}

/** One server at a time takes one dead server over: the row lock holds the second until it finds nothing. */
function sweep(pool: Pool, options: ServerOptions): Promise<void> {
  const { serverId, log, deadAfterMs, takeOver } = options;
  return withClient(pool, async (client) => {
    await client.query('BEGIN');
    const { rows } = await client.query<{ server_id: string }>(
      `DELETE FROM nagare.servers WHERE server_id <> $1 AND beat_at < now() - $2 * interval '1 ms'
       RETURNING server_id`,
      [serverId, deadAfterMs],
    );
    for (const { server_id: dead } of rows) {
      const jobs = await takeOver(dead);
      log('warn', 'serverGone', { server: dead, jobs });
    }
    await client.query('COMMIT');
  });
}
