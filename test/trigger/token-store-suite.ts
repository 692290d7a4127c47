/** What every store of tokens must do. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TokenRecord, TokenStore } from '../../src/trigger';

export interface OpenedStore {
  readonly store: TokenStore;
  close(): Promise<void>;
}

const UNIT = 'abcdefghijklmn';

const record = (hash: string, issuedAtMs = 1_000): TokenRecord => ({
  hash,
  unitId: UNIT,
  issuedAtMs,
  taskId: null,
});

export function tokenStoreSuite(name: string, open: () => Promise<OpenedStore>): void {
  describe(`token store: ${name}`, () => {
    let opened: OpenedStore;
    let store: TokenStore;

    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.close());

    it('finds what was issued, and nothing else', async () => {
      await store.issue(record('a'));
      expect(await store.find('a')).toEqual(record('a'));
      expect(await store.find('b')).toBeNull();
    });

    it('consumes a token once and keeps the first task, and for whom it was', async () => {
      await store.issue(record('a'));
      expect(await store.consume('a', 'task-1', 'sato')).toBe(true);
      expect(await store.consume('a', 'task-2', 'tanaka')).toBe(false);
      expect(await store.find('a')).toEqual({ ...record('a'), taskId: 'task-1', user: 'sato' });
    });

    it('does not consume what nobody issued', async () => {
      expect(await store.consume('a', 'task-1', 'sato')).toBe(false);
      expect(await store.find('a')).toBeNull();
    });

    it('consumes once however many try at the same time', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uuid(), fc.integer({ min: 2, max: 12 }), async (hash, tries) => {
          await store.issue(record(hash));
          const tasks = Array.from({ length: tries }, (_unused, index) => `task-${index}`);
          const won = await Promise.all(tasks.map((task) => store.consume(hash, task, 'sato')));
          expect(won.filter(Boolean)).toHaveLength(1);
          expect((await store.find(hash))?.taskId).toBe(tasks[won.indexOf(true)]);
        }),
        { numRuns: 20 },
      );
    });

    it('lets a used token follow another task, and no other token', async () => {
      await store.issue(record('a'));
      await store.follow('a', 'task-9');
      expect((await store.find('a'))?.taskId).toBeNull();
      await store.consume('a', 'task-1', 'sato');
      await store.follow('a', 'task-9');
      expect(await store.find('a')).toMatchObject({ taskId: 'task-9', user: 'sato' });
      await store.follow('b', 'task-9');
      expect(await store.find('b')).toBeNull();
    });

    it('forgets tokens issued before the instant, used or not', async () => {
      await store.issue(record('old', 999));
      await store.issue(record('used', 999));
      await store.consume('used', 'task-1', 'sato');
      await store.issue(record('new', 1_000));
      await store.expire(1_000);
      expect(await store.find('old')).toBeNull();
      expect(await store.find('used')).toBeNull();
      expect(await store.find('new')).toEqual(record('new', 1_000));
    });
  });
}
