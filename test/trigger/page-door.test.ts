/** Door 1: the page itself. */
import { describe, expect, it } from 'vitest';
import { joinDoors } from '../../src/record/api/join';
import type { NagareError, NagareProgress } from '../../src/record/api/nagare';
import { startReplyOf } from '../../src/trigger';
import { TARGET } from '../run/setup';
import {
  errorRowCases,
  freshToken,
  LICENSE_ROW,
  pathOf,
  runBody,
  startedTask,
  tokenBody,
} from './error-rows';
import { APP_ID, type PageWorld, pageWorld, UNITS } from './page-world';

describe('error tables of the API reference, through the page', () => {
  errorRowCases(pageWorld, LICENSE_ROW);

  it('/token takes any serial number: the session is the license', async () => {
    const there = await pageWorld();
    const body = { ...tokenBody(there), serialNumber: btoa('some-other-serial') };
    expect((await there.door.send(pathOf(UNITS.usable, 'token'), body)).body.code).toBe(200);
  });
});

const nagareOf = (there: PageWorld) => joinDoors([there.plugin], (failure) => failure.code);

const started = (there: PageWorld, ...given: Parameters<ReturnType<typeof nagareOf>['start']>) =>
  there.clock.until(nagareOf(there).start(...given));

const refusalOf = async (start: Promise<unknown>): Promise<NagareError> => {
  try {
    await start;
  } catch (error) {
    return error as NagareError;
  }
  throw new Error('was not refused');
};

describe("kintone's test environment", () => {
  it('starts nothing, by either door, and says why', async () => {
    const there = await pageWorld();
    there.enterTestEnvironment();
    expect(await refusalOf(started(there, UNITS.usable))).toMatchObject({
      name: 'NagareError',
      code: 'testEnvironment',
    });
    expect(await refusalOf(started(there, UNITS.usable, { confirm: false }))).toMatchObject({
      code: 'testEnvironment',
    });
    const accessToken = await freshToken(there);
    const { body } = await there.door.send(pathOf(UNITS.usable, 'run'), runBody(there, accessToken));
    expect(body).toMatchObject({
      code: 500,
      description: 'The request could not be carried out (testEnvironment).',
    });
    expect(there.presses).toEqual([]);
    expect(there.kintone.entries.size).toBe(0);
  });
});

describe('stop', () => {
  const stop = (there: PageWorld, task: object) => there.door.send(pathOf(UNITS.usable, 'stop'), task);

  it('ends a run of this page before it writes', async () => {
    const there = await pageWorld();
    there.pause();
    const task = await startedTask(there);
    expect((await stop(there, task)).body).toMatchObject({ code: 200, taskStatus: 'Queuing' });
    there.goOn();
    await there.clock.until(there.runs[0]!.ended);
    expect((await stop(there, task)).body).toMatchObject({ code: 200, taskStatus: 'Failure' });
    expect(there.kintone.rows(TARGET)).toEqual([]);
    expect([...there.kintone.entries.values()].at(-1)).toMatchObject({ reason: 'cancelled' });
  });

  it('asks another page’s run in its record, as the person who is logged in', async () => {
    const there = await pageWorld();
    const accessToken = await freshToken(there);
    const taskId = await there.occupy(UNITS.usable);
    const run = { ...runBody(there, accessToken), user: 'somebody' };
    await there.door.send(pathOf(UNITS.usable, 'run'), run);
    const body = { accessToken, taskId };
    expect((await there.clock.until(nagareOf(there).stop(UNITS.usable, body))).code).toBe(200);
    const entry = [...there.kintone.entries.values()].find(({ runId }) => runId === taskId);
    expect(entry).toMatchObject({ cancelRequestedBy: '佐藤', endedAtMs: null });
  });
});

