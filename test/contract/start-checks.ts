/** What starts that are refused, wait or are switched off assume about kintone. */
import type { ContractApps } from './apps';
import type { Check } from './check';
import { attempt, codeOf, newKey, newRun, same } from './tries';

const PATH = '/k/v1/records.json';

export const START_CHECKS: readonly Check[] = [
  {
    id: 'unique key by update',
    assumption: 'of many records that are given one unique value at the same instant exactly one gets it',
    knownAs: 'unverified',
    async run(apps, { rounds, simultaneous }) {
      let wrong = 0;
      const losers = new Set<string>();
      const fields = new Set<string>();
      for (let round = 0; round < rounds; round += 1) {
        const key = newKey();
        const waiting = await Promise.all(Array.from({ length: simultaneous }, () => newRun(apps)));
        const replies = await Promise.all(waiting.map((run) => attempt(() => putLock(apps, run, key))));
        wrong += replies.filter(({ ok }) => ok).length === 1 ? 0 : 1;
        for (const reply of replies.filter(({ ok }) => !ok)) {
          losers.add(codeOf(reply));
          for (const error of reply.errors) fields.add(error.includes('lock_key') ? 'lock_key' : error);
        }
      }
      return {
        holds: wrong === 0,
        seen: `${rounds} rounds of ${simultaneous}: ${wrong} without exactly one; losers ${[...losers].join(', ')}, named ${[...fields].join(', ')}`,
      };
    },
  },
  {
    id: 'unique key freed',
    assumption: 'a unique value that one update has given back can be taken by the next update at once',
    knownAs: 'unverified',
    async run(apps, { rounds }) {
      let refused = 0;
      for (let round = 0; round < rounds; round += 1) {
        const key = newKey();
        const first = await newRun(apps, key);
        const second = await newRun(apps);
        await putLock(apps, first, '');
        const taken = await attempt(() => putLock(apps, second, key));
        const back = await attempt(() => putLock(apps, { ...first, revision: '2' }, key));
        refused += taken.ok && !back.ok ? 0 : 1;
      }
      return { holds: refused === 0, seen: `${rounds} rounds, ${refused} otherwise` };
    },
  },
  {
    id: 'key of a unit that is off',
    assumption: 'a unique text may hold a colon ("off:<unit>"), is found by in, and is exact',
    knownAs: 'unverified',
    async run(apps) {
      const unit = newKey();
      await newRun(apps, `off:${unit}`);
      await newRun(apps, unit);
      const find = async (keys: readonly string[]): Promise<number> => {
        const query = `lock_key in (${keys.map((key) => `"${key}"`).join(', ')}) limit 10`;
        return (await apps.client.record.getRecords({ app: apps.log, query })).records.length;
      };
      return same(
        { both: await find([unit, `off:${unit}`]), off: await find([`off:${unit}`]) },
        { both: 2, off: 1 },
      );
    },
  },
  {
    id: 'line in one request',
    assumption:
      'conditions joined by or within parentheses, with in and >=, are answered in the order asked for',
    knownAs: 'documented',
    async run(apps) {
      const unit = newKey();
      const made: string[] = [];
      for (const change of [
        { state_reason: { value: 'queued' } },
        { lock_key: { value: unit } },
        { start_epoch: { value: '1795230045.817' } },
        { state_reason: { value: 'done' }, start_epoch: { value: '1' } },
      ]) {
        const record = { run_key: { value: newKey() }, execution_unit_Id: { value: unit }, ...change };
        made.push((await apps.client.record.addRecord({ app: apps.log, record })).id);
      }
      const wanted = `start_epoch >= 1795230045.000 or state_reason in ("queued") or lock_key in ("${unit}", "off:${unit}")`;
      const query = `execution_unit_Id = "${unit}" and (${wanted}) order by $id desc limit 500`;
      const { records } = await apps.client.record.getRecords({ app: apps.log, query });
      const ids = records.map((record) => String(record['$id']?.value));
      return same({ ids: ids.join() }, { ids: made.slice(0, 3).reverse().join() });
    },
  },
  {
    id: 'ids in order',
    assumption: 'record ids grow: of simultaneous additions each is seen by everybody whose own id is higher',
    knownAs: 'observed',
    async run(apps, { rounds, simultaneous }) {
      let missed = 0;
      for (let round = 0; round < rounds; round += 1) {
        const note = newKey();
        const looks = await Promise.all(
          Array.from({ length: simultaneous }, async () => {
            const record = { key: { value: newKey() }, note: { value: note } };
            const { id } = await apps.client.record.addRecord({ app: apps.data, record });
            const query = `note = "${note}" limit 500`;
            const { records } = await apps.client.record.getRecords({ app: apps.data, query });
            return { id: Number(id), seen: records.map((one) => Number(one['$id']?.value)) };
          }),
        );
        for (const { id, seen } of looks)
          missed += looks.filter((other) => other.id < id && !seen.includes(other.id)).length;
      }
      return { holds: missed === 0, seen: `${rounds} rounds of ${simultaneous}: ${missed} missed` };
    },
  },
];

/** A compare-and-set of the key that one owner of a unit holds. */
const lockPut = (
  apps: ContractApps,
  run: { readonly id: string; readonly revision: string },
  key: string,
) => ({
  method: 'PUT' as const,
  api: PATH,
  payload: {
    app: apps.log,
    records: [{ id: run.id, revision: run.revision, record: { lock_key: { value: key } } }],
  },
});

const putLock = (
  apps: ContractApps,
  run: { readonly id: string; readonly revision: string },
  key: string,
): Promise<unknown> => apps.client.bulkRequest({ requests: [lockPut(apps, run, key)] });
