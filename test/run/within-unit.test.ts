/** What a server lets a page's plan write for a unit: see docs/server.md, "Runs that a browser has left". */
import { describe, expect, it } from 'vitest';
import type { FlowPlan, OutputPlan } from '../../src/plan';
import { isWithinUnit } from '../../src/run/within-unit';
import { command, SOURCE, sumFlow, TARGET } from './setup';

const flows = [sumFlow('f1', 'append'), sumFlow('f2', 'update'), sumFlow('f3')];
const unit = { flowIds: ['f1', 'f2'] };
const add = { fields: {} };
const update = { recordId: '1', revision: '1', fields: {}, before: {}, label: '' };
const removal = { recordId: '1', revision: '1', before: {}, label: '' };

const output = (change: Partial<OutputPlan> = {}): OutputPlan => ({
  flowId: 'f1',
  commandId: 'out',
  app: { appId: TARGET },
  mode: 'append',
  keys: [],
  adds: [add],
  updates: [],
  deletes: [],
  unchanged: 0,
  unmatched: 0,
  reports: [],
  ...change,
});
const plan = (change: Partial<OutputPlan> = {}): FlowPlan => ({
  flowId: change.flowId ?? 'f1',
  outputs: [output(change)],
});
const isWithin = (plans: readonly FlowPlan[], deferredFlowIds: readonly string[] = []): boolean =>
  isWithinUnit({ plans, deferredFlowIds }, unit, flows);

describe('within the unit is', () => {
  it.each([
    ['what its output command writes', [plan()]],
    ['nothing', []],
    [
      'an update by a command that updates',
      [plan({ flowId: 'f2', mode: 'update', adds: [], updates: [update] })],
    ],
  ])('%s', (_title, plans) => expect(isWithin(plans)).toBe(true));
});

describe('beyond the unit is', () => {
  it.each([
    ['another app', plan({ app: { appId: SOURCE } })],
    ['the same number in a guest space', plan({ app: { appId: TARGET, guestSpaceId: '2' } })],
    ['a flow of another unit', plan({ flowId: 'f3', mode: 'upsert' })],
    ['a flow that does not exist', plan({ flowId: 'f9' })],
    ['another mode', plan({ mode: 'sync' })],
    ['a deletion by a command that only adds', plan({ deletes: [removal] })],
    ['an update by a command that only adds', plan({ updates: [update] })],
    ['a process action', plan({ statuses: [{ ...update, action: 'approve', assignee: null }] })],
    ['a command that is no output', plan({ commandId: 'sum' })],
    ['a command that does not exist', plan({ commandId: 'other' })],
    ['an output under the name of another flow', { flowId: 'f1', outputs: [output({ flowId: 'f3' })] }],
    [
      'the start of another unit',
      {
        ...plan(),
        starts: [{ commandId: 'go', unitId: 'b'.repeat(14), unitName: '', pressId: '', wait: false }],
      },
    ],
  ] as const)('%s', (_title, one) => {
    expect(isWithin([plan(), one as FlowPlan])).toBe(false);
  });

  it('a later flow that it does not list', () => {
    expect(isWithin([plan()], ['f2'])).toBe(true);
    expect(isWithin([plan()], ['f3'])).toBe(false);
  });
});

it('a status output carries out process actions, and nothing else', () => {
  const settings = { app: { appId: TARGET }, keys: ['key'], mapping: [], action: 'approve' };
  const flow = { ...flows[0]!, commands: [command('out', 'outputStatus', [], settings)] };
  const planned = (change: Partial<OutputPlan>) =>
    isWithinUnit({ plans: [plan({ adds: [], ...change })], deferredFlowIds: [] }, unit, [flow]);
  const statuses = [{ ...update, action: 'approve', assignee: null }];
  expect(planned({ mode: 'status', statuses })).toBe(true);
  expect(planned({ mode: 'status', statuses, adds: [add] })).toBe(false);
  expect(planned({ mode: 'append', adds: [add] })).toBe(false);
});
