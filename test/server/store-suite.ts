/** One suite for every store of jobs and marks; each case works with processes that may be killed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../src/node/server/store/types';
import type { StoreProcess } from './store-process';

export interface StoreFixture {
  /** Opens the fixture's store in a new process. */
  open(workers?: number): Promise<StoreProcess>;
  clean(): Promise<void>;
}

let jobs = 0;

export function jobOf(lane: string, change: Partial<Job> = {}): Job {
  jobs += 1;
  const pressId = `00000000-0000-4000-8000-${String(jobs).padStart(12, '0')}`;
  return {
    id: `${lane}:${pressId}`,
    unitId: lane,
    pressId,
    lane,
    priority: 0,
    method: 'api',
    user: { code: 'sato', name: '佐藤' },
    callingAppId: '40',
    callingRecordId: '1',
    record: { memo: { type: 'SINGLE_LINE_TEXT', value: '改行\n"引用"' } },
    input: { month: '2026-11' },
    notification: null,
    isRequested: false,
    createdAtMs: 1_700_000_000_000 + jobs,
    ...change,
  };
}

export function storeSuite(name: string, make: () => Promise<StoreFixture>): void {
  describe(`store: ${name}`, () => {
    let there: StoreFixture;
    let open: StoreProcess[];
    beforeEach(async () => {
      there = await make();
      open = [];
    });
    afterEach(async () => {
      await Promise.all(open.map((one) => one.close()));
      await there.clean();
    });
    const start = async (workers = 4): Promise<StoreProcess> => {
      const one = await there.open(workers);
      open.push(one);
      return one;
    };

    it('hands out a job as it was given, keeps its outcome over a restart, and does not hand it out again', async () => {
      const first = await start();
      const job = jobOf('a');
      expect(await first.get(job.id)).toBeNull();
      expect(await first.add(job)).toBe('added');
      await first.until(job.id);
      expect(first.began).toEqual([job]);
      expect(await first.get(job.id)).toMatchObject({ state: 'running', outcome: null });
      const outcome = { state: 'Failure', reason: 'failed', errorCode: 'x', errorMessage: '失敗' } as const;
      await first.release(job.id, outcome);
      expect(await first.done(job.id)).toMatchObject({ outcome });
      await first.kill();

      const second = await start();
      expect(await second.get(job.id)).toMatchObject({ state: 'done', outcome, job: { unitId: 'a' } });
      expect(await second.add(job)).toBe('known');
      const other = jobOf('a');
      await second.add(other);
      await second.until(other.id);
      expect(second.began).toEqual([other]);
    });

    it('takes a job once, also when it is added many times at once', async () => {
      const one = await start();
      const job = jobOf('a');
      const replies = await Promise.all(Array.from({ length: 10 }, () => one.add(job)));
      await one.until(job.id);
      await one.release(job.id);
      await one.done(job.id);
      const last = jobOf('a');
      await one.add(last);
      await one.until(last.id);
      expect(one.began).toEqual([job, last]);
      expect(replies).toContain('added');
    });

    it('loses no job to a kill: what waited and what was under way is handed out again', async () => {
      const first = await start();
      const [running, waiting] = [jobOf('a'), jobOf('a')];
      await first.add(running);
      await first.until(running.id);
      await first.add(waiting);
      await first.kill();

      const second = await start();
      await second.until(running.id);
      expect(second.began).toEqual([running]);
      await second.release(running.id);
      await second.until(waiting.id);
      expect(second.began).toEqual([running, waiting]);
    });

    it('runs the jobs of a lane one by one, by priority and then by age; other lanes beside them', async () => {
      const one = await start();
      const first = jobOf('a');
      await one.add(first);
      await one.until(first.id);
      const [low, middle, high, laterHigh] = [-5, 0, 100, 100].map((priority) => jobOf('a', { priority }));
      for (const job of [low, middle, high, laterHigh]) await one.add(job!);
      const other = jobOf('b');
      await one.add(other);
      await one.until(other.id);
      expect(one.began).toEqual([first, other]);
      expect(await one.counts()).toEqual({ waiting: 4, running: 2 });
      expect(await one.busy('a')).toBe(first.id);
      expect(await one.busy('c')).toBeNull();
      for (const job of [first, high!, laterHigh!, middle!]) {
        await one.until(job.id);
        await one.release(job.id);
      }
      await one.until(low!.id);
      expect(one.began.map((job) => job.id)).toEqual(
        [first, other, high, laterHigh, middle, low].map((job) => job?.id),
      );
    });

    it('does no more at once than it is told', async () => {
      const one = await start(2);
      const all = ['a', 'b', 'c'].map((lane) => jobOf(lane));
      for (const job of all) await one.add(job);
      // Which two come first is the store's choice: they are of different lanes.
      await one.untilBegan(2);
      expect(await one.counts()).toEqual({ waiting: 1, running: 2 });
      await one.release(one.began[0]!.id);
      await one.untilBegan(3);
      expect(one.began.map((job) => job.id).sort()).toEqual(all.map((job) => job.id).sort());
    });

    it('ends a job whose work breaks, and goes on', async () => {
      const one = await start();
      const bad = jobOf('a', { user: { code: 'bad', name: '' } });
      await one.add(bad);
      expect(await one.done(bad.id)).toMatchObject({
        outcome: { state: 'Failure', errorCode: 'unexpected', errorMessage: 'no good' },
      });
      const good = jobOf('a');
      await one.add(good);
      await one.until(good.id);
    });

    it('hands out nothing after a stop; a job under way comes again', async () => {
      const first = await start();
      const [running, waiting] = [jobOf('a'), jobOf('b')];
      await first.add(running);
      await first.until(running.id);
      await first.stop();
      await first.add(waiting);
      await first.close();
      expect(first.began).toEqual([running]);

      const second = await start();
      await Promise.all([second.until(running.id), second.until(waiting.id)]);
    });

    it('of 20 who change a mark at once, one succeeds; the others see what it holds', async () => {
      const one = await start();
      expect(await one.mark('t')).toBeNull();
      const tries = Array.from({ length: 20 }, (_unused, index) => one.replace('t', null, { task: index }));
      const won = (await Promise.all(tries)).flatMap((isWon, index) => (isWon ? [index] : []));
      expect(won).toHaveLength(1);
      expect(await one.mark('t')).toEqual({ task: won[0] });
      expect(await one.replace('t', { task: -1 }, 'other')).toBe(false);
      expect(await one.replace('t', { task: won[0]! }, 'other')).toBe(true);
      await one.kill();
      expect(await (await start()).mark('t')).toBe('other');
    });

    it('forgets marks whose time is over', async () => {
      const one = await start();
      expect(await one.replace('t', null, 1, Date.now() - 1)).toBe(true);
      expect(await one.mark('t')).toBeNull();
      expect(await one.replace('t', 1, 2)).toBe(false);
      expect(await one.replace('t', null, 3)).toBe(true);
      expect(await one.mark('t')).toBe(3);
    });

    it('knows that a killed process is gone as soon as another one has its place', async () => {
      const first = await start();
      const id = await first.processId();
      expect(await first.isAlive(id)).toBe(true);
      await first.kill();
      const second = await start();
      expect(await second.isAlive(id)).toBe(false);
      expect(await second.isAlive(await second.processId())).toBe(true);
    });

    it('says that all is well', async () => {
      expect(await (await start()).trouble()).toBeNull();
    });
  });
}
