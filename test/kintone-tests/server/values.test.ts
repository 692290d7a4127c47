import { describe, expect, it } from 'vitest';
import { type Body, call, loadedKintone } from './fixture';

async function post(record: Record<string, unknown>, as = 'taro'): Promise<Body> {
  const kintone = loadedKintone();
  const reply = await call(kintone, 'POST', 'record', { app: 1, record }, as);
  if (reply.status !== 200) return reply;
  const read = await call(kintone, 'GET', 'record', { app: 1, id: reply.body.id });
  return { status: 200, record: read.body.record };
}

describe('values as they are stored', () => {
  it.each([
    ['amount', 15, '15'],
    ['amount', ' 1.5e1 ', '15'],
    ['amount', '007', '7'],
    ['amount', '0.12345', '0.1234'],
    ['amount', '0.12355', '0.1236'],
    ['amount', '', ''],
    ['amount', null, null],
    ['title', 'ab', 'ab'],
    ['memo', 12, '12'],
    ['memo', null, ''],
    ['day', '2026-2-3', '2026-02-03'],
    ['day', '', null],
    ['time', '9:05', '09:05'],
    ['time', '09:05:59', '09:05'],
    ['at', '2026-04-23T23:11:59+09:00', '2026-04-23T14:11:00Z'],
    ['at', '', ''],
    ['kind', '', null],
    ['kind', 'B', 'B'],
    ['tags', ['y', 'x', 'y'], ['x', 'y']],
    ['tags', null, []],
    ['people', [{ code: 'emma' }], [{ code: 'emma', name: 'Emma' }]],
  ])('%s: %j is kept as %j', async (code, sent, kept) => {
    const { record } = await post({ [code]: { value: sent } });
    expect(record[code].value).toEqual(kept);
  });

  it('gives defaults only to fields that were not sent', async () => {
    expect((await post({})).record.kind.value).toBe('A');
    expect((await post({ kind: { value: '' } })).record.kind.value).toBeNull();
    expect((await post({ lines: { value: [{ value: {} }] } })).record.lines.value[0].value.item.value).toBe(
      'none',
    );
  });

  it('ignores unknown codes, table columns at the top, and calculated fields', async () => {
    const { status, record } = await post({
      unknown: { value: 'x' },
      item: { value: 'x' },
      total: { value: '99' },
    });
    expect(status).toBe(200);
    expect(record).not.toHaveProperty('unknown');
    expect(record).not.toHaveProperty('item');
    expect(record.total.value).toBe('0');
  });

  it('stamps creator and times with minute precision, ids and revisions as strings', async () => {
    const { record } = await post({});
    expect(record['作成日時']).toEqual({ type: 'CREATED_TIME', value: '2026-04-23T14:11:00Z' });
    expect(record['更新者']).toEqual({ type: 'MODIFIER', value: { code: 'taro', name: '太郎' } });
    expect(record['レコード番号']).toEqual({ type: 'RECORD_NUMBER', value: 'ORD-1' });
    expect(record.$id).toEqual({ type: '__ID__', value: '1' });
    expect(record.$revision).toEqual({ type: '__REVISION__', value: '1' });
  });

  it('lets only app managers set creator and times', async () => {
    const sent = { 作成者: { value: { code: 'emma' } }, 作成日時: { value: '2020-01-01T00:00:00Z' } };
    expect(await post(sent)).toMatchObject({ status: 403, body: { code: 'CB_NO02' } });
    const { record } = await post(sent, 'Administrator');
    expect(record['作成者'].value.code).toBe('emma');
    expect(record['作成日時'].value).toBe('2020-01-01T00:00:00Z');
  });
});

