/** What /status says. The four cases are the reference's own examples (cases A10). */
import { describe, expect, it } from 'vitest';
import { typeScriptSources } from '../../scripts/build/sources';
import { failure } from '../../src/definition/errors';
import { type RunStatus, startRun } from '../../src/run';
import {
  errorCodeOf,
  hasErrorCode,
  type Task,
  type TaskFlow,
  taskOfEntry,
  taskOfStatus,
  triggerUnit,
} from '../../src/trigger';
import { errors } from '../../src/ui/dictionaries/en/errors';
import { problems } from '../../src/ui/dictionaries/en/problems';
import { requestOf, settingsOf, sumFlow, UNIT, world } from '../run/setup';
import { coreWorld } from './core-world';
import { pathOf, startedTask } from './error-rows';

/** 2020-12-01 at this time in Tokyo. */
const tokyo = (time: string): number => Date.parse(`2020-12-01T${time}:00+09:00`);

const flow = (
  key: string,
  name: string,
  state: TaskFlow['state'],
  start: string | null = null,
  end: string | null = null,
): TaskFlow => ({
  key,
  name,
  state,
  startedAtMs: start === null ? null : tokyo(start),
  endedAtMs: end === null ? null : tokyo(end),
});

async function statusOf(change: Partial<Task>): Promise<unknown> {
  const there = coreWorld();
  const asked = await startedTask(there);
  const task = there.tasks.get(asked.taskId)!;
  there.tasks.set(asked.taskId, { ...task, ...change });
  return (await there.door.send(pathOf(there.units.usable, 'status'), asked)).body;
}

const info = (
  flowExecUniqueKey: string,
  flowName: string,
  status: string,
  startTime?: string,
  endTime?: string,
) => ({
  flowExecUniqueKey,
  flowName,
  status,
  ...(startTime === undefined ? {} : { startTime, endTime }),
});

describe('/status', () => {
  it('running: the flow at work has a blank end, the next one no times', async () => {
    const flows = [flow('12345678', 'Flow 1', 'Running', '09:00'), flow('90123456', 'Flow 2', 'Queuing')];
    expect(await statusOf({ state: 'Running', reason: 'writing', flows })).toEqual({
      code: 200,
      status: 'OK',
      taskStatus: 'Running',
      flowInfo: [
        info('12345678', 'Flow 1', 'Running', '2020-12-01 09:00:00', ''),
        info('90123456', 'Flow 2', 'Queuing'),
      ],
    });
  });

  it('success: one after the other (case A10)', async () => {
    const flows = [
      flow('12345678', 'Flow 1', 'Success', '09:00', '09:01'),
      flow('90123456', 'Flow 2', 'Success', '09:01', '09:02'),
    ];
    expect(await statusOf({ state: 'Success', reason: 'done', flows })).toEqual({
      code: 200,
      status: 'OK',
      taskStatus: 'Success',
      flowInfo: [
        info('12345678', 'Flow 1', 'Success', '2020-12-01 09:00:00', '2020-12-01 09:01:00'),
        info('90123456', 'Flow 2', 'Success', '2020-12-01 09:01:00', '2020-12-01 09:02:00'),
      ],
    });
  });

  it('failure of the first flow: the next one is cancelled (case A10)', async () => {
    const flows = [flow('12345678', 'Flow 1', 'Failure', '09:00'), flow('90123456', 'Flow 2', 'Cancel')];
    const task = { state: 'Failure', reason: 'failed', failureCode: 'flowInvalid', flows } as const;
    expect(await statusOf({ ...task, message: 'What is wrong', endedAtMs: tokyo('09:01') })).toEqual({
      code: 200,
      status: 'OK',
      taskStatus: 'Failure',
      errorCode: '33',
      errorMessage: 'settings',
      detail: { code: 'flowInvalid', message: 'What is wrong' },
      flowInfo: [
        info('12345678', 'Flow 1', 'Failure', '2020-12-01 09:00:00', '2020-12-01 09:01:00'),
        info('90123456', 'Flow 2', 'Cancel'),
      ],
    });
  });

  it('failure before the first flow: all cancelled (case A10)', async () => {
    const flows = [flow('12345678', 'Flow 1', 'Cancel'), flow('90123456', 'Flow 2', 'Cancel')];
    const task = { state: 'Failure', reason: 'locked', failureCode: 'locked', flows } as const;
    expect(await statusOf({ ...task, message: 'Who runs it' })).toEqual({
      code: 200,
      status: 'OK',
      taskStatus: 'Failure',
      errorCode: '134',
      errorMessage: 'concurrency',
      detail: { code: 'locked', message: 'Who runs it' },
      flowInfo: [info('12345678', 'Flow 1', 'Cancel'), info('90123456', 'Flow 2', 'Cancel')],
    });
  });

  it('does not tell of tasks of other units', async () => {
    expect(await statusOf({ unitId: 'bbbbbbbbbbbbbb' })).toMatchObject({
      description: 'Specified taskId is invalid.',
    });
  });
});

