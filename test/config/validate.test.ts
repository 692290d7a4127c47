import { describe, expect, it } from 'vitest';
import {
  brokenEnabledUnits,
  check,
  errorsIn,
  type Metadata,
  problemsOfUnit,
} from '../../src/config/document/validate';
import type { Settings } from '../../src/definition/types';
import type { KintoneFields } from '../../src/table/kintone-json';
import { worldSettings } from './harness/world';

const ORDERS: KintoneFields = {
  order_no: { type: 'SINGLE_LINE_TEXT', code: 'order_no', label: '受注番号' },
  customer: { type: 'SINGLE_LINE_TEXT', code: 'customer', label: '顧客名' },
  ordered: { type: 'DATE', code: 'ordered', label: '受注日' },
  amount: { type: 'NUMBER', code: 'amount', label: '金額' },
  state: {
    type: 'DROP_DOWN',
    code: 'state',
    label: '受注状態',
    options: { 受注: { label: '受注', index: '0' } },
  },
};
const SALES: KintoneFields = {
  customer: { type: 'SINGLE_LINE_TEXT', code: 'customer', label: '顧客名', unique: true },
  total: { type: 'NUMBER', code: 'total', label: '売上合計' },
  count: { type: 'NUMBER', code: 'count', label: '件数' },
};
const metadata: Metadata = {
  fields: ({ appId }) => ({ 2: ORDERS, 3: SALES, 99: null })[Number(appId)],
  parameters: [],
};
const [unit] = worldSettings.units;
const settings: Settings = { ...worldSettings, logApp: { appId: '90' } };
const codes = (found: readonly { readonly code: string }[]) => found.map((one) => one.code);

describe('validate', () => {
  it('finds the mistakes of a flow where they are, and none in a sound one', () => {
    const errors = errorsIn(check(settings, metadata).problems);
    expect(errors.map(({ code, place }) => [code, place.flowId, place.commandId, place.field])).toEqual([
      ['fieldMissing', 'stockflow', 'a', 'fields.1'],
      ['appNotVisible', 'stockflow', 'b', 'app'],
      ['flowWithoutOutput', 'stockflow', undefined, 'commands'],
    ]);
  });

  it('says nothing definite while fields are on their way', () => {
    const waiting: Metadata = { ...metadata, fields: () => undefined };
    const sound = { ...settings, flows: [settings.flows[0]!], units: [{ ...unit!, flowIds: ['salesflow'] }] };
    expect(errorsIn(check(sound, waiting).problems)).toEqual([]);
    expect(codes(check(sound, waiting).problems)).toContain('appLoading');
  });

  it('counts the problems of its flows as problems of a unit', () => {
    const problems = check(settings, metadata).problems;
    const only = (flowIds: readonly string[]) => problemsOfUnit(problems, { ...unit!, flowIds });
    expect(errorsIn(only(['salesflow']))).toEqual([]);
    expect(errorsIn(only(['stockflow']))).toHaveLength(3);
  });

  it('names the enabled units that must not be saved so', () => {
    const enable = (flowIds: readonly string[], logApp: Settings['logApp']): Settings => ({
      ...settings,
      logApp,
      units: [{ ...unit!, enabled: true, flowIds }],
    });
    const broken = (one: Settings) => brokenEnabledUnits(one, check(one, metadata).problems).length;
    expect(broken(enable(['salesflow'], { appId: '90' }))).toBe(0);
    expect(broken(enable(['salesflow'], null))).toBe(1);
    expect(broken(enable(['stockflow'], { appId: '90' }))).toBe(1);
    expect(broken(settings)).toBe(0);
  });

  it('compiles only the flow that was touched', () => {
    const memory = new WeakMap();
    const first = check(settings, metadata, memory);
    const [a, b] = settings.flows;
    const second = check({ ...settings, flows: [{ ...a!, name: 'x' }, b!] }, metadata, memory);
    expect(second.flows.get('stockflow')).toBe(first.flows.get('stockflow'));
    expect(second.flows.get('salesflow')).not.toBe(first.flows.get('salesflow'));
  });
});
