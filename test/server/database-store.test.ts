/** The same suite on PostgreSQL, where there is one, and what only several servers can show. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabaseStore } from '../../src/node/server/store/database-store';
import type { Job } from '../../src/node/server/store/types';
import { diceOf } from '../simulation/random';
import { hasPostgres, type Postgres, startPostgres } from './postgres';
import { StoreProcess } from './store-process';
import { jobOf, storeSuite } from './store-suite';

/** Asks until it is so; the test's own time limit ends it. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo()));
}

const server = (url: string, serverId: string, workers = 4) =>
  StoreProcess.open({ kind: 'database', url, serverId, workers });

if (hasPostgres()) {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
    // Tables are made once, by several servers that start at the same time.
    const url = await postgres.database();
    const first = await Promise.all(['s1', 's2', 's3'].map((id) => server(url, id)));
    await Promise.all(first.map((one) => one.close()));
    postgres.copy(url);
  }, 60_000);
  afterAll(() => postgres.close(), 60_000);

  storeSuite('PostgreSQL', async () => {
    const url = await postgres.database();
    return { open: (workers) => server(url, 's1', workers), clean: async () => undefined };
  });

  describe('several servers on one database', () => {
    it('share the jobs; one of a lane at a time, each once', async () => {
      const url = await postgres.database();
      const servers = await Promise.all(['s1', 's2', 's3'].map((id) => server(url, id, 2)));
      const { unit: random } = diceOf(20261128);
      const busy = new Map<string, Job>();
      const overlaps: string[] = [];
      const handedOut: string[] = [];
      let left = 40;
      const finished = new Promise<void>((done) => {
        for (const one of servers) {
          one.onBegan = (job) => {
            handedOut.push(job.id);
            if (busy.has(job.lane)) overlaps.push(job.id);
            busy.set(job.lane, job);
            // The server goes on only when it is told; until then its lane is busy.
            setImmediate(() => {
              busy.delete(job.lane);
              void one.release(job.id);
              left -= 1;
              if (left === 0) done();
            });
          };
        }
      });
      const jobs = Array.from({ length: 40 }, () => jobOf(`lane${Math.floor(random() * 5)}`));
      await Promise.all(jobs.map((job) => servers[Math.floor(random() * 3)]!.add(job)));
      await finished;
      expect(overlaps).toEqual([]);
      expect(handedOut.sort()).toEqual(jobs.map((job) => job.id).sort());
      await Promise.all(servers.map((one) => one.close()));
    }, 60_000);

    it('the jobs of a killed server go to another one; until then their lane waits', async () => {
      const url = await postgres.database();
      const first = await server(url, 's1');
      const [running, next] = [jobOf('a'), jobOf('a')];
      await first.add(running);
      await first.until(running.id);
      const second = await server(url, 's2');
      await second.add(next);
      const firstId = await first.processId();
      expect(await second.isAlive(firstId)).toBe(true);
      await first.kill();
      await second.until(running.id);
      expect(second.began).toEqual([running]);
      expect(await second.isAlive(firstId)).toBe(false);
      await second.release(running.id);
      await second.until(next.id);
      await second.close();
    }, 60_000);

    it('jobs that ended long ago are forgotten, with what a start sent; others stay', async () => {
      const url = await postgres.database();
      const settings = { kind: 'database', url, serverId: 's1', workers: 4, keptAfterEndMs: 0 } as const;
      const one = await StoreProcess.open(settings);
      const [done, running] = [jobOf('a'), jobOf('b')];
      await one.add(done);
      await one.add(running);
      await one.until(done.id);
      await one.until(running.id);
      await one.release(done.id);
      await until(async () => (await one.get(done.id)) === null);
      expect((await one.get(running.id))?.state).toBe('running');
      await one.close();
    }, 60_000);

    it('no two have the same name', async () => {
      const url = await postgres.database();
      const first = await server(url, 's1');
      await expect(server(url, 's1')).rejects.toThrow('inUse');
      await first.kill();
      await (await server(url, 's1')).close();
    });
  });
}

it('a database that is not there is a clear refusal', async () => {
  const url = 'postgresql://nagare@127.0.0.1:1/nagare';
  await expect(
    openDatabaseStore({ url, serverId: 's1', workers: 1, log: () => undefined }),
  ).rejects.toMatchObject({ code: 'unreachable' });
});