describe('a run by the protocol', () => {
  it('goes from Queuing to Success without asking anybody, and tells its flows', async () => {
    const there = await pageWorld();
    there.pause();
    const asked = await startedTask(there);
    const status = async () => (await there.door.send(pathOf(UNITS.usable, 'status'), asked)).body;
    expect(await status()).toMatchObject({
      taskStatus: 'Queuing',
      flowInfo: [
        { flowName: 'flow f1', status: 'Queuing' },
        { flowName: 'flow f2', status: 'Queuing' },
      ],
    });
    there.goOn();
    await there.clock.until(there.runs[0]!.ended);
    expect(await status()).toEqual({
      code: 200,
      status: 'OK',
      taskStatus: 'Success',
      flowInfo: ['flow f1', 'flow f2'].map((flowName, index) => ({
        flowExecUniqueKey: there.runs[0]!.getSnapshot().flows[index]!.key,
        flowName,
        status: 'Success',
        startTime: expect.stringMatching(/^2026-11-21 12:\d\d:\d\d$/),
        endTime: expect.stringMatching(/^2026-11-21 12:\d\d:\d\d$/),
      })),
    });
    expect(there.kintone.rows(TARGET)).toHaveLength(3);
    const entry = [...there.kintone.entries.values()].at(-1)!;
    expect(entry).toMatchObject({
      runId: asked.taskId,
      method: 'api',
      callingAppId: APP_ID,
      callingRecordId: '7',
      user: { code: 'sato' },
    });
  });

  it('is held back by a run that holds the unit, and may then watch that one', async () => {
    const there = await pageWorld();
    const holder = await there.occupy(UNITS.usable);
    const accessToken = await freshToken(there);
    const reply = await there.door.send(pathOf(UNITS.usable, 'run'), runBody(there, accessToken));
    expect(reply.body).toMatchObject({ code: 409, taskId: holder });
    const seen = await there.door.send(pathOf(UNITS.usable, 'status'), { accessToken, taskId: holder });
    expect(seen.body).toMatchObject({ code: 200, taskStatus: 'Queuing' });
    // The refused start is in the log as the reference describes such tasks: 134, every flow cancelled.
    const refused = [...there.kintone.entries.values()].find(({ method }) => method === 'api');
    expect(refused).toMatchObject({ state: 'Failure', reason: 'locked' });
    expect(refused?.flows.map(({ state }) => state)).toEqual(['Cancel', 'Cancel']);
  });

  it('fails as a task when its flow cannot be carried out', async () => {
    const there = await pageWorld();
    there.kintone.apps.get(TARGET)!.isWritable = false;
    const asked = await startedTask(there);
    await there.clock.until(there.runs[0]!.ended);
    const { body } = await there.door.send(pathOf(UNITS.usable, 'status'), asked);
    expect(body).toMatchObject({
      taskStatus: 'Failure',
      flowInfo: [{ status: 'Failure' }, { status: 'Cancel' }],
    });
  });

  it('joins the run that goes on, where the unit says so', async () => {
    const there = await pageWorld();
    there.change(UNITS.usable, { concurrency: 'join' });
    const holder = await there.occupy(UNITS.usable);
    const accessToken = await freshToken(there);
    const reply = await there.door.send(pathOf(UNITS.usable, 'run'), runBody(there, accessToken));
    expect(reply.body).toEqual({ code: 200, status: 'OK', taskId: holder });
    const seen = await there.door.send(pathOf(UNITS.usable, 'status'), { accessToken, taskId: holder });
    expect(seen.body).toMatchObject({ code: 200, taskStatus: 'Queuing' });
    expect((await started(there, UNITS.usable)).runId).toBe(holder);
  });

  it('waits for its turn, where the unit says so', async () => {
    const there = await pageWorld();
    // A day: packing and hashing take real time, in which virtual minutes may pass.
    there.change(UNITS.usable, { concurrency: 'queue', queueTtlMinutes: 1440 });
    await there.occupy(UNITS.usable);
    const asked = await startedTask(there);
    const { body } = await there.door.send(pathOf(UNITS.usable, 'status'), asked);
    expect(body).toMatchObject({
      taskStatus: 'Queuing',
      flowInfo: [{ status: 'Queuing' }, { status: 'Queuing' }],
    });
  });

  it('whose record was deleted from the log is no task any more', async () => {
    const there = await pageWorld();
    const taskId = await there.occupy(UNITS.usable);
    const accessToken = await freshToken(there);
    await there.door.send(pathOf(UNITS.usable, 'run'), runBody(there, accessToken));
    there.kintone.entries.clear();
    const { body } = await there.door.send(pathOf(UNITS.usable, 'status'), { accessToken, taskId });
    expect(body).toMatchObject({ description: 'Specified taskId is invalid.' });
  });

  it('six tokens at the same moment make five runs', async () => {
    const there = await pageWorld();
    there.change(UNITS.usable, { concurrency: 'allow' });
    const tokens = [];
    for (let count = 0; count < 6; count += 1) tokens.push(await freshToken(there));
    const replies = await there.clock.until(
      Promise.all(tokens.map((one) => there.plugin.handle(pathOf(UNITS.usable, 'run'), runBody(there, one)))),
    );
    await there.clock.until(Promise.all(there.runs.map((run) => run.ended)));
    const reasons = there.runs.map((run) => run.getSnapshot().reason);
    expect(replies.every(({ httpStatus }) => httpStatus === 200 || httpStatus === 429)).toBe(true);
    expect(reasons.filter((reason) => reason === 'rateLimited')).toHaveLength(1);
  });
});

