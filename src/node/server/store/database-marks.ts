import type { Pool, PoolClient } from 'pg';
import { canonicalJson } from '../../../definition/json';
import type { Json } from '../../../definition/types';
import { withClient } from './database-client';
import type { Marks } from './types';

/** Any number of ours: advisory locks of a database share one space. */
const SCHEMA_LOCK = 7_201_946;
const LOCK_POLL_MS = 100;

const SCHEMA = `
  CREATE SCHEMA IF NOT EXISTS nagare;
  CREATE TABLE IF NOT EXISTS nagare.marks (
    key text PRIMARY KEY,
    value text NOT NULL,
    until timestamptz NOT NULL
  );
  CREATE INDEX IF NOT EXISTS marks_until ON nagare.marks (until);
  CREATE TABLE IF NOT EXISTS nagare.servers (
    server_id text PRIMARY KEY,
    process_id text NOT NULL,
    beat_at timestamptz NOT NULL
  );`;

/** Marks in a table; every change is one statement, so the database itself decides who was first. */
export async function databaseMarks(pool: Pool): Promise<{ readonly marks: Marks }> {
  await createSchema(pool);
  return {
    marks: {
      async get(key) {
        const { rows } = await pool.query<{ value: string }>(
          'SELECT value FROM nagare.marks WHERE key = $1 AND until > now()',
          [key],
        );
        return rows[0] === undefined ? null : (JSON.parse(rows[0].value) as Json);
      },
      async replace(key, expected, value, untilMs) {
        const until = new Date(untilMs);
        const text = canonicalJson(value);
        const { rowCount } =
          expected === null
            ? await pool.query(
                `INSERT INTO nagare.marks AS mark (key, value, until) VALUES ($1, $2, $3)
                 ON CONFLICT (key) DO UPDATE SET value = $2, until = $3 WHERE mark.until <= now()`,
                [key, text, until],
              )
            : await pool.query(
                `UPDATE nagare.marks SET value = $3, until = $4 WHERE key = $1 AND value = $2 AND until > now()`,
                [key, canonicalJson(expected), text, until],
              );
        return rowCount === 1;
      },
    },
  };
}

const createSchema = (pool: Pool): Promise<void> =>
  oneServerAtATime(pool, async (client) => {
    await client.query(SCHEMA);
    await client.query('DELETE FROM nagare.marks WHERE until <= now()');
  });

/** For changes of the schema: servers that start together would get in each other's way. */
export const oneServerAtATime = <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> =>
  withClient(pool, async (client) => {
    // Asked for again and again: whoever waits inside a statement would hold up an index that is being built.
    while (!(await gotLock(client))) await new Promise((again) => setTimeout(again, LOCK_POLL_MS));
    const result = await work(client);
    await client.query('SELECT pg_advisory_unlock($1)', [SCHEMA_LOCK]);
    return result;
  });

async function gotLock(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [
    SCHEMA_LOCK,
  ]);
  return rows[0]?.got === true;
}
