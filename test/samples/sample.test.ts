import { beforeAll, describe, expect, it } from 'vitest';
import { decodeSettings } from '../../src/definition/decode';
import { compileFlow, parametersOf } from '../../src/flow';
import type { KintoneFields } from '../../src/table/kintone-json';
import { createKintone, type Kintone } from '../kintone/server/kintone';
import { APP_IDS } from './apps';
import { FULL_SIZE, LAST_MONTH, makeCompany, SEED } from './company';
import { CLOSING_RECORD_ID, sampleDump } from './dump';
import { monthlySales, ranksOf } from './expected';
import { SAMPLE_UNIT_ID, sampleSettings } from './settings';

const SMALL = { customers: 20, products: 15, orders: 200 };
const company = makeCompany(SMALL);
let kintone: Kintone;
beforeAll(() => {
  kintone = createKintone();
  kintone.load(sampleDump(company));
});

const fieldsOf = (appId: string) =>
  (kintone.store.apps.get(appId)?.live?.fields ?? null) as unknown as KintoneFields | null;
const recordsOf = (appId: string) => {
  const { records } = kintone.store.apps.get(appId)!;
  return Array.from({ length: records.size }, (_, index) => records.get(index + 1)!);
};

describe('the sample company', () => {
  it('is the same for the same seed and another one for another', () => {
    expect(makeCompany(SMALL)).toEqual(company);
    expect(makeCompany(SMALL, SEED + 1)).not.toEqual(company);
  });

  it('has the size it promises, and codes and names that identify', () => {
    const full = makeCompany();
    expect(full.orders).toHaveLength(FULL_SIZE.orders);
    expect(new Set(full.orders.map((order) => order.number)).size).toBe(FULL_SIZE.orders);
    expect(new Set(full.customers.map((customer) => customer.code)).size).toBe(FULL_SIZE.customers);
    expect(new Set(full.customers.map((customer) => customer.name)).size).toBe(FULL_SIZE.customers);
    expect(new Set(full.products.map((product) => product.name)).size).toBe(FULL_SIZE.products);
    expect(new Set(full.orders.map((order) => order.date.slice(0, 7))).size).toBe(14);
  });

  it('loads into the local kintone', () => {
    expect(recordsOf(APP_IDS.orders)).toHaveLength(SMALL.orders);
    const closing = recordsOf(APP_IDS.closing).find((record) => record['$id']?.value === CLOSING_RECORD_ID);
    expect(closing?.['対象月']?.value).toBe(`${LAST_MONTH}-01`);
  });
});

describe('the expected monthly sales', () => {
  it('agree with the subtotals that kintone calculates', () => {
    const sums = new Map<string, number>();
    for (const record of recordsOf(APP_IDS.orders)) {
      const state = record['受注状態']?.value;
      if (!String(record['受注日']?.value).startsWith(LAST_MONTH)) continue;
      if (state !== '受注' && state !== '出荷済') continue;
      const code = String(record['顧客コード']?.value);
      sums.set(code, (sums.get(code) ?? 0) + Number(record['合計金額']?.value));
    }
    const expected = monthlySales(company, LAST_MONTH).map((sale) => [
      sale.customer.code,
      Number(sale.amount),
    ]);
    expect(expected.length).toBeGreaterThan(3);
    expect(Object.fromEntries(expected)).toEqual(Object.fromEntries(sums));
  });

  it('rank equal amounts alike and leave a gap after them', () => {
    const sale = (code: string, amountHundredths: number) => {
      const template = monthlySales(company, LAST_MONTH)[0]!;
      return { ...template, amountHundredths, customer: { ...template.customer, code } };
    };
    const ranks = ranksOf([sale('a', 100), sale('b', 300), sale('c', 300), sale('d', 200)]);
    expect(Object.fromEntries(ranks)).toEqual({ a: 4, b: 1, c: 1, d: 3 });
  });
});

describe('the sample settings', () => {
  const settings = sampleSettings({ appId: '7' });

  it('are a valid document', () => {
    expect(decodeSettings(JSON.parse(JSON.stringify(settings)))).toEqual({ ok: true, value: settings });
  });

  it('have flows without problems', () => {
    const parameters = parametersOf(fieldsOf(APP_IDS.closing)!);
    const unit = settings.units.find((one) => one.id === SAMPLE_UNIT_ID);
    expect(unit?.flowIds).toEqual(settings.flows.map((flow) => flow.id));
    for (const flow of settings.flows) {
      const place = { unitId: SAMPLE_UNIT_ID };
      const { problems } = compileFlow(flow, { fields: (app) => fieldsOf(app.appId), parameters, place });
      expect(problems, flow.name).toEqual([]);
    }
  });
});