describe('sendRequest', () => {
  it.each([
    'https://api.krewdata.grapecity.com/trigger/v1/abcdefghijklmn',
    '/trigger/v1/abcdefghijklmn',
    'https://example.com/somewhere/trigger/v1/abcdefghijklmn',
  ])('takes the unit from %s', async (url) => {
    const there = await pageWorld();
    const nagare = nagareOf(there);
    expect(await there.clock.until(nagare.sendRequest('token', url, tokenBody(there)))).toMatchObject({
      code: 200,
    });
  });

  it('takes the body as JSON too', async () => {
    const there = await pageWorld();
    const body = JSON.stringify(tokenBody(there));
    const url = `/trigger/v1/${UNITS.usable}`;
    expect(await there.clock.until(nagareOf(there).sendRequest('token', url, body))).toMatchObject({
      code: 200,
    });
  });

  it.each([
    ['delete', `/trigger/v1/${UNITS.usable}`],
    ['token', 'https://example.com/'],
    ['token', `/trigger/v1/${UNITS.usable}?x=/trigger/v1/zzzzzzzzzzzzzz`],
    ['token', '/trigger/v1/zzzzzzzzzzzzzz'],
  ])('%s at %s is no address', async (api, url) => {
    const there = await pageWorld();
    const sent = nagareOf(there).sendRequest(api, url, tokenBody(there));
    expect(await there.clock.until(sent)).toMatchObject({
      code: 400,
      description: 'Request path is invalid.',
    });
  });
});

