/** What the product assumes about kintone, each as something that can be tried. */
import { ACTION, type ContractApps } from './apps';
import type { Check } from './check';
import { START_CHECKS } from './start-checks';
import { attempt, codeOf, fill, keysIn, newKey, newRun, same } from './tries';

const PATH = '/k/v1/records.json';
const MANY_VALUES = 1_000;
const COMMIT_ROWS = 1_900;

const journalPut = (apps: ContractApps, id: string, revision: string, nonce: string) => ({
  method: 'PUT' as const,
  api: PATH,
  payload: { app: apps.log, records: [{ id, revision, record: { write_nonce: { value: nonce } } }] },
});

const dataPost = (apps: ContractApps, keys: readonly string[]) => ({
  method: 'POST' as const,
  api: PATH,
  payload: { app: apps.data, records: keys.map((key) => ({ key: { value: key } })) },
});

const nonceOf = async (apps: ContractApps, id: string): Promise<string> =>
  String((await apps.client.record.getRecord({ app: apps.log, id })).record['write_nonce']?.value);

export const CHECKS: readonly Check[] = [
  {
    id: 'rollback',
    assumption: 'a refused row takes the journal and all other rows of its bulkRequest back',
    knownAs: 'documented',
    async run(apps) {
      const { id, revision } = await newRun(apps);
      const taken = newKey();
      await fill(apps, [taken]);
      const fresh = newKey();
      const requests = [
        journalPut(apps, id, revision, 'n1'),
        dataPost(apps, [fresh]),
        dataPost(apps, [taken]),
      ];
      const refused = await attempt(() => apps.client.bulkRequest({ requests }));
      const nonce = await nonceOf(apps, id);
      const left = await keysIn(apps, [fresh]);
      return same(
        { code: codeOf(refused), index: refused.index, nonce, rows: left.length },
        { code: 'CB_VA01', index: 2, nonce: '', rows: 0 },
      );
    },
  },
  {
    id: 'stale journal',
    assumption: 'a bulkRequest whose journal has an old revision is refused as a whole with GAIA_CO02 at 0',
    knownAs: 'documented',
    async run(apps) {
      const { id, revision } = await newRun(apps);
      await apps.client.bulkRequest({ requests: [journalPut(apps, id, revision, 'n1')] });
      const key = newKey();
      const requests = [journalPut(apps, id, revision, 'n2'), dataPost(apps, [key])];
      const refused = await attempt(() => apps.client.bulkRequest({ requests }));
      const rows = (await keysIn(apps, [key])).length;
      return same(
        { code: codeOf(refused), index: refused.index, nonce: await nonceOf(apps, id), rows },
        { code: 'GAIA_CO02', index: 0, nonce: 'n1', rows: 0 },
      );
    },
  },
  {
    id: 'stale row',
    assumption: 'an old revision of a row is told as GAIA_CO02 with the position of its request',
    knownAs: 'observed',
    async run(apps) {
      const { id, revision } = await newRun(apps);
      const [row] = await fill(apps, [newKey()]);
      const stale = { id: row?.id, revision: '99', record: { note: { value: 'x' } } };
      const requests = [
        journalPut(apps, id, revision, 'n1'),
        dataPost(apps, [newKey()]),
        { method: 'PUT' as const, api: PATH, payload: { app: apps.data, records: [stale] } },
      ];
      const refused = await attempt(() => apps.client.bulkRequest({ requests }));
      return same(
        { code: codeOf(refused), index: refused.index, nonce: await nonceOf(apps, id) },
        { code: 'GAIA_CO02', index: 2, nonce: '' },
      );
    },
  },
  {
    id: 'stale delete',
    assumption: 'a deletion with an old revision is refused with GAIA_CO02',
    knownAs: 'documented',
    async run(apps) {
      const [row] = await fill(apps, [newKey()]);
      const refused = await attempt(() =>
        apps.client.record.deleteRecords({ app: apps.data, ids: [row?.id ?? ''], revisions: ['99'] }),
      );
      return same({ code: codeOf(refused) }, { code: 'GAIA_CO02' });
    },
  },
  {
    id: '20 requests',
    assumption: 'a bulkRequest takes 20 requests and refuses 21',
    knownAs: 'documented',
    async run(apps) {
      const requests = (count: number) => Array.from({ length: count }, () => dataPost(apps, [newKey()]));
      const twenty = await attempt(() => apps.client.bulkRequest({ requests: requests(20) }));
      // The client refuses 21 by itself only for its own helpers; this goes out as it is.
      const more = await attempt(() => apps.client.bulkRequest({ requests: requests(21) }));
      return same({ twenty: twenty.ok, more: more.ok }, { twenty: true, more: false });
    },
  },
  {
    id: 'largest commit',
    assumption: 'a commit of 1,900 rows and the journal is carried out',
    knownAs: 'observed',
    async run(apps) {
      const { id, revision } = await newRun(apps);
      const keys = Array.from({ length: COMMIT_ROWS }, newKey);
      const parts = Array.from({ length: 19 }, (_unused, index) =>
        keys.slice(index * 100, index * 100 + 100),
      );
      const requests = [journalPut(apps, id, revision, 'n1'), ...parts.map((part) => dataPost(apps, part))];
      const startedMs = performance.now();
      const reply = await attempt(() => apps.client.bulkRequest({ requests }));
      const tookMs = Math.round(performance.now() - startedMs);
      return { holds: reply.ok, seen: `${reply.ok ? 'carried out' : codeOf(reply)} in ${tookMs} ms` };
    },
  },
  {
    id: 'unique length',
    assumption: 'a unique text takes 64 characters and refuses 65 with CB_VA01',
    knownAs: 'observed',
    async run(apps) {
      const long = await attempt(() => fill(apps, [newKey().padEnd(64, 'x')]));
      const longer = await attempt(() => fill(apps, [newKey().padEnd(65, 'x')]));
      return same({ long: long.ok, longer: codeOf(longer) }, { long: true, longer: 'CB_VA01' });
    },
  },
  {
    id: 'blank unique',
    assumption: 'several records may have a blank unique field',
    knownAs: 'observed',
    async run(apps) {
      const reply = await attempt(() => fill(apps, ['', '', '']));
      return same({ ok: reply.ok }, { ok: true });
    },
  },
  {
    id: 'duplicate names its field',
    assumption:
      'a duplicate is CB_VA01 and names the field; of two duplicate fields run_key is among those named',
    knownAs: 'unverified',
    async run(apps) {
      const first = await newRun(apps, 'lock-a');
      const again = await attempt(() => newRun(apps, 'lock-a', first.runKey));
      const fields = again.errors.map((key) => key.split('.').find((part) => part.endsWith('_key')) ?? key);
      return {
        holds: codeOf(again) === 'CB_VA01' && fields.includes('run_key'),
        seen: `${codeOf(again)}: ${fields.join(', ')}`,
      };
    },
  },
  {
    id: 'simultaneous insert',
    assumption: 'of many additions of one unique value at the same instant exactly one survives',
    knownAs: 'observed',
    async run(apps, { rounds, simultaneous }) {
      const survivors: number[] = [];
      const codes = new Map<string, number>();
      for (let round = 0; round < rounds; round += 1) {
        const key = newKey();
        const replies = await Promise.all(
          Array.from({ length: simultaneous }, () => attempt(() => fill(apps, [key]))),
        );
        for (const reply of replies.filter(({ ok }) => !ok)) {
          codes.set(codeOf(reply), (codes.get(codeOf(reply)) ?? 0) + 1);
        }
        survivors.push((await keysIn(apps, [key])).length);
      }
      const wrong = survivors.filter((count) => count !== 1).length;
      const losers = [...codes].map(([code, count]) => `${code} ${count}`).join(', ');
      return {
        holds: wrong === 0,
        seen: `${rounds} rounds of ${simultaneous}: ${wrong} without exactly one survivor; losers ${losers}`,
      };
    },
  },
  {
    id: 'simultaneous takeover',
    assumption: 'of many updates with the same revision at the same instant exactly one succeeds',
    knownAs: 'documented',
    async run(apps, { rounds, simultaneous }) {
      let wrong = 0;
      const codes = new Set<string>();
      for (let round = 0; round < rounds; round += 1) {
        const { id, revision } = await newRun(apps);
        const replies = await Promise.all(
          Array.from({ length: simultaneous }, (_unused, index) =>
            attempt(() =>
              apps.client.bulkRequest({ requests: [journalPut(apps, id, revision, `n${index}`)] }),
            ),
          ),
        );
        wrong += replies.filter(({ ok }) => ok).length === 1 ? 0 : 1;
        for (const reply of replies.filter(({ ok }) => !ok)) codes.add(codeOf(reply));
      }
      return {
        holds: wrong === 0,
        seen: `${rounds} rounds of ${simultaneous}: ${wrong} without exactly one winner; losers ${[...codes].join(', ')}`,
      };
    },
  },
  {
    id: 'revisions',
    assumption: 'a new record has revision 1, an update adds 1, a process action adds 2',
    knownAs: 'observed',
    async run(apps) {
      const { client, data } = apps;
      const [row] = await fill(apps, [newKey()]);
      const id = row?.id ?? '';
      const put = await client.record.updateRecords({
        app: data,
        records: [{ id, revision: '1', record: { note: { value: 'x' } } }],
      });
      const acted = await attempt(() =>
        client.record.updateRecordsStatus({ app: data, records: [{ id, action: ACTION }] }),
      );
      const { record } = await client.record.getRecord({ app: data, id });
      return same(
        {
          added: row?.revision,
          updated: put.records[0]?.revision,
          acted: acted.ok,
          end: record['$revision']?.value,
        },
        { added: '1', updated: '2', acted: true, end: '4' },
      );
    },
  },
  {
    id: 'minutes',
    assumption: 'times are kept to the minute',
    knownAs: 'documented',
    async run(apps) {
      const { client, data } = apps;
      const { id } = await client.record.addRecord({
        app: data,
        record: { at: { value: '2026-11-22T01:02:33Z' } },
      });
      const { record } = await client.record.getRecord({ app: data, id });
      return same({ at: record['at']?.value }, { at: '2026-11-22T01:02:00Z' });
    },
  },
  {
    id: 'number precision',
    assumption: 'a number is rounded to the decimal places of the app when it is stored (4 unless changed)',
    knownAs: 'observed',
    async run(apps) {
      const { client, data } = apps;
      const { id } = await client.record.addRecord({ app: data, record: { total: { value: '0.123456' } } });
      const { record } = await client.record.getRecord({ app: data, id });
      return same({ total: record['total']?.value }, { total: '0.1235' });
    },
  },
  {
    id: 'read your write',
    assumption: 'a value can be found by = and in directly after it was written',
    knownAs: 'observed',
    async run(apps, { rounds }) {
      let missed = 0;
      for (let round = 0; round < rounds; round += 1) {
        const key = newKey();
        await fill(apps, [key]);
        const query = `key = "${key}"`;
        const { records } = await apps.client.record.getRecords({ app: apps.data, query });
        missed += records.length === 1 && (await keysIn(apps, [key])).length === 1 ? 0 : 1;
      }
      return { holds: missed === 0, seen: `${rounds} rounds, ${missed} missed` };
    },
  },
  {
    id: 'in with many values',
    assumption: 'a query with 200 values in one "in" finds them all (kintone states no limit)',
    knownAs: 'observed',
    async run(apps) {
      const keys = Array.from({ length: 200 }, newKey);
      await fill(apps, keys.slice(0, 100));
      await fill(apps, keys.slice(100));
      const found = (await keysIn(apps, keys)).length;
      const strangers = Array.from({ length: MANY_VALUES - keys.length }, newKey);
      const more = await attempt(() => keysIn(apps, [...keys, ...strangers]));
      return {
        holds: found === keys.length,
        seen: `200 values find ${found}; ${MANY_VALUES} values: ${more.ok ? 'accepted' : codeOf(more)}`,
      };
    },
  },
  {
    id: 'files',
    assumption: 'a file can be attached inside a bulkRequest, and the key it has then keeps it attached',
    knownAs: 'observed',
    async run(apps) {
      const { client, data } = apps;
      const [row] = await fill(apps, [newKey()]);
      const bytes = Buffer.from([0, 255, 1, 254]);
      const { fileKey } = await client.file.uploadFile({ file: { name: 'plan-0-1.json.gz', data: bytes } });
      const put = (key: string) => ({
        method: 'PUT' as const,
        api: PATH,
        payload: {
          app: data,
          records: [{ id: row?.id, record: { file: { value: [{ fileKey: key }] } } }],
        },
      });
      await client.bulkRequest({ requests: [put(fileKey)] });
      const attached = async (): Promise<string> => {
        const { record } = await client.record.getRecord({ app: data, id: row?.id ?? '' });
        const files = record['file']?.value as readonly { readonly fileKey: string }[];
        return files[0]?.fileKey ?? '';
      };
      await client.bulkRequest({ requests: [put(await attached())] });
      const back = Buffer.from(await client.file.downloadFile({ fileKey: await attached() }));
      return { holds: back.equals(bytes), seen: `${back.length} of ${bytes.length} bytes came back` };
    },
  },
  {
    id: 'order within one request',
    assumption: 'records added by one request have growing ids in the order sent, within a bulkRequest too',
    knownAs: 'observed',
    async run(apps) {
      const keys = Array.from({ length: 200 }, newKey);
      const parts = [dataPost(apps, keys.slice(0, 100)), dataPost(apps, keys.slice(100))];
      await apps.client.bulkRequest({ requests: parts });
      const quoted = keys.map((key) => `"${key}"`).join(', ');
      const query = `key in (${quoted}) order by $id asc limit 500`;
      const { records } = await apps.client.record.getRecords({ app: apps.data, query, fields: ['key'] });
      const found = records.map((record) => String(record['key']?.value));
      return same({ isInOrder: found.join() === keys.join() }, { isInOrder: true });
    },
  },
  {
    id: 'who and when of one commit',
    assumption:
      'records added beside the run record have its last writer as creator, are not dated before it, and take the next ids',
    knownAs: 'unverified',
    async run(apps) {
      const { client, data, log } = apps;
      const { id: run, revision } = await newRun(apps);
      const before = Number((await fill(apps, [newKey()]))[0]?.id);
      const requests = [journalPut(apps, run, revision, 'n1'), dataPost(apps, [newKey(), newKey()])];
      await client.bulkRequest({ requests });
      const { record } = await client.record.getRecord({ app: log, id: run });
      const cellOf = (from: typeof record, type: string): unknown =>
        Object.values(from).find((field) => field.type === type)?.value;
      const login = (value: unknown): unknown => (value as { readonly code?: unknown } | undefined)?.code;
      const query = `$id > ${before} order by $id asc`;
      const { records } = await client.record.getRecords({ app: data, query });
      const isLater = (one: typeof record): boolean =>
        String(cellOf(one, 'CREATED_TIME')) >= String(cellOf(record, 'UPDATED_TIME'));
      return same(
        {
          ids: records.map((one) => Number(one['$id']?.value) - before).join(),
          isBy: records.every((one) => login(cellOf(one, 'CREATOR')) === login(cellOf(record, 'MODIFIER'))),
          isLater: records.every(isLater),
        },
        { ids: '1,2', isBy: true, isLater: true },
      );
    },
  },
  {
    id: 'status after action',
    assumption:
      'an action inside a bulkRequest moves the status; the same action again is refused, and takes everything back',
    knownAs: 'documented',
    async run(apps) {
      const { client, data } = apps;
      const { id: run, revision } = await newRun(apps);
      const [row] = await fill(apps, [newKey()]);
      const id = row?.id ?? '';
      const act = (sent: string, nonce: string, revisionOfRow: string) => ({
        requests: [
          journalPut(apps, run, sent, nonce),
          {
            method: 'PUT' as const,
            api: '/k/v1/records/status.json',
            payload: { app: data, records: [{ id, revision: revisionOfRow, action: ACTION }] },
          },
        ],
      });
      await client.bulkRequest(act(revision, 'n1', row?.revision ?? ''));
      const { record } = await client.record.getRecord({ app: data, id });
      const status = Object.values(record).find((field) => field.type === 'STATUS')?.value;
      const again = await attempt(() =>
        client.bulkRequest(act('2', 'n2', String(record['$revision']?.value))),
      );
      return same(
        { status, again: again.ok, index: again.index, nonce: await nonceOf(apps, run) },
        { status: 'closed', again: false, index: 1, nonce: 'n1' },
      );
    },
  },
  ...START_CHECKS,
];
