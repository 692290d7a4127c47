import { describe, expect, it } from 'vitest';
import { FailureError } from '../../src/definition/errors';
import type { FlowRunContext } from '../../src/flow/index';
import { executeFlow } from '../../src/flow/index';
import type { Table } from '../../src/table/types';
import { field, form, table } from '../commands/support';
import { command, compile, edit, flow, flowContext, inputApp, outputApp, specsOf } from './support';

const FIELDS = form(field('a', 'SINGLE_LINE_TEXT'), field('n', 'NUMBER'));
const APPS = {
  '1': {
    fields: FIELDS,
    records: table(specsOf(FIELDS), [
      ['x', 1],
      ['y', 0],
    ]),
  },
  '2': { fields: FIELDS },
};
const sorted = command('s', 'sort', ['i'], { keys: [{ column: 'a', descending: true }] });
const SOUND = flow(inputApp('i', '1'), sorted, outputApp('o', 's', '2', ['a', 'n']));

async function failureOf(promise: Promise<unknown>) {
  try {
    await promise;
  } catch (cause) {
    if (cause instanceof FailureError) return cause.failure;
    throw cause;
  }
  throw new Error('It did not fail');
}

describe('executeFlow', () => {
  it('tells the state of every command as it goes', async () => {
    const seen: string[] = [];
    const context = flowContext(
      APPS,
      {},
      {
        onStep: (commandId, state, rowsIn, rowsOut, reports) => {
          seen.push(`${commandId} ${state} ${rowsIn} ${rowsOut} ${reports.length}`);
        },
        yieldNow: async () => {
          seen.push('yield');
        },
      },
    );
    await executeFlow(compile(SOUND, APPS), context);
    expect(seen).toEqual([
      'yield',
      'i running 0 0 0',
      'i done 0 2 0',
      'yield',
      's running 2 0 0',
      // Sorting rests after its one key, taking the rows after each of the two columns.
      'yield',
      'yield',
      'yield',
      's done 2 2 0',
      'yield',
      'o running 2 0 0',
      'o done 2 2 0',
    ]);
  });

  it('gives reports to the step they belong to', async () => {
    const blanking = command('e', 'edit', ['i'], {
      steps: [{ target: 'q', label: '', method: 'formula', formula: '1/n', type: null, onError: 'blank' }],
    });
    const wanted = flow(inputApp('i', '1'), blanking, outputApp('o', 'e', '2', ['a']));
    const result = await executeFlow(compile(wanted, APPS), flowContext(APPS));
    expect(result.steps.map((step) => step.reports.length)).toEqual([0, 1, 0]);
    expect(result.steps[1]?.reports[0]).toMatchObject({
      code: 'formulaErrors',
      count: 1,
      place: { commandId: 'e' },
    });
  });

  it('locates the failure of a command', async () => {
    const wanted = flow(inputApp('i', '1'), edit('e', 'i', 'q', '1/n'), outputApp('o', 'e', '2', ['a']));
    const states: string[] = [];
    const context = flowContext(
      APPS,
      {},
      {
        onStep: (commandId, state) => {
          states.push(`${commandId} ${state}`);
        },
      },
    );
    expect(await failureOf(executeFlow(compile(wanted, APPS), context))).toEqual({
      code: 'formulaErrors',
      params: { column: 'q', error: 'divisionByZero', count: 1 },
      place: { unitId: 'u', flowId: 'f', commandId: 'e', field: 'steps.0', row: 1 },
    });
    expect(states.at(-1)).toBe('e failed');
  });

  it('ends without outputs where a data check stops it, with the reports and the reason', async () => {
    const rule = { kind: 'formula', message: '', formula: 'n>0' };
    const check = (onError: string) =>
      command('c', 'check', ['i'], { rules: [rule], onError, stopAt: 1, badRows: 'drop', as: '' });
    const states: string[] = [];
    const context = flowContext(
      APPS,
      {},
      {
        onStep: (commandId, state, rowsIn, rowsOut) => {
          states.push(`${commandId} ${state} ${rowsIn} ${rowsOut}`);
        },
      },
    );
    const before = outputApp('before', 'i', '2', ['a']);
    const wanted = flow(inputApp('i', '1'), before, check('stop'), outputApp('o', 'c', '2', ['a']));
    const result = await executeFlow(compile(wanted, APPS), context);
    expect(result.stopped).toEqual({
      code: 'checkStopped',
      params: { count: 1 },
      place: { unitId: 'u', flowId: 'f', commandId: 'c', row: 1 },
    });
    expect(result.outputs).toEqual([]);
    expect(result.steps.map((step) => step.commandId)).toEqual(['i', 'before', 'c']);
    expect(result.steps.at(-1)?.reports.map(({ code, count }) => `${code} ${count}`)).toEqual([
      'checkFormula 1',
    ]);
    expect(states.slice(-2)).toEqual(['c running 2 0', 'c done 2 0']);
    const goesOn = flow(inputApp('i', '1'), check('continue'), outputApp('o', 'c', '2', ['a']));
    const whole = await executeFlow(compile(goesOn, APPS), flowContext(APPS));
    expect([whole.stopped, whole.outputs[0]?.table.rowCount]).toEqual([null, 1]);
  });

  it('hands back the value of a flow, which is output enough, and none where the flow is stopped', async () => {
    const value = (id: string, input: string) => command(id, 'outputValue', [input], { columns: ['n'] });
    const only = await executeFlow(
      compile(flow(inputApp('i', '1'), value('v', 'i')), APPS),
      flowContext(APPS),
    );
    expect(only.outputs).toEqual([]);
    expect(only.values).toEqual([{ commandId: 'v', rows: [{ n: '1' }, { n: '0' }] }]);
    const rule = { kind: 'formula', message: '', formula: 'n>0' };
    const check = command('c', 'check', ['v'], {
      rules: [rule],
      onError: 'stop',
      stopAt: 1,
      badRows: 'drop',
      as: '',
    });
    const wanted = flow(inputApp('i', '1'), value('v', 'i'), check, outputApp('o', 'c', '2', ['a']));
    expect((await executeFlow(compile(wanted, APPS), flowContext(APPS))).values).toEqual([]);
    const two = compile(flow(inputApp('i', '1'), value('v', 'i'), value('w', 'i')), APPS);
    expect(two.problems.map(({ code, place }) => `${code} ${place.commandId}`)).toEqual(['valueTwice w']);
  });

  it('locates the failure of the reader and keeps what the reader knew', async () => {
    const apps = { '1': { fields: FIELDS }, '2': { fields: FIELDS } };
    expect(await failureOf(executeFlow(compile(SOUND, apps), flowContext(apps)))).toEqual({
      code: 'appNotFound',
      params: {},
      place: { appId: '1', unitId: 'u', flowId: 'f', commandId: 'i' },
    });
  });

  it('calls a mistake of the program by its name', async () => {
    const read: FlowRunContext['read'] = () => Promise.reject(new TypeError('oops'));
    expect(await failureOf(executeFlow(compile(SOUND, APPS), flowContext(APPS, {}, { read })))).toMatchObject(
      {
        code: 'commandCrashed',
        params: { message: 'oops' },
        place: { commandId: 'i' },
      },
    );
  });

  it('refuses a flow with errors', async () => {
    const wanted = flow(inputApp('i', '1'), outputApp('o', 'i', '2', ['z']));
    expect(await failureOf(executeFlow(compile(wanted, APPS), flowContext(APPS)))).toMatchObject({
      code: 'flowInvalid',
      params: { problem: 'columnMissing' },
      place: { commandId: 'o' },
    });
  });

  it('stops before the next command when asked to', async () => {
    const controller = new AbortController();
    const started: string[] = [];
    const context = flowContext(
      APPS,
      {},
      {
        signal: controller.signal,
        onStep: (commandId, state) => {
          if (state === 'running') started.push(commandId);
          if (commandId === 'i' && state === 'done') controller.abort();
        },
      },
    );
    expect(await failureOf(executeFlow(compile(SOUND, APPS), context))).toMatchObject({
      code: 'cancelled',
      place: { commandId: 's' },
    });
    expect(started).toEqual(['i']);
  });

  it('gives a table to each of several users', async () => {
    const wanted = flow(
      inputApp('i', '1'),
      command('j', 'join', ['i', 'i'], { method: 'inner', keys: [{ left: 'a', right: 'a' }] }),
      outputApp('o', 'j', '2', ['a']),
      outputApp('p', 'i', '2', ['n']),
    );
    const result = await executeFlow(compile(wanted, APPS), flowContext(APPS));
    expect(result.outputs.map((output) => output.table.rowCount)).toEqual([2, 2]);
    expect(result.outputs.map((output) => output.place.commandId)).toEqual(['o', 'p']);
  });

  it('reads each input once and leaves its table alone', async () => {
    const reads: Table[] = [];
    const base = flowContext(APPS);
    const context = flowContext(
      APPS,
      {},
      {
        read: async (request) => {
          const read = await base.read(request);
          reads.push(read);
          return read;
        },
      },
    );
    await executeFlow(compile(SOUND, APPS), context);
    expect(reads).toHaveLength(1);
    expect(reads[0]?.columns.map((entry) => entry.spec.name)).toEqual(['a', 'n']);
  });
});
