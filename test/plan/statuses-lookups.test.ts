import { describe, expect, it } from 'vitest';
import type { OutputRows, StatusChange } from '../../src/commands/types';
import {
  afterEarlierWrites,
  flowRequests,
  lookupKeyForm,
  lookupKeys,
  missingLookupKey,
  type OutputPlan,
  onEarlierWrites,
  outputCounts,
  planOutput,
  planStatuses,
} from '../../src/plan';
import { columnFromCells, constantColumn, type KintoneFields } from '../../src/table';
import { failureOf, PRECISION, planned, type Row, recordsOf, resultOf, shown } from './support';

const field = (type: string, code: string, extra: object = {}) => ({ type, code, label: code, ...extra });

describe('process actions', () => {
  const FIELDS: KintoneFields = {
    number: field('RECORD_NUMBER', 'number'),
    key: field('SINGLE_LINE_TEXT', 'key'),
    state: field('STATUS', 'state', { enabled: true }),
  };
  const PROCESS = {
    isEnabled: true,
    actions: [
      { name: 'approve', from: 'open', to: 'approved' },
      { name: 'approve', from: 'checked', to: 'approved' },
      { name: 'close', from: 'approved', to: 'closed' },
    ],
  };
  const APP = [
    { number: 'APP-1', key: 'A', state: 'open' },
    { number: 'APP-2', key: 'B', state: 'approved' },
    { number: 'APP-3', key: 'C', state: 'closed' },
  ];
  const text = { name: '', label: '', type: 'text' } as const;
  const change = (action: string, more: Partial<StatusChange> = {}): StatusChange => ({
    action: constantColumn(text, action, 9),
    assignee: null,
    notAllowed: 'fail',
    ...more,
  });
  const output = (rows: readonly Row[], statusChange: StatusChange, code = 'key'): OutputRows =>
    resultOf(FIELDS, [code], rows, { mode: 'status', keys: [code], statusChange });
  const plan = (rows: readonly Row[], statusChange: StatusChange, code = 'key') =>
    planStatuses(output(rows, statusChange, code), recordsOf(FIELDS, APP), FIELDS, PRECISION, PROCESS);

  it('acts where the present status allows it; where it leads already, nothing changes', () => {
    const rows = [{ key: 'A' }, { key: 'B' }, { key: 'X' }];
    const found = plan(rows, change('approve', { assignee: constantColumn(text, 'sato', 3) }));
    expect(shown(found)).toEqual(['status 1 approve', 'unchanged 1 unmatched 1']);
    expect(found.statuses).toMatchObject([
      {
        revision: '11',
        assignee: 'sato',
        label: 'A',
        before: { state: { value: 'open' } },
        fields: { state: { value: 'approved' } },
      },
    ]);
    expect(outputCounts(found)).toEqual({ added: 0, updated: 1, deleted: 0, unchanged: 1 });
    expect(flowRequests({ flowId: 'f', outputs: [found] })).toMatchObject([{ kind: 'status' }]);
  });

  it('the record number finds records, with or without the code of its app', () => {
    expect(shown(plan([{ number: '1' }], change('approve'), 'number'))).toContain('status 1 approve');
    expect(shown(plan([{ number: 'APP-1' }], change('approve'), 'number'))).toContain('status 1 approve');
  });

  it('a column may name the action and the assignee; a blank action leaves the record alone', () => {
    const action = columnFromCells(text, ['approve', null]);
    const assignee = columnFromCells({ name: '', label: '', type: 'people' }, [
      [{ code: 'sato', name: 'Sato' }],
      null,
    ]);
    const found = plan([{ key: 'A' }, { key: 'C' }], change('', { action, assignee }));
    expect(shown(found)).toEqual(['status 1 approve', 'unchanged 1 unmatched 0']);
    expect(found.statuses?.[0]?.assignee).toBe('sato');
  });

  it('other statuses stop the run with the records, or are left out and counted', () => {
    const rows = [{ key: 'A' }, { key: 'C' }];
    expect(failureOf(() => plan(rows, change('approve')))).toBe(
      'actionNotAllowed {"action":"approve","status":"closed","count":1,"values":["C"]}',
    );
    const skipping = plan(rows, change('approve', { notAllowed: 'skip' }));
    expect(shown(skipping)).toEqual(['status 1 approve', 'unchanged 0 unmatched 0']);
    expect(skipping.reports).toMatchObject([{ code: 'actionNotAllowed', count: 1 }]);
  });

  it('names an action that the process does not have, and a process that is off', () => {
    expect(failureOf(() => plan([{ key: 'A' }], change('aprove')))).toContain('actionUnknown');
    const off = { isEnabled: false, actions: [] };
    const work = () =>
      planStatuses(output([{ key: 'A' }], change('approve')), recordsOf(FIELDS, APP), FIELDS, PRECISION, off);
    expect(failureOf(work)).toContain('processOff');
  });
});

