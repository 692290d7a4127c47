/** A store in a process of its own, which can be killed. Carries out its parent's wishes over IPC. */
import process from 'node:process';
import { openDatabaseStore } from '../../../src/node/server/store/database-store';
import { openFileStore } from '../../../src/node/server/store/file-store';
import { type JobOutcome, type Store, StoreError } from '../../../src/node/server/store/types';
import type { ChildSettings, FromChild, ToChild } from '../store-process';

const settings = JSON.parse(process.argv[2] ?? '') as ChildSettings;
const say = (message: FromChild): void => void process.send?.(message);
process.on('disconnect', () => process.exit());
const held = new Map<string, (outcome: JobOutcome) => void>();

async function open(): Promise<Store> {
  const { workers } = settings;
  if (settings.kind === 'file') return openFileStore({ folder: settings.folder, workers, nowMs: Date.now });
  const { url, serverId, keptAfterEndMs } = settings;
  return openDatabaseStore({
    url,
    serverId,
    workers,
    log: () => undefined,
    beatMs: 100,
    deadAfterMs: 1_000,
    ...(keptAfterEndMs === undefined ? {} : { keptAfterEndMs }),
  });
}

async function carryOut(store: Store, { wish }: ToChild): Promise<unknown> {
  switch (wish.kind) {
    case 'add':
      return store.queue.add(wish.job);
    case 'get':
      return store.queue.get(wish.id);
    case 'busy':
      return store.queue.busy(wish.key);
    case 'processId':
      return store.processId;
    case 'isAlive':
      return store.isAlive(wish.key);
    case 'counts':
      return store.queue.counts();
    case 'mark':
      return store.marks.get(wish.key);
    case 'replace':
      return store.marks.replace(wish.key, wish.expected, wish.value, wish.untilMs);
    case 'trouble':
      return store.trouble();
    case 'stop':
      return store.stop();
    case 'close':
      return store.close();
    case 'release':
      held.get(wish.id)?.(wish.outcome);
      return held.delete(wish.id);
  }
}

try {
  const store = await open();
  process.on('message', (message: ToChild) => {
    carryOut(store, message).then(
      (answer) => say({ kind: 'answer', number: message.number, answer: answer ?? null }),
      (error: unknown) => say({ kind: 'failed', number: message.number, reason: String(error) }),
    );
  });
  await store.start((job) => {
    say({ kind: 'began', job });
    if (job.user.code === 'bad') return Promise.reject(new Error('no good'));
    return new Promise((resolve) => held.set(job.id, resolve));
  });
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'refused', code: error instanceof StoreError ? error.code : String(error) });
  process.disconnect();
}
