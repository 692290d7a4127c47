import { beforeEach, describe, expect, it } from 'vitest';
import type { Kintone } from '../../kintone/server/kintone';
import { type Body, call, loadedKintone } from './fixture';

let kintone: Kintone;

beforeEach(() => {
  kintone = loadedKintone();
});

async function write(method: 'POST' | 'PUT', record: Body): Promise<Body> {
  const params = method === 'POST' ? { app: 1, record } : { app: 1, id: 1, record };
  const reply = await call(kintone, method, 'record', params);
  if (reply.status !== 200) return reply;
  return (await call(kintone, 'GET', 'record', { app: 1, id: 1 })).body.record;
}

const row = (cells: Record<string, unknown>, id?: string) => ({
  ...(id === undefined ? {} : { id }),
  value: Object.fromEntries(Object.entries(cells).map(([code, value]) => [code, { value }])),
});

const summary = (record: Body) =>
  record.lines.value.map((one: Body) => [one.value.item.value, one.value.price.value]);

describe('tables', () => {
  const two = { lines: { value: [row({ item: 'pen', price: 3 }), row({ item: 'ink', price: 5 })] } };

  it('merges rows by id, adds rows without id, drops rows that are not listed', async () => {
    const before = await write('POST', two);
    const [first] = before.lines.value;
    const value = [row({ price: 4 }, first.id), row({ item: 'cap' }), row({ item: 'lid' }, '999')];
    const after = await write('PUT', { lines: { value } });
    expect(summary(after)).toEqual([
      ['pen', '4'],
      ['cap', ''],
      ['lid', ''],
    ]);
    expect(after.lines.value[0].id).toBe(first.id);
    expect(new Set(after.lines.value.map((one: Body) => one.id)).size).toBe(3);
  });

  it.each([
    ['an omitted table', {}, 2],
    ['an empty list', { lines: { value: [] } }, 0],
    ['null', { lines: { value: null } }, 1],
    ['a row of null', { lines: { value: [{ value: null }] } }, 0],
  ])('%s leaves the right number of rows', async (_, record, rows) => {
    await write('POST', two);
    expect((await write('PUT', record)).lines.value).toHaveLength(rows);
  });
});

describe('calculated fields', () => {
  it('follow the record and its rows, exactly', async () => {
    const record = await write('POST', {
      amount: { value: '0.1' },
      lines: { value: [row({ price: '0.1', quantity: 3 }), row({ price: '0.2', quantity: 1 })] },
    });
    expect(record.lines.value.map((one: Body) => one.value.line_total.value)).toEqual(['0.3', '0.2']);
    expect(record.total.value).toBe('0.6');
    expect((await write('PUT', { amount: { value: '' } })).total.value).toBe('0.5');
  });

  it.each([
    ['amount / 3', '10', '3.3333'],
    ['amount / 0', '10', ''],
    ['amount ^ 2 + 1', '3', '10'],
    ['(amount + 2) * 3', '4', '18'],
    ['IF(amount >= 10, 1, 0)', '10', '1'],
    ['IF(AND(amount > 1, NOT(amount > 5)), 7, 8)', '3', '7'],
    ['ROUND(amount, 1)', '2.25', '2.3'],
    ['ROUNDDOWN(amount, 0)', '2.9', '2'],
    ['ROUNDUP(amount, -1)', '21', '30'],
    ['SUM(amount, 1, amount)', '2', '5'],
    ['amount +', '2', ''],
    ['UNKNOWN(amount)', '2', ''],
    ['missing + 1', '2', ''],
  ])('%s with amount %s is %j', async (expression, amount, result) => {
    const own = loadedKintone(
      {},
      {
        apps: [
          { id: 7, name: 'calc', fields: { amount: { type: 'NUMBER' }, c: { type: 'CALC', expression } } },
        ],
      },
    );
    await call(own, 'POST', 'record', { app: 7, record: { amount: { value: amount } } });
    expect((await call(own, 'GET', 'record', { app: 7, id: 1 })).body.record.c.value).toBe(result);
  });

  it('knows the formats of time and calculated texts', async () => {
    const own = loadedKintone(
      {},
      {
        apps: [
          {
            id: 7,
            name: 'calc',
            fields: {
              from: { type: 'TIME' },
              to: { type: 'TIME' },
              day: { type: 'DATE' },
              worked: { type: 'CALC', expression: 'to - from', format: 'HOUR_MINUTE' },
              next: { type: 'CALC', expression: 'day + 86400', format: 'DATE' },
              text: { type: 'SINGLE_LINE_TEXT', expression: '"No." & worked2' },
              worked2: { type: 'CALC', expression: '1 + 1' },
            },
          },
        ],
      },
    );
    const record = { from: { value: '09:15' }, to: { value: '18:00' }, day: { value: '2026-02-28' } };
    await call(own, 'POST', 'record', { app: 7, record });
    const read = (await call(own, 'GET', 'record', { app: 7, id: 1 })).body.record;
    expect([read.worked.value, read.next.value, read.text.value]).toEqual(['8:45', '2026-03-01', 'No.2']);
  });
});

describe('lookups', () => {
  it('copy from the related record, ignore copies that are sent, clear with the key', async () => {
    const sent = { customer: { value: 'C2' }, customer_name: { value: 'forged' } };
    expect((await write('POST', sent)).customer_name.value).toBe('赤坂');
    expect((await write('PUT', { customer_name: { value: 'forged' } })).customer_name.value).toBe('赤坂');
    expect((await write('PUT', { customer: { value: '' } })).customer_name.value).toBe('');
  });

  it('do not follow later changes of the master', async () => {
    await write('POST', { customer: { value: 'C1' } });
    await call(kintone, 'PUT', 'record', { app: 2, id: 1, record: { name: { value: '新宿' } } });
    expect((await write('PUT', { memo: { value: 'x' } })).customer_name.value).toBe('青山');
    expect((await write('PUT', { customer: { value: 'C1' } })).customer_name.value).toBe('新宿');
  });

  it('answer GAIA_LO04 without errors and without position when the key is unknown', async () => {
    const records = [{}, { customer: { value: 'C9' } }];
    const reply = await call(kintone, 'POST', 'records', { app: 1, records });
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({
      code: 'GAIA_LO04',
      id: expect.any(String),
      message: expect.stringContaining('顧客コード'),
    });
  });

  it('need a right to view the related app', async () => {
    const params = { app: 1, record: { customer: { value: 'C1' } } };
    const only = await call(kintone, 'POST', 'record', params, { 'x-cybozu-api-token': 'orders-all' });
    expect(only.body.code).toBe('GAIA_LO04');
    const both = await call(kintone, 'POST', 'record', params, {
      'x-cybozu-api-token': 'orders-all, customers-all',
    });
    expect(both.status).toBe(200);
  });
});