describe('values that are refused', () => {
  it.each([
    ['title', 'a', 'record.title.value', '1文字より長くなければなりません。'],
    ['title', 'a'.repeat(11), 'record.title.value', '11文字より短くなければなりません。'],
    ['key', 'k'.repeat(65), 'record.key.value', '65文字より短くなければなりません。'],
    ['amount', -1, 'record.amount.value', '0以上である必要があります。'],
    ['amount', '1000000.1', 'record.amount.value', '1000000以下である必要があります。'],
    ['amount', 'abc', 'record[amount].value', '数字でなければなりません。'],
    ['number_key', '1234567890123', 'record.number_key.value', '数字の有効桁数が16桁を超えています。'],
    ['day', '2026-02-30', 'record.day.value', '日付の形式が正しくありません。'],
    ['time', '25:00', 'record.time.value', '時刻の形式が正しくありません。'],
    ['at', '2026-04-23', 'record.at.value', '日時の形式が正しくありません。'],
    ['kind', 'C', 'record.kind.value', '"C"は選択肢にありません。'],
    ['tags', ['x', 'z'], 'record.tags.values[1].value', '"z"は選択肢にありません。'],
  ])('%s: %j', async (code, sent, key, text) => {
    const reply = await post({ [code]: { value: sent } });
    expect(reply.status).toBe(400);
    expect(reply.headers['x-cybozu-error']).toBe('CB_VA01');
    expect(reply.body).toEqual({
      code: 'CB_VA01',
      id: expect.any(String),
      message: '入力内容が正しくありません。',
      errors: { [key]: { messages: [text] } },
    });
  });

  it('speaks the language of the user, then of the browser', async () => {
    const kintone = loadedKintone();
    const params = { app: 1, record: { kind: { value: 'C' } } };
    const emma = await call(kintone, 'POST', 'record', params, 'emma');
    expect(emma.body.message).toBe('Missing or invalid input.');
    expect(emma.body.errors['record.kind.value'].messages).toEqual(['The value, "C", is not in options.']);
    const nobody = await call(kintone, 'POST', 'record', params, { 'accept-language': 'ja,en;q=0.5' });
    expect(nobody.body).toMatchObject({ code: 'CB_AU01', message: 'ログインしてください。' });
  });

  it('turns a non-number inside a table into nothing', async () => {
    const { record } = await post({ lines: { value: [{ value: { price: { value: 'abc' } } }] } });
    expect(record.lines.value[0].value.price.value).toBe('');
  });

  it('reports a required value that cannot be read by what is wrong with it', async () => {
    const fields = {
      n: { type: 'NUMBER' as const, required: true },
      d: { type: 'DATE' as const, required: true },
    };
    const kintone = loadedKintone({}, { apps: [{ id: 5, name: 'required', fields }] });
    const record = { n: { value: 'abc' }, d: { value: 'tomorrow' } };
    const { body } = await call(kintone, 'POST', 'record', { app: 5, record });
    expect(body.errors).toEqual({
      'record[n].value': { messages: ['数字でなければなりません。'] },
      'record.n.value': { messages: ['必須です。'] },
      'record.d.value': { messages: ['日付の形式が正しくありません。'] },
    });
  });

  it('fills dates with the present day of the user, if the field says so', async () => {
    const fields = { d: { type: 'DATE' as const, defaultNowValue: true }, other: { type: 'DATE' as const } };
    const late = Date.UTC(2026, 0, 31, 20);
    const kintone = loadedKintone({ startMs: late }, { apps: [{ id: 5, name: 'now', fields }] });
    await call(kintone, 'POST', 'record', { app: 5, record: {} });
    const { record } = (await call(kintone, 'GET', 'record', { app: 5, id: 1 })).body;
    expect([record.d.value, record.other.value]).toEqual(['2026-02-01', null]);
  });

  it('reports required values under a key that depends on the type', async () => {
    const kintone = loadedKintone(
      {},
      {
        apps: [
          {
            id: 5,
            name: 'required',
            fields: {
              t: { type: 'SINGLE_LINE_TEXT', required: true },
              c: { type: 'CHECK_BOX', required: true, options: {} },
              u: { type: 'USER_SELECT', required: true },
              r: { type: 'RADIO_BUTTON', required: true, options: {} },
              s: { type: 'SUBTABLE', fields: { n: { type: 'NUMBER', required: true } } },
            },
          },
        ],
      },
    );
    const record = { s: { value: [{ value: {} }] } };
    const one = await call(kintone, 'POST', 'record', { app: 5, record });
    expect(Object.keys(one.body.errors).sort()).toEqual([
      'record.c.values',
      'record.s.value[0].value.n.value',
      'record.t.value',
      'record.u.values.value',
    ]);
    const many = await call(kintone, 'POST', 'records', { app: 5, records: [{}, record] });
    expect(Object.keys(many.body.errors)).toContain('records[0].t.value');
    expect(Object.keys(many.body.errors)).toContain('records[1].s.value[0].value.n.value');
  });
});
