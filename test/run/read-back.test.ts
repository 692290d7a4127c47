/** Ids of records whose commit was never answered: either exactly those that kintone gave, or none. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommitBatch, DataRequest } from '../../src/plan';
import { startRun } from '../../src/run';
import { createdRows } from '../../src/run/created-rows';
import { journalWriter } from '../../src/run/journal-writer';
import { type Landing, readBackIds } from '../../src/run/read-back';
import { MemoryKintone } from './memory-kintone';
import { askToStop, requestOf, settingsOf, sumFlow, TARGET, TARGET_FIELDS, type World, world } from './setup';
import { VirtualClock } from './virtual-clock';

const OTHER = '21';
const app = { appId: TARGET };
const source = { flowId: 'f', commandId: 'out', firstRow: 0 };

const adding = (keys: readonly string[], firstRow = 0, appId = TARGET): DataRequest => ({
  kind: 'add',
  app: { appId },
  rows: keys.map((key) => ({ fields: { key: { value: key }, total: { value: '1.0' } } })),
  source: { ...source, firstRow },
});

const batchOf = (...requests: readonly DataRequest[]): CommitBatch => ({
  flowId: 'f',
  requests,
  rowCount: requests.reduce((sum, request) => sum + request.rows.length, 0),
});

/** One app, one log app, and a clock; `sato` is the person whose run it is. */
function scene() {
  const clock = new VirtualClock();
  const kintone = new MemoryKintone();
  kintone.nowMs = () => clock.nowMs();
  kintone.addApp(TARGET, TARGET_FIELDS);
  kintone.addApp(OTHER, TARGET_FIELDS);
  const records = () => kintone.apps.get(TARGET)?.records ?? new Map();
  return {
    clock,
    kintone,
    records,
    add(login: string, keys: readonly string[]): void {
      kintone.login = login;
      kintone.put(
        TARGET,
        keys.map((key) => ({ key, total: '1' })),
      );
      kintone.login = 'sato';
    },
    /** The ids that kintone gives, and what the run record tells of the commit. */
    async commit(batch: CommitBatch): Promise<{ truth: readonly (readonly string[])[]; landing: Landing }> {
      const reply = await kintone.commitData(batch.requests);
      const atMs = Math.floor(clock.nowMs() / 60_000) * 60_000;
      return { truth: reply, landing: { by: 'sato', atMs, sentAtMs: clock.nowMs() } };
    },
    edit(id: string): void {
      const found = records().get(id);
      if (found !== undefined) records().set(id, { ...found, $revision: { value: '2' } });
    },
    readBack: (batch: CommitBatch, landing: Landing, known = createdRows()) =>
      readBackIds({ records: kintone.records, clock }, known, batch, landing),
  };
}

/** Everything older than the commit lies an hour back. */
async function afterAnHour(there: ReturnType<typeof scene>): Promise<void> {
  await there.clock.advance(3_600_000);
}

