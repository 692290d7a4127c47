import { describe, expect, it, vi } from 'vitest';
import type { Flow } from '../../src/definition/types';
import { startRun } from '../../src/run';
import { requestOf, SOURCE, settingsOf, sumFlow, TARGET, world } from './setup';

// Threads that compress and hash know nothing of virtual time.
vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

const valueCommand = (input: string) => ({
  id: 'value',
  type: 'outputValue',
  note: '',
  inputs: [input],
  settings: { columns: [] },
});
/** The totals of `sumFlow` as a value. */
const asked = (id: string, keep: (type: string) => boolean): Flow => {
  const { commands, ...flow } = sumFlow(id);
  return { ...flow, commands: [...commands.filter(({ type }) => keep(type)), valueCommand('sum')] };
};

describe('a result value', () => {
  it('is output enough: the run reads, writes nothing, and succeeds', async () => {
    const { kintone, clock, tab } = world();
    const flow = asked('f1', (type) => type !== 'outputApp');
    const run = startRun(tab('t1'), requestOf(settingsOf([flow], { confirm: 'never' })), new Map());
    const end = await clock.until(run.ended);
    expect(end).toMatchObject({
      state: 'Success',
      failure: null,
      counts: { added: 0, updated: 0, deleted: 0 },
    });
    expect(end.flows.map((one) => one.state)).toEqual(['Success']);
    expect([kintone.rows(SOURCE).length, kintone.rows(TARGET)]).toEqual([3, []]);
  });

  it('stands beside what is written, without changing it', async () => {
    const { kintone, clock, tab } = world();
    const flow = asked('f1', () => true);
    const run = startRun(tab('t1'), requestOf(settingsOf([flow], { confirm: 'never' })), new Map());
    expect(await clock.until(run.ended)).toMatchObject({ state: 'Success', counts: { added: 3 } });
    expect(kintone.rows(TARGET)).toHaveLength(3);
  });
});
