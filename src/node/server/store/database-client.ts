import type { Pool, PoolClient } from 'pg';

/**
 * One connection for several statements. A connection that breaks also says so as an event, which would end the
 * process if nobody listened; its statements reject, and that is what counts.
 */
export async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const ignore = (): void => undefined;
  client.on('error', ignore);
  try {
    const result = await work(client);
    client.off('error', ignore);
    client.release();
    return result;
  } catch (error) {
    // Not handed back: its transaction and its locks end with it.
    client.release(true);
    throw error;
  }
}
