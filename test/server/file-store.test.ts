import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openFileStore } from '../../src/node/server/store/file-store';
import { StoreProcess } from './store-process';
import { jobOf, storeSuite } from './store-suite';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'nagare-store-'));

storeSuite('a file', async () => {
  const folder = newFolder();
  return {
    open: (workers = 4) => StoreProcess.open({ kind: 'file', folder, workers }),
    clean: async () => rmSync(folder, { recursive: true }),
  };
});

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => openFileStore({ folder, workers: 1, nowMs: () => 1_000 });
const file = (): string => join(folder, 'store.jsonl');

it('is for one process at a time; a dead one does not hold it', async () => {
  const first = await StoreProcess.open({ kind: 'file', folder, workers: 1 });
  await expect(open()).rejects.toMatchObject({ code: 'inUse' });
  await first.kill();
  await (await open()).close();
});

it('a process id that was given to somebody else does not hold the folder', async () => {
  writeFileSync(join(folder, 'lock'), `${process.pid} 1`);
  await (await open()).close();
});

it('drops a line that a crash has torn, and refuses a file that is damaged inside', async () => {
  const store = await open();
  const job = jobOf('a');
  await store.queue.add(job);
  await store.close();
  appendFileSync(file(), '{"kind":"job","job":{"id":"tor');
  const again = await open();
  expect(await again.queue.get(job.id)).toMatchObject({ state: 'waiting', job });
  expect(await again.queue.counts()).toEqual({ waiting: 1, running: 0 });
  await again.close();

  writeFileSync(file(), `{"kind":"jo\n${readFileSync(file(), 'utf8')}`);
  await expect(open()).rejects.toMatchObject({ code: 'damaged', detail: `${file()}:1` });
  // The folder is free for whoever repairs the file.
  writeFileSync(file(), '');
  await (await open()).close();
});

it('keeps values of records only as long as the job needs them', async () => {
  const store = await open();
  const job = jobOf('a');
  await store.queue.add(job);
  await store.start(async () => ({ state: 'Success', reason: 'done', errorCode: '', errorMessage: '' }));
  await store.close();
  await (await open()).close();
  expect(readFileSync(file(), 'utf8')).not.toContain('引用');
});
