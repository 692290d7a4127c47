/** What flows hand back: kept beside the plan, given at a good end, and never lost by a change of the owner. */
import { describe, expect, it } from 'vitest';
import { flowValues, type Observations, resumeRun, startRun } from '../../src/run';
import { MAX_RUN_VALUE_CHARACTERS, RunValue } from '../../src/run/run-value';
import { command, requestOf, settingsOf, sumFlow, TARGET, world } from './setup';

const seen = (): Observations => new Map();

/** Sums per customer, writes them, and hands the sums back. */
const answering = (id: string, mode: 'upsert' | 'append' = 'upsert') => {
  const flow = sumFlow(id, mode);
  return { ...flow, commands: [...flow.commands, command('back', 'outputValue', ['sum'], { columns: [] })] };
};

const SUMS = [
  { customer: 'c0', total: '1' },
  { customer: 'c1', total: '2' },
  { customer: 'c2', total: '3' },
];

describe('the value of a run', () => {
  it('is in its status and its record when it ends well, also when nothing is to be written', async () => {
    const { kintone, clock, tab } = world();
    const settings = settingsOf([answering('f1')], { confirm: 'never' });
    for (const reason of ['done', 'noChange']) {
      const end = await clock.until(startRun(tab('t1'), requestOf(settings), seen()).ended);
      expect(end.reason).toBe(reason);
      expect(end.value).toEqual([{ flowId: 'f1', flowName: 'flow f1', rows: SUMS }]);
    }
    for (const entry of kintone.entries.values())
      expect(flowValues(entry.outputValue).map(({ rows }) => rows)).toEqual([SUMS]);
  });

  it('is not given by a run that fails', async () => {
    const { clock, tab } = world();
    const settings = settingsOf([answering('f1'), sumFlow('f2')], { confirm: 'always' });
    const run = startRun(tab('t1'), requestOf(settings), seen());
    run.decline();
    const end = await clock.until(run.ended);
    expect(end).toMatchObject({ reason: 'declined', value: [] });
  });

  it('survives the page that computed it', async () => {
    const there = world(90);
    const settings = settingsOf([answering('f1', 'append')], { confirm: 'never' });
    const died = new Promise<void>((resolve) => {
      there.kintone.afterCommit = ({ requests }) => {
        if (requests.length === 0) return;
        there.close('t1');
        resolve();
      };
    });
    startRun(there.tab('t1'), requestOf(settings), seen());
    await there.clock.until(died);
    there.kintone.afterCommit = () => undefined;
    const entry = there.kintone.entries.get('1');
    if (entry === undefined) throw new Error('no run record');
    expect(entry.endedAtMs).toBeNull();
    const end = await there.clock.until(resumeRun(there.tab('t2'), requestOf(settings), entry, seen()).ended);
    expect(end).toMatchObject({ state: 'Success' });
    expect(end.value[0]?.rows).toHaveLength(90);
    expect(there.kintone.rows(TARGET)).toHaveLength(90);
  });
});

describe('RunValue', () => {
  const value = (characters: number) => ({ commandId: 'back', rows: [{ text: 'x'.repeat(characters) }] });

  it('refuses what the field of the run record would not hold, naming the flow', () => {
    const all = new RunValue();
    all.note({ id: 'f1', name: 'one' }, value(MAX_RUN_VALUE_CHARACTERS - 1_000));
    expect(() => all.note({ id: 'f2', name: 'two' }, value(2_000))).toThrow('valueTooLong');
  });

  it('forgets the value of a flow that is computed anew and hands nothing back', () => {
    const all = new RunValue();
    all.note({ id: 'f1', name: 'one' }, value(1));
    all.note({ id: 'f1', name: 'one' }, undefined);
    expect(all.text()).toBe('');
  });

  it.each(['', 'x', '{}', 'null', '[null, 3, {"flowId": 1}]'])('reads %j as no value', (text) => {
    expect(flowValues(text)).toEqual([]);
  });
});
