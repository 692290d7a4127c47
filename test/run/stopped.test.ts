import { describe, expect, it, vi } from 'vitest';
import type { Flow } from '../../src/definition/types';
import { type Observations, previewUnit, resumeRun, startRun } from '../../src/run';
import { requestOf, settingsOf, sumFlow, TARGET, world } from './setup';

// Threads that compress and hash know nothing of virtual time.
vi.mock('../../src/run/plan-codec', () => import('./plain-codec'));

const seen = (): Observations => new Map();

/** The sum flow with a data check behind its input that no row passes. */
function stoppingFlow(id: string): Flow {
  const flow = sumFlow(id);
  const [input, ...rest] = flow.commands;
  if (!input) throw new Error('The flow has an input');
  const check = {
    id: 'check',
    type: 'check',
    note: '',
    inputs: [input.id],
    settings: {
      rules: [{ kind: 'formula', message: '', formula: 'amount < 0' }],
      onError: 'stop',
      stopAt: 1,
      badRows: 'keep',
      as: '',
    },
  };
  const behind = rest.map((command) => ({
    ...command,
    inputs: command.inputs.map((from) => (from === input.id ? 'check' : from)),
  }));
  return { ...flow, commands: [input, check, ...behind] };
}

const STOP = { code: 'checkStopped', params: { count: 3 } };

describe('a flow that a data check stops', () => {
  it('writes nothing, and the run succeeds with the reason that says so', async () => {
    const { kintone, clock, tab } = world();
    const settings = settingsOf([stoppingFlow('f1')]);
    const end = await clock.until(startRun(tab('t1'), requestOf(settings), seen()).ended);
    expect(end).toMatchObject({ state: 'Success', reason: 'stopped', failure: STOP });
    expect(end.flows[0]).toMatchObject({ state: 'Success', failure: STOP, outputs: [] });
    expect(end.flows[0]?.commands.find((command) => command.type === 'check')?.reports).toMatchObject([
      { code: 'checkFormula', count: 3 },
    ]);
    expect(kintone.rows(TARGET)).toEqual([]);
    const entry = kintone.entries.get('1');
    expect(entry).toMatchObject({ state: 'Success', reason: 'stopped', lockKey: '' });
    expect(entry?.flows[0]).toMatchObject({ state: 'Success', message: 'checkStopped' });
  });

  it('lets the other flows write', async () => {
    const { kintone, clock, tab } = world();
    const settings = settingsOf([stoppingFlow('f1'), sumFlow('f2')], { confirm: 'never' });
    const end = await clock.until(startRun(tab('t1'), requestOf(settings), seen()).ended);
    expect(end).toMatchObject({ state: 'Success', reason: 'stopped', counts: { added: 3 } });
    expect(end.flows.map((flow) => [flow.state, flow.failure?.code ?? ''])).toEqual([
      ['Success', 'checkStopped'],
      ['Success', ''],
    ]);
    expect(kintone.rows(TARGET)).toHaveLength(3);
  });

  it('says so in a preview', async () => {
    const { clock, tab } = world();
    const preview = previewUnit(tab('t1'), requestOf(settingsOf([stoppingFlow('f1')])));
    expect(await clock.until(preview.ended)).toMatchObject({ state: 'Success', reason: 'stopped' });
  });

  it('still says so when another tab finishes the run', async () => {
    const { kintone, clock, tab, close } = world(2500);
    const settings = settingsOf([stoppingFlow('f1'), sumFlow('f2')], { confirm: 'never' });
    const died = new Promise<void>((resolve) => {
      kintone.afterCommit = ({ requests }) => {
        if (requests.length === 0) return;
        close('t1');
        resolve();
      };
    });
    startRun(tab('t1'), requestOf(settings), seen());
    await clock.until(died);
    kintone.afterCommit = () => undefined;
    const found = await clock.until(startRun(tab('t2'), requestOf(settings), seen()).ended);
    if (found.holder === null) throw new Error('The run that died is found');
    const end = await clock.until(resumeRun(tab('t3'), requestOf(settings), found.holder, seen()).ended);
    expect(end).toMatchObject({ state: 'Success', reason: 'stopped', failure: { code: 'checkStopped' } });
    expect(kintone.rows(TARGET)).toHaveLength(2500);
  });
});