describe('errorCode', () => {
  it('every failure that the engine makes has a number, or is a finding about settings', () => {
    const made = [...typeScriptSources('src')]
      .filter(([path]) => ENGINE.test(path))
      .flatMap(([, source]) => [...source.matchAll(/\bfailure\(\s*'(\w+)'/g)].map(([, code]) => code!));
    expect(made.length).toBeGreaterThan(50);
    const unnumbered = made.filter((code) => !hasErrorCode(code) && !Object.hasOwn(problems, code));
    expect([...new Set(unnumbered)]).toEqual([]);
  });

  it('findings about settings are 33', () => {
    for (const code of Object.keys(problems)) {
      if (Object.hasOwn(errors, code)) continue;
      expect([code, errorCodeOf({ failureCode: code, reason: 'failed' })]).toEqual([code, '33']);
    }
  });

  it.each([
    ['locked', '134'],
    ['interrupted', '1003'],
    ['declined', '1002'],
    ['failed', '1000'],
    ['switchedOff', '1001'],
  ] as const)('of a record that keeps only the reason %s: %s', (reason, number) => {
    expect(errorCodeOf({ failureCode: '', reason })).toBe(number);
  });
});

/** Rooms whose failures can end a run. */
const ENGINE = /^src\/(table|formula|commands|flow|plan|run)\//;

describe('runs as tasks', () => {
  it('page and log tell the same', async () => {
    const { kintone, clock, tab } = world();
    const settings = settingsOf([sumFlow('f1')], { confirm: 'never' });
    const end = await clock.until(startRun(tab('t1'), requestOf(settings), new Map()).ended);
    const fromLog = taskOfEntry(kintone.entries.get('1')!);
    const fromPage = taskOfStatus(end, () => '');
    const seen = ({ flows, ...rest }: Task) => ({
      ...rest,
      flows: flows.map(({ key, name, state, startedAtMs, endedAtMs }) => ({
        key,
        name,
        state,
        startedAtMs,
        endedAtMs,
      })),
    });
    expect(seen(fromPage)).toEqual(seen(fromLog));
    expect(fromPage).toMatchObject({ taskId: end.runId, unitId: UNIT, state: 'Success', failureCode: '' });
  });

  it('a stopped check is a success without an error code', () => {
    const status = {
      runId: 'r',
      unitId: UNIT,
      state: 'Success',
      reason: 'stopped',
      endedAtMs: 1,
      failure: failure('checkStopped'),
      flows: [],
    } as unknown as RunStatus;
    expect(taskOfStatus(status, () => 'why')).toMatchObject({ failureCode: '', message: 'why' });
  });
});

describe('units of settings', () => {
  const site = { origin: 'https://example.cybozu.com', app: { appId: '1' } };
  it('need flows that exist and have a shape, and a log app', () => {
    const flows = [sumFlow('f1')];
    const good = settingsOf(flows, { api: true });
    expect(triggerUnit(good, UNIT, site)).toMatchObject({
      isApiAllowed: true,
      isEnabled: true,
      hasValidFlows: true,
    });
    expect(triggerUnit(good, 'zzzzzzzzzzzzzz', site)).toBeNull();
    const valid = (settings: typeof good) => triggerUnit(settings, UNIT, site)?.hasValidFlows;
    expect(valid({ ...good, logApp: null })).toBe(false);
    expect(valid({ ...good, flows: [] })).toBe(false);
    expect(valid(settingsOf([]))).toBe(false);
    expect(valid({ ...good, flows: [{ ...flows[0]!, commands: flows[0]!.commands.slice(0, 2) }] })).toBe(
      false,
    );
  });
});
