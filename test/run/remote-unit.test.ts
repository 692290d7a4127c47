/** Units that another service carries out: every way in which the protocol can go. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExecutionUnit } from '../../src/definition/types';
import { type JournalEntry, offKey, type RunRequest, type RunStatus, startRun } from '../../src/run';
import { refusalFailure } from '../../src/run/remote-unit/failures';
import { readTask, readTaskId, readToken } from '../../src/run/remote-unit/replies';
import { knowsFailure } from '../../src/ui/panel/explain-failure';
import { ERROR_ROWS } from '../trigger/error-rows';
import {
  type Answer,
  answer,
  type Operation,
  RemoteService,
  refusal,
  remoteSettings,
  TASK,
  TOKEN,
  task,
} from './remote-service';
import { askToStop, requestOf, UNIT, untilAsked, type World, world } from './setup';

const entry = (there: World, id = '1'): JournalEntry => {
  const found = there.kintone.entries.get(id);
  if (found === undefined) throw new Error(`no run ${id}`);
  return found;
};

interface Played {
  readonly there: World;
  readonly service: RemoteService;
  readonly end: RunStatus;
}

async function play(
  answers: Partial<Record<Operation, readonly Answer[]>> = {},
  unit: Partial<ExecutionUnit> = {},
  request: Partial<RunRequest> = {},
): Promise<Played> {
  const there = world();
  const service = new RemoteService(there, answers);
  const run = startRun(service.ports(), requestOf(remoteSettings(unit), request), new Map());
  return { there, service, end: await there.clock.until(run.ended) };
}

const flow = (key: string, status: string, startTime = '', endTime = '') => ({
  flowExecUniqueKey: key,
  flowName: `Flow ${key}`,
  status,
  startTime,
  endTime,
});

describe('a run that goes well', () => {
  it('asks for a token, the run and its status; the log has the same states, flows and times', async () => {
    const running = [flow('k1', 'Running', '2026-11-21 12:00:05'), flow('k2', 'Queuing')];
    const done = [
      flow('k1', 'Success', '2026-11-21 12:00:05', '2026-11-21 12:00:20'),
      flow('k2', 'Success', '2026-11-21 12:00:20', '2026-11-21 12:00:30'),
    ];
    const { there, service, end } = await play({
      status: [task('Queuing'), task('Running', running), task('Success', done)],
    });
    expect(service.asked.map(({ operation }) => operation)).toEqual([
      'token',
      'run',
      'status',
      'status',
      'status',
    ]);
    expect(end).toMatchObject({
      state: 'Success',
      reason: 'done',
      failure: null,
      remote: { host: 'api.example.com', taskId: TASK, isFollowed: false },
    });
    expect(entry(there)).toMatchObject({
      state: 'Success',
      reason: 'done',
      remoteTaskId: TASK,
      lockKey: '',
      flows: [
        {
          key: 'k1',
          name: 'Flow k1',
          state: 'Success',
          startedAtMs: Date.UTC(2026, 10, 21, 3, 0, 5),
          endedAtMs: Date.UTC(2026, 10, 21, 3, 0, 20),
        },
        { key: 'k2', state: 'Success' },
      ],
    });
  });

  it('asks for the status after 2, 5, then every 10 seconds', async () => {
    const { service } = await play({
      status: [...Array.from({ length: 4 }, () => task('Running')), task('Success')],
    });
    const at = service.asked.filter(({ operation }) => operation !== 'token').map(({ atMs }) => atMs);
    expect(at.slice(1).map((ms, index) => ms - (at[index] ?? 0))).toEqual([
      2_000, 5_000, 10_000, 10_000, 10_000,
    ]);
  });

  it('the body for a token is left to the proxy, and the token is nowhere but in requests', async () => {
    const { there, service, end } = await play({ status: [task('Failure', [], { errorCode: '33' })] });
    expect(service.asked[0]?.body).toBeNull();
    expect(service.asked.slice(1).map(({ body }) => body?.['accessToken'])).toEqual([TOKEN, TOKEN]);
    const kept = JSON.stringify([end, ...there.kintone.entries.values()]);
    expect(kept).not.toContain(TOKEN);
    expect(kept).not.toContain(TOKEN.slice(0, 8));
  });

  it('sends the fields of the calling record; attachments without their keys', async () => {
    const file = { fileKey: 'secret', name: 'a.pdf', size: '3', contentType: 'application/pdf' };
    const record = {
      memo: { type: 'SINGLE_LINE_TEXT', value: 'A' },
      files: { type: 'FILE', value: [file] },
      lines: {
        type: 'SUBTABLE',
        value: [{ id: '7', value: { inner: { type: 'FILE', value: [file] } } }],
      },
    };
    const { service } = await play({}, {}, { calling: { appId: '40', recordId: '1', record, fields: {} } });
    const sent = { name: 'a.pdf', size: '3', contentType: 'application/pdf' };
    expect(service.asked[1]?.body).toEqual({
      accessToken: TOKEN,
      user: 'sato',
      appId: '40',
      record: {
        memo: record.memo,
        files: { type: 'FILE', value: [sent] },
        lines: {
          type: 'SUBTABLE',
          value: [{ id: '7', value: { inner: { type: 'FILE', value: [sent] } } }],
        },
      },
    });
  });

  it('the record says that the service may know of the run before the service is asked', async () => {
    const there = world();
    const service = new RemoteService(there);
    const seen: string[] = [];
    service.onAsked = ({ operation }) => {
      const { reason, remoteTaskId } = entry(there);
      seen.push(`${operation} ${reason} ${remoteTaskId}`);
    };
    const run = startRun(service.ports(), requestOf(remoteSettings()), new Map());
    await there.clock.until(run.ended);
    expect(seen).toEqual(['token remote ', 'run remote ', `status remote ${TASK}`]);
  });

  it('asks the person first, unless the unit says otherwise; declined: nothing is sent', async () => {
    const there = world();
    const service = new RemoteService(there);
    const run = startRun(service.ports(), requestOf(remoteSettings({ confirm: 'deletions' })), new Map());
    await untilAsked(there, run);
    run.decline();
    expect(await there.clock.until(run.ended)).toMatchObject({ reason: 'declined' });
    expect(service.asked).toEqual([]);
  });
});

describe('refusals', () => {
  const rows = ERROR_ROWS.filter(({ operation }) => operation === 'token' || operation === 'run').map(
    (row) => [row.operation, row.code, row.description] as const,
  );

  it.each(rows)('/%s %i %s', async (operation, code, description) => {
    const { there, service, end } = await play({ [operation]: [refusal(code, description)] });
    const isUsed = description === 'Specified token has been used.';
    const reason = { 409: 'locked', 429: 'switchedOff' }[code] ?? (isUsed ? 'unclear' : 'failed');
    expect(end).toMatchObject({ state: 'Failure', reason });
    expect(entry(there)).toMatchObject({ state: 'Failure', reason, errorCode: end.failure?.code });
    const found = end.failure?.code ?? '';
    expect(found).not.toBe('remoteRefused');
    for (const language of ['ja', 'en', 'zh'] as const)
      expect([found, knowsFailure(found, language)]).toEqual([found, true]);
    // One request for a token, one for the run, whatever comes back.
    expect([service.times('token'), service.times('run')]).toEqual([1, operation === 'token' ? 0 : 1]);
  });

  it('a refusal that nobody knows is shown as it is', () => {
    const refused = { kind: 'refused', code: 418, description: 'teapot', taskId: '' } as const;
    expect(refusalFailure(refused, {})).toMatchObject({
      code: 'remoteRefused',
      params: { code: 418, says: 'teapot' },
    });
  });

  it('429 switches the unit off here too, until somebody enables it', async () => {
    const there = world();
    const service = new RemoteService(there, {
      token: [
        refusal(429, 'The rate limit for API calls has been exceeded. Specified unit has been disabled.'),
      ],
    });
    const press = () =>
      there.clock.until(startRun(service.ports(), requestOf(remoteSettings()), new Map()).ended);
    expect(await press()).toMatchObject({ reason: 'switchedOff', failure: { code: 'remoteDisabled' } });
    expect(entry(there)).toMatchObject({ lockKey: offKey(UNIT), reason: 'switchedOff' });
    expect(await press()).toMatchObject({
      reason: 'switchedOff',
      failure: { code: 'switchedOffRemote' },
    });
    expect(service.asked).toHaveLength(1);
    there.kintone.entries.set('1', { ...entry(there), lockKey: '' });
    expect((await press()).failure?.code).toBe('remoteDisabled');
  });

  it('every press counts for the limit, also those that the service refused', async () => {
    const there = world();
    const service = new RemoteService(there, { token: ['lost'] });
    const settings = remoteSettings({ rateLimitPerMinute: 2 });
    const reasons: string[] = [];
    for (let press = 0; press < 3; press += 1) {
      const run = startRun(service.ports(), requestOf(settings), new Map());
      reasons.push((await there.clock.until(run.ended)).reason);
    }
    expect(reasons).toEqual(['failed', 'failed', 'rateLimited']);
    expect(service.times('token')).toBe(2);
  });
});

describe('answers that are lost or broken', () => {
  const BROKEN: readonly (readonly [string, Answer])[] = [
    ['lost', 'lost'],
    ['cut off', answer('{"code":200,"taskI')],
    ['without its value', answer({ code: 200, status: 'OK' })],
    ['a page of something in between', answer('<html>Bad Gateway</html>', 502)],
    ['a time-out of something in between', answer('', 408)],
    ['no object', answer('[]')],
    ['an unknown host', answer('Unknown host', 503)],
  ];

  it.each(BROKEN)('/token, %s: nothing has started, and nothing more is sent', async (_title, reply) => {
    const { service, end } = await play({ token: [reply] });
    expect(end).toMatchObject({ reason: 'failed' });
    expect(end.failure?.code).toMatch(/^remote(Unreachable|Unreadable)$/);
    expect(service.asked).toHaveLength(1);
  });

  it.each(BROKEN)('/run, %s: the outcome is unknown, and it is never sent again', async (_title, reply) => {
    const { there, service, end } = await play({ run: [reply] });
    expect(end).toMatchObject({ state: 'Failure', reason: 'unclear', failure: { code: 'remoteUnclear' } });
    expect(entry(there)).toMatchObject({ reason: 'unclear', errorCode: 'remoteUnclear', lockKey: '' });
    expect(service.times('run')).toBe(1);
    expect(service.times('status')).toBe(0);
  });

  it.each(BROKEN)('/status, %s: asked again until it is told', async (_title, reply) => {
    const { service, end } = await play({ status: [reply, reply, reply, task('Success')] });
    expect(end).toMatchObject({ reason: 'done' });
    expect(service.times('status')).toBe(4);
  });

  it('a status that never comes ends after the longest run time, as unknown', async () => {
    const { there, end } = await play({ status: ['lost'] }, { maxRunMinutes: 3 });
    expect(end).toMatchObject({
      reason: 'unclear',
      failure: { code: 'remoteWatchOver', params: { minutes: 3 } },
    });
    expect(there.clock.monotonicMs()).toBeLessThan(4 * 60_000);
    expect(entry(there)).toMatchObject({ remoteTaskId: TASK });
  });

  it('without a longest run time a task is watched for an hour', async () => {
    const { end } = await play({ status: [task('Running', [flow('k1', 'Running')])] });
    expect(end).toMatchObject({ reason: 'unclear', failure: { params: { minutes: 60 } } });
    // As last seen: nobody knows what became of it.
    expect(end.flows.map(({ state }) => state)).toEqual(['Running']);
  });

  it('a refused status ends the watch as unknown', async () => {
    const { end } = await play({ status: [refusal(400, 'Specified accessToken is invalid.')] });
    expect(end).toMatchObject({ reason: 'unclear', failure: { code: 'remoteStatusRefused' } });
  });

  it('whatever is answered, nothing crashes and /run is sent at most once', async () => {
    const reply = fc.oneof(
      fc.constant<Answer>('lost'),
      fc.record({ status: fc.constantFrom(200, 400, 409, 429, 500), text: fc.oneof(fc.string(), fc.json()) }),
      fc
        .record(
          {
            code: fc.constantFrom(200, 400, 409, 429, '200', null),
            accessToken: fc.oneof(fc.string(), fc.integer()),
            taskId: fc.oneof(fc.string(), fc.integer()),
            taskStatus: fc.constantFrom('Queuing', 'Running', 'Success', 'Failure', 'Other', 3),
            flowInfo: fc.oneof(fc.anything(), fc.array(fc.dictionary(fc.string(), fc.anything()))),
            errorMessage: fc.anything(),
          },
          { requiredKeys: [] },
        )
        .map((body) => answer(body)),
    );
    const list = fc.array(reply, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(list, list, list, async (token, run, status) => {
        const { there, service, end } = await play({ token, run, status }, { maxRunMinutes: 1 });
        expect(service.times('run')).toBeLessThanOrEqual(1);
        expect(end.endedAtMs).not.toBeNull();
        expect(entry(there).endedAtMs).not.toBeNull();
        expect(end.reason === 'done').toBe(end.state === 'Success');
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['null', null],
    ['a number', 3],
    ['flows that are none', { code: 200, taskStatus: 'Running', flowInfo: [1, null, 'x'] }],
    ['no flows', { code: 200, taskStatus: 'Running' }],
    ['a state of another kind', { code: 200, taskStatus: { a: 1 } }],
  ])('reads a status that is %s', (_title, body) => {
    expect(['task', 'unreadable']).toContain(readTask({ status: 200, text: JSON.stringify(body) }).kind);
  });

  it('takes the code of the body before that of HTTP', () => {
    const text = JSON.stringify({ code: 400, description: 'x', accessToken: 'y', taskId: 'z' });
    expect(readToken({ status: 200, text })).toMatchObject({ kind: 'refused', code: 400 });
    expect(readTaskId({ status: 200, text })).toMatchObject({ kind: 'refused', code: 400 });
  });
});

describe('409', () => {
  it.each([
    ['a field', refusal(409, 'Other User is running the execution unit.', { taskId: 'other-1' })],
    [
      'the torn text of the reference',
      answer('{"code":409,"description":"Other User is running the execution unit.","taskId":other-1}', 409),
    ],
  ])('with a task in %s: that task is shown to its end; ours never was', async (_title, run) => {
    const { there, service, end } = await play({ run: [run], status: [task('Running'), task('Success')] });
    expect(end).toMatchObject({
      reason: 'locked',
      failure: { code: 'remoteOtherDone', params: { taskId: 'other-1' } },
      remote: { taskId: 'other-1', isFollowed: true },
    });
    expect(service.times('run')).toBe(1);
    expect(entry(there)).toMatchObject({ state: 'Failure', reason: 'locked', lockKey: '' });
  });

  it('whose task may not be read: somebody else is running it', async () => {
    const { service, end } = await play({
      run: [refusal(409, 'Other User is running the execution unit.', { taskId: 'other-1' })],
      status: [refusal(400, 'Specified taskId is invalid.')],
    });
    expect(end).toMatchObject({ reason: 'locked', failure: { code: 'remoteBusy' } });
    expect(service.times('status')).toBe(1);
  });

  it('told by the task itself (134)', async () => {
    const cancelled = [flow('k1', 'Cancel'), flow('k2', 'Cancel')];
    const { end } = await play({ status: [task('Failure', cancelled, { errorCode: '134' })] });
    expect(end).toMatchObject({ reason: 'locked', failure: { code: 'remoteBusy' } });
    expect(end.flows.map(({ state }) => state)).toEqual(['Cancel', 'Cancel']);
  });
});

describe('a task that fails', () => {
  it('keeps the number and the message of the service, and its flows', async () => {
    const { there, end } = await play({
      status: [
        task('Failure', [flow('k1', 'Failure', '2026-11-21 12:00:00', ''), flow('k2', 'Cancel')], {
          errorCode: '33',
          errorMessage: 'settings',
        }),
      ],
    });
    expect(end).toMatchObject({
      state: 'Failure',
      reason: 'failed',
      failure: { code: 'remoteFailed', params: { errorCode: '33', errorMessage: 'settings', taskId: TASK } },
    });
    expect(entry(there).flows.map(({ state }) => state)).toEqual(['Failure', 'Cancel']);
  });
});

describe('stopping', () => {
  const stopAt = async (
    operation: Operation,
    answers: Partial<Record<Operation, readonly Answer[]>> = {},
  ): Promise<Played> => {
    const there = world();
    const service = new RemoteService(there, { status: [task('Running')], ...answers });
    const run = startRun(service.ports(), requestOf(remoteSettings()), new Map());
    service.onAsked = (asked) => {
      if (asked.operation === operation) run.cancel();
    };
    return { there, service, end: await there.clock.until(run.ended) };
  };

  it('before the run is asked for: nothing has started', async () => {
    const { service, end } = await stopAt('token');
    expect(end).toMatchObject({ reason: 'cancelled' });
    expect(service.times('run')).toBe(0);
  });

  it.each(['run', 'status'] as const)(
    'after it (/%s): the outcome is unknown; the task goes on',
    async (at) => {
      const { there, service, end } = await stopAt(at);
      expect(end).toMatchObject({
        reason: 'unclear',
        failure: { code: 'remoteLeft', params: { user: 'Sato', taskId: TASK } },
      });
      expect(entry(there)).toMatchObject({ reason: 'unclear', remoteTaskId: TASK });
      expect(service.times('stop')).toBe(1);
    },
  );

  it('of a service that knows how to stop is waited for', async () => {
    const { service, end } = await stopAt('status', {
      stop: [answer({ code: 200, status: 'OK' })],
      status: [task('Running'), task('Running'), task('Failure', [], { errorCode: '1002' })],
    });
    expect(end).toMatchObject({ reason: 'cancelled', failure: { code: 'cancelledBy' } });
    expect(service.times('status')).toBe(3);
  });

  it('that the service has taken, and that never comes about, is not waited for for ever', async () => {
    const { there, end } = await stopAt('status', { stop: [answer({ code: 200, status: 'OK' })] });
    expect(end).toMatchObject({ reason: 'unclear', failure: { code: 'remoteLeft' } });
    expect(there.clock.monotonicMs()).toBeLessThan(3 * 60_000);
  });

  it('asked for in the log names who asked', async () => {
    const there = world();
    const service = new RemoteService(there, { status: [task('Running')] });
    const run = startRun(service.ports(), requestOf(remoteSettings()), new Map());
    service.onAsked = (asked) => {
      if (service.times('status') === 2 && asked.operation === 'status') askToStop(there, 'Kato');
    };
    expect(await there.clock.until(run.ended)).toMatchObject({
      reason: 'unclear',
      failure: { code: 'remoteLeft', params: { user: 'Kato' } },
    });
  });
});

describe('a page that is gone', () => {
  it.each(['token', 'run', 'status'] as const)(
    'during /%s: the next press closes its run as unknown and starts nothing; the one after that runs',
    async (operation) => {
      const there = world();
      const service = new RemoteService(there, { status: [task('Running')] });
      service.onAsked = async (asked) => {
        if (asked.operation !== operation) return;
        there.close('a');
        await new Promise<never>(() => undefined);
      };
      startRun(service.ports('a'), requestOf(remoteSettings()), new Map());
      await there.clock.advance(30_000);
      const next = new RemoteService(there);
      const press = () =>
        there.clock.until(startRun(next.ports('b'), requestOf(remoteSettings()), new Map()).ended);
      expect(await press()).toMatchObject({
        reason: 'unclear',
        journalId: null,
        failure: { code: 'remoteUnclearFound', params: { user: 'Sato' } },
      });
      expect(next.asked).toEqual([]);
      expect(entry(there)).toMatchObject({
        state: 'Failure',
        reason: 'unclear',
        errorCode: 'remoteLost',
        lockKey: '',
        remoteTaskId: operation === 'status' ? TASK : '',
      });
      expect(await press()).toMatchObject({ reason: 'done' });
    },
  );

  it('with a queue: whoever is first is told, the next one runs', async () => {
    const there = world();
    const service = new RemoteService(there, { status: [task('Running')] });
    const settings = remoteSettings({ concurrency: 'queue' });
    startRun(service.ports('a'), requestOf(settings, { owner: 'a:1' }), new Map());
    await there.clock.advance(5_000);
    const others = new RemoteService(there);
    const first = startRun(others.ports('b', 'b'), requestOf(settings, { owner: 'b:1' }), new Map());
    await there.clock.advance(5_000);
    const second = startRun(others.ports('c', 'c'), requestOf(settings, { owner: 'c:1' }), new Map());
    there.close('a');
    expect(await there.clock.until(first.ended)).toMatchObject({ failure: { code: 'remoteUnclearFound' } });
    expect(await there.clock.until(second.ended)).toMatchObject({ reason: 'done' });
    expect(others.times('run')).toBe(1);
  });

  it('somebody who joined its run is told that the outcome is unknown', async () => {
    const there = world();
    const service = new RemoteService(there, { status: [task('Running')] });
    const settings = remoteSettings({ concurrency: 'join' });
    startRun(service.ports('a', 'a'), requestOf(settings, { owner: 'a:1' }), new Map());
    await there.clock.advance(5_000);
    const joined = startRun(service.ports('b', 'b'), requestOf(settings, { owner: 'b:1' }), new Map());
    await there.clock.advance(5_000);
    there.close('a');
    expect(await there.clock.until(joined.ended)).toMatchObject({
      reason: 'unclear',
      failure: { code: 'remoteUnclearFound' },
    });
  });
});

describe('the connection test', () => {
  it('asks for a token and nothing else, counts, and holds up nobody', async () => {
    const there = world();
    const service = new RemoteService(there, { status: [task('Running')] });
    startRun(service.ports('a'), requestOf(remoteSettings()), new Map());
    await there.clock.advance(3_000);
    const tester = new RemoteService(there);
    const test = (settings = remoteSettings()) =>
      there.clock.until(
        startRun(tester.ports('b'), requestOf(settings, { method: 'test' }), new Map()).ended,
      );
    expect(await test()).toMatchObject({
      state: 'Success',
      reason: 'done',
      failure: { code: 'remoteTestOk' },
    });
    expect(tester.asked.map(({ operation }) => operation)).toEqual(['token']);
    expect(entry(there, '2')).toMatchObject({ method: 'test', state: 'Success', message: 'remoteTestOk' });
    expect(await test(remoteSettings({ rateLimitPerMinute: 2 }))).toMatchObject({ reason: 'rateLimited' });
  });

  it('works for a unit that is not enabled yet, and says what is wrong', async () => {
    const { end } = await play(
      { token: [refusal(401, 'Illegal License.')] },
      { enabled: false, confirm: 'always' },
      { method: 'test' },
    );
    expect(end).toMatchObject({ reason: 'failed', failure: { code: 'remoteLicense' } });
  });
});

describe('units that cannot be started', () => {
  it.each([
    ['an address that is none', { executor: { kind: 'remote', url: 'https://x/' } }, {}, 'remoteUrlInvalid'],
    ['a server or the command line', {}, { runsHere: true }, 'remoteOnlyInPage'],
    ['test mode', { mode: 'test' }, {}, 'remoteNoTestMode'],
    ['disabled', { enabled: false }, {}, 'unitDisabled'],
  ] as const)('%s', async (_title, unit, request, code) => {
    const { service, end } = await play({}, unit, request);
    expect(end).toMatchObject({ reason: 'failed', failure: { code } });
    expect(service.asked).toEqual([]);
  });
});
