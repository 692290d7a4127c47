/** R9: what every journal must do, whatever keeps its records. One suite for all of them. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { AppRef } from '../../src/definition/types';
import type { DataRequest } from '../../src/plan';
import {
  type CommitReply,
  type CreateReply,
  type JournalEntry,
  type JournalPort,
  type NewRunEntry,
  offKey,
} from '../../src/run';
import { runEntry } from './run-entry';

export interface JournalFixture {
  readonly journal: JournalPort;
  /** An app with a text field `key` and a number field `total`, empty. */
  readonly app: AppRef;
  /** Values of `key` in id order, and the revision of each record. */
  rows(): Promise<readonly { readonly key: string; readonly revision: string }[]>;
  /** What happens to the next commit that carries data. */
  disturb(how: 'reply lost' | 'request lost' | 'delivered twice' | 'busy'): void;
}

const UNIT_ID = 'cccccccccccccc';
let made = 0;

const newRun = (change: Partial<NewRunEntry> = {}): NewRunEntry => {
  made += 1;
  return runEntry({
    runId: `${UNIT_ID}:press-${made}`,
    unitId: UNIT_ID,
    lockKey: UNIT_ID,
    unitName: 'monthly',
    callingAppId: '40',
    callingRecordId: '1',
    user: { code: 'sato', name: 'Sato' },
    startedAtMs: Date.UTC(2026, 10, 21, 3, 0, 0, 123),
    owner: `b1:owner-${made}`,
    definitionHash: 'hash',
    ...change,
  });
};

function created(reply: CreateReply): { readonly journalId: string; readonly revision: string } {
  if (reply.kind !== 'created') throw new Error(`not created: ${JSON.stringify(reply)}`);
  return reply;
}

function committed(reply: CommitReply): Extract<CommitReply, { kind: 'committed' }> {
  if (reply.kind !== 'committed') throw new Error(`not committed: ${JSON.stringify(reply)}`);
  return reply;
}

function entryIn(entry: JournalEntry | null): JournalEntry {
  if (entry === null) throw new Error('no entry');
  return entry;
}

const source = { flowId: 'f1', commandId: 'out', firstRow: 0 };