describe('nagare.start', () => {
  it('asks as the unit says, and goes on when the person agrees', async () => {
    const there = await pageWorld();
    const run = await started(there, UNITS.usable);
    expect(run.state).toBe('Queuing');
    const seen: string[] = [];
    const agree = ({ reason }: NagareProgress) => {
      seen.push(reason);
      if (reason === 'confirming') there.runs[0]?.confirm();
    };
    run.onProgress(agree);
    agree(run.progress);
    const end = await there.clock.until(run.ended);
    expect(end).toMatchObject({
      runId: run.runId,
      state: 'Success',
      reason: 'done',
      rowsWritten: 3,
      counts: { added: 3, updated: 0, deleted: 0 },
      error: null,
      logRecordId: '1',
    });
    expect(run.progress).toEqual(end);
    expect(seen).toEqual(expect.arrayContaining(['confirming', 'writing', 'done']));
  });

  it('writes at once with confirm: false', async () => {
    const there = await pageWorld();
    const run = await started(there, UNITS.usable, { confirm: false });
    expect((await there.clock.until(run.ended)).state).toBe('Success');
    expect(there.presses[0]).toMatchObject({ unitName: 'usable', start: { isConfirmed: true } });
  });

  it('hands over record and input', async () => {
    const there = await pageWorld();
    const [field] = [
      { name: 'month', label: '', note: '', type: 'text', required: true, defaultValue: '', choices: [] },
    ] as const;
    there.change(UNITS.usable, { input: [field] });
    const record = { $id: { value: '12', type: '__ID__' }, memo: { type: 'SINGLE_LINE_TEXT', value: 'x' } };
    const input = { month: '2026-10' };
    await started(there, UNITS.usable, { record, input, confirm: false });
    expect(there.presses[0]).toMatchObject({
      event: { appId: 40, recordId: '12', record },
      start: { input },
    });
    // Later changes of the program's own objects do not reach the run.
    record.memo.value = 'y';
    expect(there.presses[0]?.event.record).toMatchObject({ memo: { value: 'x' } });
  });

  it('lists what may be started, with the input it needs', async () => {
    const there = await pageWorld();
    const units = await nagareOf(there).units();
    expect(units).toEqual([
      { id: UNITS.usable, name: 'usable', input: [] },
      { id: UNITS.withoutFlows, name: 'without flows', input: [] },
    ]);
    expect((await started(there, units[0]!, { confirm: false })).runId).toMatch(/^abcdefghijklmn:/);
  });

  it.each([
    ['a unit that is not there', 'zzzzzzzzzzzzzz', {}, 'unitMissing'],
    ['a unit that programs may not start', UNITS.notByApi, {}, 'unitNotByApi'],
    ['a disabled unit', UNITS.disabled, {}, 'unitDisabled'],
    ['a unit without flows', UNITS.withoutFlows, {}, 'unitWithoutFlows'],
    ['input the unit does not know', UNITS.usable, { record: {}, input: { x: '1' } }, 'inputNotAccepted'],
    ['a record that is none', UNITS.usable, { record: { memo: 'a' } as never }, 'recordNotAccepted'],
    ['a signal that is set already', UNITS.usable, { signal: AbortSignal.abort() }, 'cancelled'],
  ])('refuses %s', async (_title, unit, options, code) => {
    const there = await pageWorld();
    const refusal = await refusalOf(started(there, unit, options));
    expect(refusal).toBeInstanceOf(Error);
    expect(refusal).toMatchObject({
      name: 'NagareError',
      code,
      message: code,
      holderRunId: null,
    });
    expect(there.kintone.entries.size).toBe(0);
  });

  it('names the run that holds the unit', async () => {
    const there = await pageWorld();
    const holderRunId = await there.occupy(UNITS.usable);
    expect(await refusalOf(started(there, UNITS.usable))).toMatchObject({ code: 'locked', holderRunId });
  });

  it('is refused beyond the rate limit', async () => {
    const there = await pageWorld();
    await there.exhaustRateLimit(UNITS.usable);
    expect(await refusalOf(started(there, UNITS.usable))).toMatchObject({ code: 'rateLimited' });
  });

  it.each(['signal', 'cancel()'])('is stopped by %s', async (way) => {
    const there = await pageWorld();
    const controller = new AbortController();
    const run = await started(there, UNITS.usable, { signal: controller.signal });
    if (way === 'signal') controller.abort();
    else run.cancel();
    expect(await there.clock.until(run.ended)).toMatchObject({
      state: 'Failure',
      reason: 'cancelled',
      error: { code: 'cancelledBy' },
    });
    expect(there.kintone.rows(TARGET)).toEqual([]);
  });

  it('says so when the log does not take the run', async () => {
    const there = await pageWorld();
    there.change(UNITS.usable, { concurrency: 'allow' });
    there.kintone.journal.create = async () => ({
      kind: 'refused',
      refusal: { status: 403, code: 'CB_NO02', message: '', requestIndex: null, rows: [] },
    });
    expect(await refusalOf(started(there, UNITS.usable))).toMatchObject({ code: 'noLogPermission' });
  });
});

describe('several plug-ins on a page', () => {
  it("each start their own units; an unknown one is nobody's", async () => {
    const first = await pageWorld();
    const second = await pageWorld();
    const foreign = { ...second.plugin, has: async (id: string) => id === 'eeeeeeeeeeeeee' };
    const nagare = joinDoors([first.plugin, foreign], (failure) => failure.code);
    expect(await nagare.units()).toHaveLength(4);
    await refusalOf(nagare.start('eeeeeeeeeeeeee'));
    await first.clock.until(nagare.start(UNITS.usable, { confirm: false }));
    expect([first.presses.length, second.presses.length]).toEqual([1, 0]);
    expect(await refusalOf(nagare.start('zzzzzzzzzzzzzz'))).toMatchObject({ code: 'unitMissing' });
  });
});

describe('startReplyOf', () => {
  it('is answered when the record is there, long before the end', async () => {
    const there = await pageWorld();
    await started(there, UNITS.usable);
    const [run] = there.runs;
    expect(await startReplyOf(run!)).toEqual({ kind: 'started' });
    expect(run!.getSnapshot().endedAtMs).toBeNull();
    run!.cancel();
    await there.clock.until(run!.ended);
  });
});
