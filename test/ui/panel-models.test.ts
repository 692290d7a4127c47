import { describe, expect, it } from 'vitest';
import type { OutputPlan } from '../../src/plan/types';
import { firstChanges, previewOf } from '../../src/run/preview';
import { touchedRecord } from '../../src/run/touched-record';
import { advanceEta, type Eta, remainingMs, roundRemaining, startEta } from '../../src/ui/panel/eta';
import { changesPhrase, formatClock, formatDuration, formatValue } from '../../src/ui/panel/format';
import { noChangeReason } from '../../src/ui/panel/no-change';
import { activeFlowIndex, isLive, isWriting, phaseOf } from '../../src/ui/panel/phase';
import { appSummaries } from '../../src/ui/panel/preview-model';
import { recordTexts } from '../../src/ui/panel/texts';
import { PLANS_HERE, SCENARIOS } from '../record/harness/scenarios';

const ja = recordTexts('ja');
const en = recordTexts('en');

describe('phaseOf', () => {
  it('is the reason, except while a stop is awaited', () => {
    expect(phaseOf(SCENARIOS.writing)).toBe('writing');
    expect(phaseOf(SCENARIOS.stopping)).toBe('stopping');
    expect(phaseOf(SCENARIOS.cancelled)).toBe('cancelled');
  });

  it('knows what goes on and what was agreed to', () => {
    expect(isLive(phaseOf(SCENARIOS.stopping))).toBe(true);
    expect(isLive(phaseOf(SCENARIOS.done))).toBe(false);
    expect(isWriting(SCENARIOS.writing)).toBe(true);
    expect(isWriting(SCENARIOS.checking)).toBe(false);
    expect(isWriting(SCENARIOS.paused)).toBe(true);
    expect(isWriting(SCENARIOS.breakpoint)).toBe(false);
    expect(isWriting(SCENARIOS.confirming)).toBe(false);
    expect(activeFlowIndex(SCENARIOS.writing)).toBe(1);
  });
});

describe('eta', () => {
  const etaAfter = (steps: readonly (readonly [number, number])[]): Eta =>
    steps.reduce((eta, [rows, atMs]) => advanceEta(eta, rows, atMs), startEta(0, 0));

  it('says nothing before three seconds or without any rows', () => {
    expect(remainingMs(etaAfter([[100, 1_000]]), 1_000, 2_999)).toBeNull();
    expect(remainingMs(etaAfter([]), 1_000, 60_000)).toBeNull();
  });

  it('follows the throughput of this run', () => {
    const eta = etaAfter([
      [100, 1_000],
      [200, 2_000],
      [300, 3_000],
    ]);
    expect(remainingMs(eta, 1_000, 3_000)).toBeCloseTo(7_000);
    expect(remainingMs(eta, 1_000, 5_000)).toBeCloseTo(5_000);
  });

  it('never goes below a second while rows are left', () => {
    expect(remainingMs(etaAfter([[100, 1_000]]), 1_000, 90_000)).toBe(1_000);
  });

  it('forgets old speed gradually', () => {
    const slow = etaAfter([
      [1_000, 1_000],
      [1_100, 2_000],
    ]);
    const left = remainingMs(slow, 2_100, 3_000) ?? 0;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(10_000);
  });

  it.each([
    [800, 'seconds', 1],
    [9_400, 'seconds', 10],
    [11_000, 'seconds', 15],
    [56_000, 'minutes', 1],
    [61_000, 'minutes', 2],
  ])('%i ms is shown as %s %i', (ms, unit, value) => {
    expect(roundRemaining(ms)).toEqual({ unit, value });
  });
});

describe('format', () => {
  it.each([
    [840, '0.8 秒'],
    [9_800, '9.8 秒'],
    [42_400, '42 秒'],
    [61_000, '1 分 1 秒'],
    [3_725_000, '1 時間 2 分'],
    [-5, '0.1 秒未満'],
    [99, '0.1 秒未満'],
    [100, '0.1 秒'],
  ])('%i ms lasts %s', (ms, shown) => {
    expect(formatDuration(ms, ja, 'ja')).toBe(shown);
  });

  it.each([
    [0, '0:00'],
    [12_999, '0:12'],
    [754_000, '12:34'],
    [3_725_000, '1:02:05'],
  ])('%i ms on the clock is %s', (ms, shown) => {
    expect(formatClock(ms)).toBe(shown);
  });

  it('names only what changes', () => {
    const counts = { added: 1_234, updated: 0, deleted: 2, unchanged: 9 };
    expect(changesPhrase(counts, ja)).toBe('1,234 件追加・2 件削除');
    expect(changesPhrase(counts, en)).toBe('1,234 added, 2 deleted');
    expect(changesPhrase({ ...counts, added: 0, deleted: 0 }, en)).toBe('no changes');
  });

  it.each([
    ['', '（空）'],
    [null, '（空）'],
    [[], '（空）'],
    ['12.50', '12.50'],
    [['A', 'B'], 'A、B'],
    [[{ code: 'sato', name: '佐藤' }], '佐藤'],
    [{ code: 'sato', name: '' }, 'sato'],
    [[{ value: { a: { value: '1' } } }, { value: {} }], '2 行'],
    ['2026-11-21', '2026-11-21'],
  ])('%j is shown as %s', (value, shown) => {
    expect(formatValue(value, ja, 'ja', 'Asia/Tokyo')).toBe(shown);
  });

  it('shows moments in the zone of the user', () => {
    const tokyo = formatValue('2026-11-20T15:00:00Z', ja, 'ja', 'Asia/Tokyo');
    expect(tokyo).toContain('2026/11/21');
    expect(formatValue('2026-11-20T15:00:00Z', ja, 'ja', 'UTC')).toContain('2026/11/20');
  });
});