export function journalSuite(name: string, make: () => Promise<JournalFixture>): void {
  describe(`journal: ${name}`, () => {
    let there: JournalFixture;
    beforeEach(async () => {
      there = await make();
    });

    const adding = (...keys: readonly string[]): DataRequest => ({
      kind: 'add',
      app: there.app,
      source,
      rows: keys.map((key) => ({ fields: { key: { value: key }, total: { value: '1' } } })),
    });
    const changing = (recordId: string, revision: string, key: string): DataRequest => ({
      kind: 'update',
      app: there.app,
      source,
      rows: [{ recordId, revision, fields: { key: { value: key } }, before: {}, label: '' }],
    });
    const keys = async (): Promise<readonly string[]> => (await there.rows()).map((row) => row.key);
    const start = async (change: Partial<NewRunEntry> = {}) =>
      created(await there.journal.create(newRun(change)));

    describe('create', () => {
      it('keeps what it was given', async () => {
        const run = newRun();
        const { journalId, revision } = created(await there.journal.create(run));
        const entry = entryIn(await there.journal.read(journalId));
        expect(entry).toMatchObject({ ...run, journalId, revision, endedAtMs: null, cursor: 0, nonce: '' });
        expect(await there.journal.byRunId(run.runId)).toMatchObject({ journalId });
      });

      it('one press makes one run', async () => {
        const run = newRun();
        await there.journal.create(run);
        expect(await there.journal.create({ ...run, lockKey: '' })).toEqual({ kind: 'duplicateRun' });
        expect(await there.journal.create({ ...run, owner: 'b2:other' })).toEqual({ kind: 'duplicateRun' });
      });

      it('one lock has one owner; blank locks never collide', async () => {
        const { journalId } = await start();
        expect(await there.journal.create(newRun())).toEqual({ kind: 'locked' });
        for (let more = 0; more < 3; more += 1) await start({ lockKey: '' });
        await start({ lockKey: 'dddddddddddddd' });
        expect(await there.journal.holder(UNIT_ID)).toMatchObject({ journalId });
      });

      it('of 20 at the same instant one gets the lock', async () => {
        const replies = await Promise.all(Array.from({ length: 20 }, () => there.journal.create(newRun())));
        expect(replies.filter((reply) => reply.kind === 'created')).toHaveLength(1);
        expect(replies.filter((reply) => reply.kind === 'locked')).toHaveLength(19);
      });

      it('of 20 with the same press one becomes a run', async () => {
        const run = newRun({ lockKey: '' });
        const replies = await Promise.all(Array.from({ length: 20 }, () => there.journal.create(run)));
        expect(replies.filter((reply) => reply.kind === 'created')).toHaveLength(1);
        expect(replies.filter((reply) => reply.kind === 'duplicateRun')).toHaveLength(19);
      });

      it('a lock that was given up can be taken again', async () => {
        const { journalId, revision } = await start();
        committed(await there.journal.commit({ journalId, revision, patch: { lockKey: '' }, requests: [] }));
        expect(await there.journal.holder(UNIT_ID)).toBeNull();
        await start();
      });
    });

    describe('finding', () => {
      it('a record without a lock can take it later, once it is free', async () => {
        const holder = await start();
        const { journalId, revision } = await start({ lockKey: '' });
        const take = () =>
          there.journal.commit({ journalId, revision, patch: { lockKey: UNIT_ID }, requests: [] });
        expect(await take()).toMatchObject({
          kind: 'refused',
          refusal: { code: 'CB_VA01', rows: [{ field: 'lock_key' }] },
        });
        committed(await there.journal.commit({ ...holder, patch: { lockKey: '' }, requests: [] }));
        committed(await take());
        expect(await there.journal.holder(UNIT_ID)).toMatchObject({ journalId });
      });

      it('says null for what is not there', async () => {
        expect(await there.journal.read('999999')).toBeNull();
        expect(await there.journal.holder('eeeeeeeeeeeeee')).toBeNull();
        expect(await there.journal.byRunId('nothing')).toBeNull();
      });

      it('lists the starts of a unit since an instant, exact to the millisecond, newest first', async () => {
        const at = (startedAtMs: number, unitId = UNIT_ID) => start({ lockKey: '', unitId, startedAtMs });
        const since = Date.UTC(2026, 10, 21, 3, 0, 0, 500);
        await at(since - 1);
        await at(since);
        await at(since + 1);
        await at(since + 2, 'dddddddddddddd');
        const found = await there.journal.startedSince(UNIT_ID, since, 10);
        expect(found.map((entry) => entry.startedAtMs - since)).toEqual([1, 0]);
        const one = await there.journal.startedSince(UNIT_ID, since - 10, 1);
        expect(one.map((entry) => entry.startedAtMs - since)).toEqual([1]);
      });
    });

    describe('the input of last time', () => {
      it("is that of the user's own starts of the unit, newest first", async () => {
        await start({ lockKey: '', input: { a: '1' } });
        await start({ lockKey: '', input: {} });
        await start({ lockKey: '', input: { a: '2' }, user: { code: 'someone', name: 'Someone' } });
        await start({ lockKey: '', input: { a: '3' } });
        const code = 'sato';
        expect(await there.journal.lastInputs(UNIT_ID, code, 5)).toEqual([{ a: '3' }, {}, { a: '1' }]);
        expect(await there.journal.lastInputs(UNIT_ID, code, 1)).toEqual([{ a: '3' }]);
        expect(await there.journal.lastInputs('zzzzzzzzzzzzzz', code, 5)).toEqual([]);
      });
    });

    describe('plans', () => {
      it('of older runs of the unit are found, newest first, and can be taken off by revision', async () => {
        const withPlan = async (unitId = UNIT_ID): Promise<string> => {
          const { journalId, revision } = await start({ lockKey: '', unitId });
          const key = await there.journal.upload('plan-0-1.json.gz', new Uint8Array([1, 2]));
          const patch = { planFileKeys: [key], planHash: 'abc', endedAtMs: Date.UTC(2026, 10, 21, 4) };
          committed(await there.journal.commit({ journalId, revision, patch, requests: [] }));
          return journalId;
        };
        const first = await withPlan();
        const second = await withPlan();
        await start({ lockKey: '' });
        await withPlan('dddddddddddddd');
        const last = await withPlan();
        // A run that began later and has failed already: none of this run's business.
        await withPlan();
        const found = await there.journal.keepingPlans(UNIT_ID, last, 10);
        expect(found.map((entry) => entry.journalId)).toEqual([second, first]);
        expect(await there.journal.keepingPlans(UNIT_ID, last, 1)).toHaveLength(1);
        const [newest] = found;
        if (newest === undefined) throw new Error('none found');
        expect(newest).toMatchObject({ planFiles: [{ name: 'plan-0-1.json.gz' }] });
        expect(newest.endedAtMs).not.toBeNull();
        const { journalId, revision } = newest;
        const patch = { planFileKeys: [], planHash: '' };
        committed(await there.journal.commit({ journalId, revision, patch, requests: [] }));
        expect((await there.journal.commit({ journalId, revision, patch, requests: [] })).kind).toBe(
          'refused',
        );
        expect(await there.journal.read(second)).toMatchObject({ planFiles: [], planHash: '' });
        const left = await there.journal.keepingPlans(UNIT_ID, last, 10);
        expect(left.map((entry) => entry.journalId)).toEqual([first]);
      });
    });

    describe('the line of a unit', () => {
      it('is read with the holder, those who wait, the switch and the starts since, and nothing else', async () => {
        const since = Date.UTC(2026, 10, 21, 3, 0, 0, 500);
        const old = { startedAtMs: since - 100_000 };
        await start({ lockKey: '', ...old });
        const holder = await start({ ...old });
        const waiter = await start({ lockKey: '', reason: 'queued', priority: 7, ...old });
        const off = await start({ lockKey: offKey(UNIT_ID), reason: 'switchedOff', ...old });
        const recent = await start({ lockKey: '', startedAtMs: since });
        await start({ lockKey: '', unitId: 'dddddddddddddd', reason: 'queued' });
        const ids = [recent, off, waiter, holder].map((one) => one.journalId);
        const found = await there.journal.startsOf(UNIT_ID, since, 10);
        expect(found.map((one) => one.journalId)).toEqual(ids);
        expect(found[2]).toMatchObject({
          reason: 'queued',
          priority: 7,
          lockKey: '',
          startedAtMs: old.startedAtMs,
          endedAtMs: null,
          revision: waiter.revision,
          user: { code: 'sato', name: 'Sato' },
        });
        const line = await there.journal.startsOf(UNIT_ID, null, 10);
        expect(line.map((one) => one.journalId)).toEqual(ids.slice(1));
        expect(await there.journal.startsOf(UNIT_ID, since, 1)).toHaveLength(1);
      });

      it('a record takes the free lock by a compare-and-set; a held one is refused and named', async () => {
        const holder = await start();
        const waiter = await start({ lockKey: '', reason: 'queued' });
        const take = { ...waiter, patch: { lockKey: UNIT_ID, nonce: 'n1' }, requests: [] };
        expect(await there.journal.commit(take)).toMatchObject({
          kind: 'refused',
          refusal: { code: 'CB_VA01', rows: [{ field: 'lock_key' }] },
        });
        expect(entryIn(await there.journal.read(waiter.journalId))).toMatchObject({ lockKey: '', nonce: '' });
        committed(await there.journal.commit({ ...holder, patch: { lockKey: '' }, requests: [] }));
        committed(await there.journal.commit(take));
        expect(await there.journal.holder(UNIT_ID)).toMatchObject({ journalId: waiter.journalId });
      });

      it('of 20 that take the lock at the same instant one gets it', async () => {
        const line = await Promise.all(
          Array.from({ length: 20 }, () => start({ lockKey: '', reason: 'queued' })),
        );
        const replies = await Promise.all(
          line.map((one) => there.journal.commit({ ...one, patch: { lockKey: UNIT_ID }, requests: [] })),
        );
        expect(replies.filter((reply) => reply.kind === 'committed')).toHaveLength(1);
      });
    });

    describe('commit', () => {
      it('changes only what the patch names, and moves the revision', async () => {
        const { journalId, revision } = await start();
        const reply = committed(
          await there.journal.commit({
            journalId,
            revision,
            patch: { state: 'Running', reason: 'writing', cursor: 7, rowsPlanned: 9, nonce: 'n1' },
            requests: [],
          }),
        );
        expect(reply.revision).not.toBe(revision);
        const entry = entryIn(await there.journal.read(journalId));
        expect(entry).toMatchObject({
          revision: reply.revision,
          state: 'Running',
          reason: 'writing',
          cursor: 7,
          rowsPlanned: 9,
          nonce: 'n1',
          lockKey: UNIT_ID,
          user: { code: 'sato', name: 'Sato' },
        });
      });

      it('writes journal and rows together and answers the new ids', async () => {
        const { journalId, revision } = await start();
        const reply = committed(
          await there.journal.commit({
            journalId,
            revision,
            patch: { cursor: 3, nonce: 'n1' },
            requests: [adding('a', 'b'), adding('c')],
          }),
        );
        expect(reply.createdIds.map((ids) => ids.length)).toEqual([2, 1]);
        expect(await keys()).toEqual(['a', 'b', 'c']);
        expect(entryIn(await there.journal.read(journalId)).cursor).toBe(3);
      });

      it('refuses a stale revision in full: nothing of it is written', async () => {
        const { journalId, revision } = await start();
        const patch = { cursor: 1, nonce: 'n1' };
        committed(await there.journal.commit({ journalId, revision, patch, requests: [adding('a')] }));
        const stale = { cursor: 2, nonce: 'n2' };
        const reply = await there.journal.commit({
          journalId,
          revision,
          patch: stale,
          requests: [adding('b')],
        });
        expect(reply).toMatchObject({ kind: 'refused', refusal: { code: 'GAIA_CO02', requestIndex: 0 } });
        expect(await keys()).toEqual(['a']);
        expect(entryIn(await there.journal.read(journalId))).toMatchObject({ cursor: 1, nonce: 'n1' });
      });

      it('refuses a stale row in full and says which request: neither journal nor other rows move', async () => {
        const { journalId, revision } = await start();
        const first = committed(
          await there.journal.commit({
            journalId,
            revision,
            patch: { cursor: 1, nonce: 'n1' },
            requests: [adding('a')],
          }),
        );
        const id = first.createdIds[0]?.[0] ?? '';
        const reply = await there.journal.commit({
          journalId,
          revision: first.revision,
          patch: { cursor: 3, nonce: 'n2' },
          requests: [adding('b'), changing(id, '99', 'a2')],
        });
        expect(reply).toMatchObject({ kind: 'refused', refusal: { code: 'GAIA_CO02', requestIndex: 2 } });
        expect(await keys()).toEqual(['a']);
        const entry = entryIn(await there.journal.read(journalId));
        expect(entry).toMatchObject({ cursor: 1, nonce: 'n1', revision: first.revision });
      });

      it('of 20 takeovers at the same instant one succeeds', async () => {
        const { journalId, revision } = await start();
        const replies = await Promise.all(
          Array.from({ length: 20 }, (_unused, index) =>
            there.journal.commit({
              journalId,
              revision,
              patch: { owner: `b${index}:x`, nonce: `n${index}` },
              requests: [],
            }),
          ),
        );
        expect(replies.filter((reply) => reply.kind === 'committed')).toHaveLength(1);
        const winner = replies.findIndex((reply) => reply.kind === 'committed');
        expect(entryIn(await there.journal.read(journalId)).owner).toBe(`b${winner}:x`);
      });
    });

    describe('commit, disturbed', () => {
      const attempt = async (how: Parameters<JournalFixture['disturb']>[0]) => {
        const { journalId, revision } = await start();
        there.disturb(how);
        const reply = await there.journal.commit({
          journalId,
          revision,
          patch: { cursor: 1, nonce: 'n1' },
          requests: [adding('a')],
        });
        return { reply, entry: entryIn(await there.journal.read(journalId)), revision };
      };

      it('a lost reply is "unknown", and the journal tells that it happened', async () => {
        const { reply, entry } = await attempt('reply lost');
        expect(reply.kind).toBe('unknown');
        expect(entry).toMatchObject({ cursor: 1, nonce: 'n1' });
        expect(await keys()).toEqual(['a']);
      });

      it('a lost request is "unknown", and the journal tells that it did not happen', async () => {
        const { reply, entry, revision } = await attempt('request lost');
        expect(reply.kind).toBe('unknown');
        expect(entry).toMatchObject({ cursor: 0, nonce: '', revision });
        expect(await keys()).toEqual([]);
      });

      it('delivered twice, it happens once', async () => {
        const { reply, entry } = await attempt('delivered twice');
        expect(reply).toMatchObject({ kind: 'refused', refusal: { code: 'GAIA_CO02', requestIndex: 0 } });
        expect(entry).toMatchObject({ cursor: 1, nonce: 'n1' });
        expect(await keys()).toEqual(['a']);
      });

      it('turned away for being busy, nothing has happened', async () => {
        const { reply, entry } = await attempt('busy');
        expect(reply).toMatchObject({ kind: 'refused', refusal: { code: 'GAIA_TO04' } });
        expect(entry.cursor).toBe(0);
        expect(await keys()).toEqual([]);
      });
    });

    describe('files', () => {
      it('are attached by a commit and come back unchanged, also beside later ones', async () => {
        const { journalId, revision } = await start();
        const bytes = [new Uint8Array([0, 255, 1, 254]), new Uint8Array([7])];
        const first = await there.journal.upload('plan-0-1.json.gz', bytes[0] as Uint8Array);
        const one = committed(
          await there.journal.commit({ journalId, revision, patch: { planFileKeys: [first] }, requests: [] }),
        );
        const attached = entryIn(await there.journal.read(journalId)).planFiles;
        expect(attached.map((file) => file.name)).toEqual(['plan-0-1.json.gz']);
        const second = await there.journal.upload('plan-5-1.json.gz', bytes[1] as Uint8Array);
        const planFileKeys = [...attached.map((file) => file.fileKey), second];
        committed(
          await there.journal.commit({
            journalId,
            revision: one.revision,
            patch: { planFileKeys },
            requests: [],
          }),
        );
        const files = entryIn(await there.journal.read(journalId)).planFiles;
        const loaded = await Promise.all(files.map((file) => there.journal.download(file)));
        expect(loaded.map((file) => [...file])).toEqual(bytes.map((file) => [...file]));
      });
    });
  });
}