describe('ids of a commit without an answer', () => {
  it.each([
    ['an empty app', []],
    ['behind older records of the same person', ['sato', 'sato']],
    ['behind older records of others', ['suzuki']],
  ] as const)('are found in %s', async (_name, logins) => {
    const there = scene();
    for (const login of logins) there.add(login, ['old']);
    await afterAnHour(there);
    const batch = batchOf(adding(['a', 'b']), adding(['c'], 2));
    const { truth, landing } = await there.commit(batch);
    expect(await there.readBack(batch, landing)).toEqual(truth);
  });

  it('are found between records that others add at the same moment', async () => {
    const there = scene();
    there.add('suzuki', ['before']);
    const batch = batchOf(adding(['a', 'b']));
    const { truth, landing } = await there.commit(batch);
    there.add('suzuki', ['a', 'b']);
    expect(await there.readBack(batch, landing)).toEqual(truth);
  });

  it('are found behind those of the commit before it, in the same minute', async () => {
    const there = scene();
    const known = createdRows();
    const first = batchOf(adding(['a', 'b']));
    known.note(first, (await there.commit(first)).truth);
    const second = batchOf(adding(['a', 'b'], 2));
    const { truth, landing } = await there.commit(second);
    expect(await there.readBack(second, landing, known)).toEqual(truth);
  });

  it('are found although the commit deleted the newest records', async () => {
    const there = scene();
    there.add('sato', ['old 1', 'old 2']);
    await afterAnHour(there);
    const gone: DataRequest = {
      kind: 'delete',
      app,
      rows: [{ recordId: '2', revision: '1', before: {}, label: '' }],
      source,
    };
    const batch = batchOf(gone, adding(['a']));
    const { truth, landing } = await there.commit(batch);
    expect(await there.readBack(batch, landing)).toEqual(truth);
  });

  it('are found in each app by itself', async () => {
    const there = scene();
    const batch = batchOf(adding(['a']), adding(['a', 'b'], 0, OTHER));
    const { truth, landing } = await there.commit(batch);
    // Ambiguous in one app only.
    there.add('sato', ['a']);
    expect(await there.readBack(batch, landing)).toEqual([[], truth[1]]);
  });

  type Scene = ReturnType<typeof scene>;
  const unknown: readonly (readonly [
    string,
    (there: Scene, ids: readonly string[]) => void | Promise<void>,
  ])[] = [
    ['the same person added an equal record', (there) => there.add('sato', ['b'])],
    ['the same person added any record', (there) => there.add('sato', ['x'])],
    ['one of them was changed', (there, [id = '']) => there.edit(id)],
    ['one of them was deleted', (there, [id = '']) => void there.records().delete(id)],
    [
      'they were deleted and others like them added',
      (there, ids) => {
        for (const id of ids) there.records().delete(id);
        there.add('sato', ['a', 'b']);
      },
    ],
    ['the look comes late', (there) => there.clock.advance(120_001)],
  ];
  it.each(unknown)('stay unknown when %s', async (_name, meanwhile) => {
    const there = scene();
    there.add('suzuki', ['old']);
    await afterAnHour(there);
    const batch = batchOf(adding(['a', 'b']));
    const { truth, landing } = await there.commit(batch);
    await meanwhile(there, truth.flat());
    expect((await there.readBack(batch, landing)).flat()).toEqual([]);
  });

  it('stay unknown when a record before them is gone, because nobody knows whose it was', async () => {
    const there = scene();
    there.add('suzuki', ['old', 'gone']);
    there.records().delete('2');
    await afterAnHour(there);
    const batch = batchOf(adding(['a']));
    const { landing } = await there.commit(batch);
    expect((await there.readBack(batch, landing)).flat()).toEqual([]);
  });

  it('stay unknown when the session is not the one that wrote, or nothing tells who did', async () => {
    const there = scene();
    const batch = batchOf(adding(['a']));
    const { landing } = await there.commit(batch);
    expect((await there.readBack(batch, { ...landing, by: 'tanaka' })).flat()).toEqual([]);
    const ports = { records: there.kintone.records, clock: there.clock };
    expect(await readBackIds(ports, createdRows(), batch, null)).toEqual([]);
  });

  it('stay unknown when kintone stored another value than was sent', async () => {
    const there = scene();
    const batch = batchOf(adding(['a']));
    const { truth, landing } = await there.commit(batch);
    const [id = ''] = truth.flat();
    there.records().set(id, { ...there.records().get(id), total: { value: '2' } });
    expect((await there.readBack(batch, landing)).flat()).toEqual([]);
  });

  it('are right or unknown, whoever adds, changes and deletes records after the commit', async () => {
    const key = fc.constantFrom('a', 'b');
    const login = fc.constantFrom('sato', 'suzuki');
    const act = fc.oneof(
      fc.record({
        kind: fc.constant('add' as const),
        login,
        keys: fc.array(key, { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('delete' as const), at: fc.nat(8) }),
      fc.record({ kind: fc.constant('edit' as const), at: fc.nat(8) }),
    );
    const rows = fc.array(key, { minLength: 1, maxLength: 3 });
    let found = 0;
    const story = async (
      older: readonly string[],
      hasPause: boolean,
      requests: readonly (readonly string[])[],
      acts: readonly (typeof act extends fc.Arbitrary<infer T> ? T : never)[],
    ): Promise<void> => {
      const there = scene();
      there.add('sato', older);
      if (hasPause) await afterAnHour(there);
      const batch = batchOf(...requests.map((keys, index) => adding(keys, index * 3)));
      const { truth, landing } = await there.commit(batch);
      for (const one of acts) {
        // An equal record of the same minute in the place of a deleted one: what docs/reliability.md says is left.
        if (one.kind === 'delete' && older.length > 0 && !hasPause) continue;
        if (one.kind === 'add') there.add(one.login, one.keys);
        else {
          const id = [...there.records().keys()][one.at];
          if (id === undefined) continue;
          if (one.kind === 'delete') there.records().delete(id);
          else there.edit(id);
        }
      }
      const ids = await there.readBack(batch, landing);
      if (ids.flat().length === 0) return;
      found += 1;
      expect(ids).toEqual(truth);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(key, { maxLength: 3 }),
        fc.boolean(),
        fc.array(rows, { minLength: 1, maxLength: 2 }),
        fc.array(act, { maxLength: 3 }),
        story,
      ),
      { numRuns: 1_000 },
    );
    // Knowing nothing would be right every time as well.
    expect(found).toBeGreaterThan(100);
  });
});

describe('what the run record tells of a commit without an answer', () => {
  it.each([
    ['who wrote it, and when', () => undefined, { by: expect.any(String) }],
    ['nothing, once somebody else has written into it', (there: World) => askToStop(there, 'Boss'), null],
  ])('%s', async (_name, meanwhile, expected) => {
    const there = world();
    const settings = settingsOf([sumFlow('f1', 'append')], { confirm: 'never' });
    const ports = there.tab('t1');
    await there.clock.until(startRun(ports, requestOf(settings), new Map()).ended);
    const entry = there.kintone.entries.get('1');
    if (entry === undefined) throw new Error('no run record');
    there.kintone.entries.set('1', { ...entry, endedAtMs: null, owner: 'own' });
    const { journalId, revision, transitions } = entry;
    const journal = journalWriter(ports, { journalId, revision, owner: 'own', transitions });
    there.kintone.faults.push('lost after');
    there.kintone.afterCommit = () => meanwhile(there);
    const outcome = await journal.write({ cursor: 4 }, [adding(['z'])]);
    expect(outcome).toMatchObject({ kind: 'committed', reply: null });
    const landing = outcome.kind === 'committed' ? outcome.landing : undefined;
    if (expected === null) expect(landing).toBeNull();
    else expect(landing).toMatchObject(expected);
  });
});