describe('outputs of one flow into one app', () => {
  const FIELDS: KintoneFields = {
    key: field('SINGLE_LINE_TEXT', 'key'),
    qty: field('NUMBER', 'qty'),
  };
  const APP = [
    { key: 'A', qty: '1' },
    { key: 'B', qty: '2' },
  ];
  const make = (mode: 'update' | 'delete', rows: readonly Row[]) =>
    planned(resultOf(FIELDS, ['key', 'qty'], rows, { mode, keys: ['key'] }), FIELDS, APP);

  it('later ones expect the revisions that earlier ones leave: +1 per update, +2 per action', () => {
    const first = make('update', [{ key: 'A', qty: '5' }]);
    const action = {
      recordId: '1',
      revision: '12',
      action: 'x',
      assignee: null,
      before: {},
      fields: {},
      label: 'A',
    };
    const second = { ...first, updates: [], statuses: [action] };
    const third = afterEarlierWrites(
      make('update', [
        { key: 'A', qty: '6' },
        { key: 'B', qty: '6' },
      ]),
      [first, second],
      {},
    );
    expect(third.updates.map((row) => row.revision)).toEqual(['14', '12']);
    const elsewhere = afterEarlierWrites(third, [{ ...first, app: { appId: '99' } }], {});
    expect(elsewhere).toBe(third);
  });

  it('later ones are compared with what earlier ones leave', () => {
    const rowOf = (
      mode: 'update' | 'delete' | 'upsert',
      rows: readonly Row[],
      earlier: readonly OutputPlan[],
    ) => {
      const output = resultOf(FIELDS, ['key', 'qty'], rows, { mode, keys: ['key'] });
      const current = onEarlierWrites(recordsOf(FIELDS, APP), output.app, earlier, FIELDS);
      return afterEarlierWrites(planOutput(output, current, FIELDS, PRECISION), earlier, {});
    };
    const raised = make('update', [{ key: 'A', qty: '5' }]);
    const back = rowOf('update', [{ key: 'A', qty: '1' }], [raised]);
    expect(back.updates).toMatchObject([{ revision: '12', before: { qty: { value: '5' } } }]);
    const gone = make('delete', [{ key: 'A' }]);
    expect(shown(rowOf('delete', [{ key: 'A' }, { key: 'B' }], [gone]))).toEqual([
      'delete 2',
      'unchanged 0 unmatched 1',
    ]);
    const anew = rowOf('upsert', [{ key: 'A', qty: '7' }], [gone]);
    expect(shown(anew)).toEqual(['add key=A qty=7', 'unchanged 0 unmatched 0']);
    expect(failureOf(() => rowOf('upsert', [{ key: 'A', qty: '8' }], [gone, anew]))).toBe(
      'recordAddedBefore {"label":"A"}',
    );
  });
});

describe('lookup keys', () => {
  const lookup = (code: string) =>
    field('SINGLE_LINE_TEXT', code, {
      lookup: { relatedApp: { app: '77' }, relatedKeyField: 'code', fieldMappings: [] },
    });
  const FIELDS: KintoneFields = {
    key: field('SINGLE_LINE_TEXT', 'key'),
    customer: lookup('customer'),
    lines: field('SUBTABLE', 'lines', { fields: { product: lookup('product') } }),
  };
  const CODES = ['key', 'customer', 'lines'];
  const line = (product: string) => ({ value: { product: { value: product } } });
  const rows = [
    { key: 'A', customer: 'C1', lines: [line('P1'), line('P2')] },
    { key: 'B', customer: 'C9', lines: [] },
    { key: 'C', customer: 'C9', lines: [line('P1')] },
    { key: 'D', customer: '', lines: [] },
  ];
  const plan = planned(resultOf(FIELDS, CODES, rows, { keys: ['key'] }), FIELDS, [{ key: 'B' }]);
  const [customers, products] = lookupKeys(plan, FIELDS);

  it('collects what is written into lookups, inside tables too; blank needs nothing', () => {
    expect([...(customers?.uses.keys() ?? [])].sort()).toEqual(['C1', 'C9']);
    expect([...(products?.uses.keys() ?? [])]).toEqual(['P1', 'P2']);
    expect(customers).toMatchObject({ field: 'customer', app: { appId: '77' }, keyField: 'code' });
  });

  it('names the missing keys with their records', () => {
    if (customers === undefined) throw new Error('no lookup found');
    const missing = missingLookupKey(customers, 'SINGLE_LINE_TEXT', new Set(['C1']), {});
    expect(missing).toMatchObject({
      code: 'lookupKeyMissing',
      params: { field: 'customer', app: '77', values: ['C9 (B, C)'], count: 1 },
      place: { field: 'customer', recordId: '1' },
    });
    expect(missingLookupKey(customers, 'SINGLE_LINE_TEXT', new Set(['C1', 'C9']), {})).toBeNull();
  });

  it.each([
    ['RECORD_NUMBER', 'APP-12', '12'],
    ['RECORD_NUMBER', '12', '12'],
    ['NUMBER', '1.50', '1.5'],
    ['SINGLE_LINE_TEXT', '01', '01'],
  ])('%s %s is compared as %s', (type, key, form) => {
    expect(lookupKeyForm(type, key)).toBe(form);
  });
});