const plan = (more: Partial<OutputPlan>): OutputPlan => ({
  flowId: 'f',
  commandId: 'o',
  app: { appId: '8' },
  mode: 'upsert',
  keys: ['k'],
  adds: [],
  updates: [],
  deletes: [],
  unchanged: 0,
  unmatched: 0,
  reports: [],
  ...more,
});

describe('preview', () => {
  it('adds up per app and keeps guest spaces apart', () => {
    const one = { added: 1, updated: 2, deleted: 3, unchanged: 4 };
    const summaries = appSummaries([
      { app: { appId: '1' }, counts: one },
      { app: { appId: '1', guestSpaceId: '7' }, counts: one },
      { app: { appId: '1' }, counts: one },
    ]);
    expect(summaries.map((summary) => summary.counts.added)).toEqual([2, 1]);
  });

  it('shows deletions first and no more than asked for', () => {
    const changes = firstChanges(
      plan({
        adds: [{ fields: { k: { value: 'new' } } }],
        updates: [
          {
            recordId: '5',
            revision: '1',
            fields: { n: { value: '2' } },
            before: { n: { value: '1' } },
            label: 'five',
          },
        ],
        deletes: [{ recordId: '9', revision: '1', before: { n: { value: '7' } }, label: 'nine' }],
      }),
      2,
    );
    expect(changes).toEqual([
      {
        kind: 'delete',
        recordId: '9',
        label: 'nine',
        fields: [{ field: 'n', before: '7', after: undefined }],
      },
      { kind: 'update', recordId: '5', label: 'five', fields: [{ field: 'n', before: '1', after: '2' }] },
    ]);
  });

  it('shows a process action as the change of the status', () => {
    const action = {
      recordId: '5',
      revision: '1',
      action: 'approve',
      assignee: null,
      before: { no: { value: 'A-1' }, state: { value: 'open' } },
      fields: { state: { value: 'approved' } },
      label: 'A-1',
    };
    expect(firstChanges(plan({ statuses: [action] }), 5)).toEqual([
      {
        kind: 'update',
        recordId: '5',
        label: 'A-1',
        fields: [{ field: 'state', before: 'open', after: 'approved' }],
      },
    ]);
  });

  it('holds exact counts and the first changes, however long the plan', () => {
    const adds = Array.from({ length: 5_000 }, (_, index) => ({ fields: { k: { value: String(index) } } }));
    const { outputs, counts } = previewOf([{ flowId: 'f', outputs: [plan({ adds, unmatched: 2 })] }], [], {
      shape: 'unit',
      checkedAtMs: 0,
    });
    expect(counts).toEqual({ added: 5_000, updated: 0, deleted: 0, unchanged: 0 });
    expect(outputs).toMatchObject([{ flowId: 'f', commandId: 'o', counts, unmatched: 2 }]);
    expect(outputs[0]?.changes).toHaveLength(20);
  });

  it('labels new records by their key', () => {
    const [added] = firstChanges(plan({ adds: [{ fields: { k: { value: 'new' }, n: { value: '1' } } }] }), 5);
    expect(added).toMatchObject({ kind: 'add', recordId: '', label: 'new' });
  });
});

describe('touchedRecord', () => {
  it('is true only for a record that was written', () => {
    expect(touchedRecord(SCENARIOS.doneHere, PLANS_HERE, '8', '12')).toBe(true);
    expect(touchedRecord(SCENARIOS.doneHere, PLANS_HERE, '8', '13')).toBe(false);
    expect(touchedRecord(SCENARIOS.doneHere, PLANS_HERE, '9', '12')).toBe(false);
    expect(touchedRecord(SCENARIOS.doneHere, PLANS_HERE, '8', '')).toBe(false);
    expect(touchedRecord(SCENARIOS.done, PLANS_HERE, '8', '12')).toBe(false);
  });

  it('takes no chances with flows that were planned late', () => {
    const late = {
      ...SCENARIOS.doneHere,
      preview: { ...SCENARIOS.doneHere.preview, deferredFlowIds: ['顧客別売上'] },
    };
    expect(touchedRecord(late, PLANS_HERE, '8', '13')).toBe(true);
  });

  it('is false when nothing was written after all', () => {
    const nothing = { added: 0, updated: 0, deleted: 0, unchanged: 0 };
    const flows = SCENARIOS.doneHere.flows.map((flow) => ({
      ...flow,
      outputs: flow.outputs.map((output) => ({ ...output, written: nothing })),
    }));
    expect(touchedRecord({ ...SCENARIOS.doneHere, flows }, PLANS_HERE, '8', '12')).toBe(false);
  });
});

describe('noChangeReason', () => {
  const status = SCENARIOS.noChange;
  it('says that everything was the same already', () => {
    expect(noChangeReason(status)).toEqual({ kind: 'allSame', count: 42 });
  });

  it('says that there was nothing to read', () => {
    const flows = status.flows.map((flow) => ({
      ...flow,
      commands: flow.commands.map((command) => ({ ...command, rowsIn: 0, rowsOut: 0 })),
    }));
    const counts = { ...status.counts, unchanged: 0 };
    expect(noChangeReason({ ...status, flows, counts })).toEqual({ kind: 'noInput', count: 0 });
  });

  it('says that no record has the key', () => {
    const preview = previewOf([{ flowId: 'f', outputs: [plan({ unmatched: 3 })] }], [], {
      shape: 'unit',
      checkedAtMs: 0,
    });
    const counts = { ...status.counts, unchanged: 0 };
    expect(noChangeReason({ ...status, preview, counts })).toEqual({ kind: 'unmatched', count: 3 });
    expect(noChangeReason({ ...status, counts })).toEqual({ kind: 'noRows', count: 0 });
  });
});
