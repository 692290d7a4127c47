import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureError, failure } from '../../src/definition/errors';
import {
  memoryTokenStore,
  OPERATIONS,
  type Operation,
  TOKEN_KEPT_MS,
  TOKEN_VALID_MS,
} from '../../src/trigger';
import { type CoreWorld, coreWorld } from './core-world';
import { errorRowCases, freshToken, pathOf, runBody, startedTask, tokenBody } from './error-rows';
import { tokenStoreSuite } from './token-store-suite';

tokenStoreSuite('memory', async () => ({ store: memoryTokenStore(), close: async () => undefined }));

describe('error tables of the API reference, without a door', () => {
  errorRowCases(async () => coreWorld());
});

const description = async (world: CoreWorld, operation: Operation, body: unknown) => {
  const reply = await world.door.send(pathOf(world.units.usable, operation), body);
  return 'description' in reply.body ? reply.body.description : reply.body.status;
};

describe('addresses', () => {
  const good = (world: CoreWorld) => pathOf(world.units.usable, 'token');
  it.each([
    ['GET', good],
    ['OPTIONS', good],
    ['POST', () => '/'],
    ['POST', () => ''],
    ['POST', (world: CoreWorld) => `${good(world)}/`],
    ['POST', (world: CoreWorld) => good(world).toUpperCase()],
    ['POST', () => '/trigger/v1/zzzzzzzzzzzzzz/token'],
    ['POST', () => '/trigger/v1/__proto__/token'],
    ['POST', (world: CoreWorld) => `/trigger/v1/${world.units.usable}/constructor`],
  ] as const)('%s %s is no address', async (method, path) => {
    const world = coreWorld();
    expect((await world.door.send(path(world), tokenBody(world), method)).body).toMatchObject({
      code: 400,
      description: 'Request path is invalid.',
    });
  });
});

describe('order of the checks', () => {
  // Each body is wrong in everything that comes after the named fault as well.
  it.each([
    ['schema before fields', 'token', null, 'Token request body schema is wrong.'],
    [
      'app URL before serial number',
      'token',
      { krewdataAppUrl: 1, serialNumber: 2, other: 3 },
      /^krewdataAppUrl data/,
    ],
    ['type before format', 'token', { krewdataAppUrl: 'x', serialNumber: 2 }, /^krewdataAppUrl format/],
    [
      'serial number before unknown fields',
      'token',
      { krewdataAppUrl: 'https://a.b/k/1', serialnumber: 'QQ==' },
      /^serialNumber is empty/,
    ],
    [
      'unknown fields last of the body',
      'token',
      { krewdataAppUrl: 'https://a.b/k/1', serialNumber: 'QQ==', x: 1 },
      'Token request body schema is wrong.',
    ],
    [
      'license before the app URL is compared',
      'token',
      { krewdataAppUrl: 'https://a.b/k/1', serialNumber: 'QQ==' },
      'Illegal License.',
    ],
    ['token before user', 'run', { user: 1, appId: {}, record: 1 }, /^accessToken is empty/],
    ['user before app id', 'run', { accessToken: 'x', appId: {}, record: 1 }, /^user is empty/],
    [
      'app id before record',
      'run',
      { accessToken: 'x', user: 'u', appId: {}, record: 1 },
      /^appId data type/,
    ],
    [
      'record before unknown fields',
      'run',
      { accessToken: 'x', user: 'u', appId: 1, record: [], x: 1 },
      /^record data type/,
    ],
    [
      'unknown fields before the token is looked up',
      'run',
      { accessToken: 'x', user: 'u', appId: 1, x: 1 },
      'Run request body schema is wrong.',
    ],
    [
      'token before the calling app',
      'run',
      { accessToken: 'x', user: 'u', appId: 1 },
      'Specified token is invalid.',
    ],
    ['token before task', 'status', { taskId: 1, accessToken: '' }, /^accessToken is empty/],
    [
      'unknown fields before the token is looked up',
      'status',
      { accessToken: 'x', taskId: 'y', z: 1 },
      'Status request body schema is wrong.',
    ],
    [
      'access token before task id',
      'status',
      { accessToken: 'x', taskId: 'y' },
      'Specified accessToken is invalid.',
    ],
  ] as const)('%s (/%s)', async (_title, operation, body, expected) => {
    expect(await description(coreWorld(), operation, body)).toMatch(expected);
  });

  it('/token: app URL, way of starting, unit, rate limit', async () => {
    const world = coreWorld();
    for (const id of Object.values(world.units)) await world.exhaustRateLimit(id);
    const ask = async (unitId: string, change = {}) => {
      const { body } = await world.door.send(pathOf(unitId, 'token'), { ...tokenBody(world), ...change });
      return 'description' in body ? body.description : '';
    };
    const { notByApi, disabled, withoutFlows, usable } = world.units;
    expect(await ask(notByApi, { krewdataAppUrl: 'https://a.b/k/1' })).toMatch(/^Specified krewdataAppUrl/);
    expect(await ask(notByApi)).toMatch(/^Request type/);
    expect(await ask(disabled)).toBe('Specified unit is invalid.');
    expect(await ask(withoutFlows)).toBe('Specified unit is invalid.');
    expect(await ask(usable)).toMatch(/^The rate limit/);
  });

  it('/run: used before expired, expired before the calling app', async () => {
    const world = coreWorld();
    const { accessToken } = await startedTask(world);
    const unused = await freshToken(world);
    await world.advance(TOKEN_VALID_MS + 1);
    const send = (token: string) => description(world, 'run', { ...runBody(world, token), appId: '9' });
    expect(await send(accessToken)).toBe('Specified token has been used.');
    expect(await send(unused)).toMatch(/^Specified token has been created for more than 10 minutes/);
  });
});

describe('requests', () => {
  it.each(['/', ''])('takes the app URL with%s at the end, and the app id as number or text', async (end) => {
    const world = coreWorld();
    const { body } = await world.door.send(pathOf(world.units.usable, 'token'), {
      ...tokenBody(world),
      krewdataAppUrl: `${world.appUrl}${end}`,
    });
    if (!('accessToken' in body)) throw new Error('no token');
    const run = { ...runBody(world, body.accessToken), appId: Number(world.appId) };
    expect(await description(world, 'run', run)).toBe('OK');
  });

  it('hands the record, its number and the input over unchanged', async () => {
    const world = coreWorld();
    await startedTask(world);
    expect(world.starts).toMatchObject([{ record: world.record, recordId: '7', user: 'sato', input: {} }]);
  });

  it('reads the record number of an app with a code, and starts without a record', async () => {
    const world = coreWorld();
    const record = { 番号: { type: 'RECORD_NUMBER', value: 'ORDER-42' } };
    await description(world, 'run', { ...runBody(world, await freshToken(world)), record });
    const { record: _none, ...bare } = runBody(world, await freshToken(world));
    await description(world, 'run', bare);
    expect(world.starts.map(({ recordId }) => recordId)).toEqual(['42', '']);
    expect(world.starts[1]?.record).toBeNull();
  });

  it.each([
    ['a list', []],
    ['a field without a type', { memo: { value: 'a' } }],
    ['a field that is text', { memo: 'a' }],
    ['a table that is no list', { lines: { type: 'SUBTABLE', value: 'a' } }],
    ['a row without fields', { lines: { type: 'SUBTABLE', value: [{ id: '1' }] } }],
    ['a wrong field in a row', { lines: { type: 'SUBTABLE', value: [{ value: { item: 1 } }] } }],
  ])('refuses a record that is %s, and keeps the token', async (_title, record) => {
    const world = coreWorld();
    const accessToken = await freshToken(world);
    const body = runBody(world, accessToken);
    expect(await description(world, 'run', { ...body, record })).toMatch(/^record data type is wrong/);
    expect(await description(world, 'run', body)).toBe('OK');
  });

  it('answers something of the catalogue to whatever is sent', async () => {
    const world = coreWorld();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...OPERATIONS),
        fc.oneof(
          fc.anything(),
          fc.dictionary(
            fc.constantFrom(
              'accessToken',
              'taskId',
              'user',
              'appId',
              'record',
              'krewdataAppUrl',
              'serialNumber',
              '__proto__',
            ),
            fc.anything(),
          ),
        ),
        async (operation, body) => {
          const reply = await world.door.send(`/trigger/v1/${world.units.usable}/${operation}`, body);
          expect([400, 401]).toContain(reply.httpStatus);
        },
      ),
    );
  });
});

describe('input (not in the reference)', () => {
  const inputs = [
    { name: 'month', required: true, defaultValue: '' },
    { name: 'note', required: false, defaultValue: '' },
    { name: 'round', required: true, defaultValue: '0' },
  ];
  it.each([
    ['is missing', {}, 400],
    ['is blank', { month: '' }, 400],
    ['is misspelt', { month: '2026-10', nota: 'x' }, 400],
    ['is complete', { month: '2026-10' }, 200],
    ['is no text', { month: 10 }, 400],
  ])('that %s', async (_title, input, code) => {
    const world = coreWorld();
    const { findUnit } = world.deps;
    const inner = coreWorld({
      findUnit: async (id) => {
        const unit = await findUnit(id);
        return unit === null ? null : { ...unit, inputs };
      },
    });
    const body = { ...runBody(inner, await freshToken(inner)), input };
    expect((await inner.door.send(pathOf(inner.units.usable, 'run'), body)).httpStatus).toBe(code);
    expect(inner.starts.map((start) => start.input)).toEqual(code === 200 ? [input] : []);
  });
});

describe('tokens', () => {
  it('are valid for exactly ten minutes', async () => {
    const world = coreWorld();
    const accessToken = await freshToken(world);
    await world.advance(TOKEN_VALID_MS);
    expect(await description(world, 'run', runBody(world, accessToken))).toBe('OK');
  });

  it('are good for one unit', async () => {
    const world = coreWorld();
    const accessToken = await freshToken(world);
    const other = pathOf(world.units.disabled, 'run');
    expect((await world.door.send(other, runBody(world, accessToken))).body).toMatchObject({
      description: 'Specified token is invalid.',
    });
  });

  it('tell of their own task only, also after ten minutes', async () => {
    const world = coreWorld();
    const first = await startedTask(world);
    const second = await startedTask(world);
    const unused = await freshToken(world);
    await world.advance(TOKEN_VALID_MS + 1);
    expect(await description(world, 'status', first)).toBe('OK');
    const crossed = { accessToken: first.accessToken, taskId: second.taskId };
    expect(await description(world, 'status', crossed)).toBe('Specified taskId is invalid.');
    const early = { accessToken: unused, taskId: first.taskId };
    expect(await description(world, 'status', early)).toBe('Specified taskId is invalid.');
  });

  it('are forgotten a day later', async () => {
    const world = coreWorld();
    const task = await startedTask(world);
    await world.advance(TOKEN_KEPT_MS + 1);
    expect(await description(world, 'status', task)).toBe('Specified accessToken is invalid.');
  });

  it('are kept as hashes', async () => {
    const kept: string[] = [];
    const store = memoryTokenStore();
    const world = coreWorld({
      tokens: { ...store, issue: async (record) => void kept.push(JSON.stringify(record)) },
    });
    const accessToken = await freshToken(world);
    expect(accessToken).toMatch(/^[\w-]{43}$/);
    expect(kept).toHaveLength(1);
    expect(kept[0]).not.toContain(accessToken);
  });

  it('follow the task that holds the unit after a conflict', async () => {
    const world = coreWorld();
    const { taskId } = await startedTask(world);
    world.answer({ kind: 'conflict', taskId });
    const accessToken = await freshToken(world);
    await description(world, 'run', runBody(world, accessToken));
    expect(await description(world, 'status', { accessToken, taskId })).toBe('OK');
    expect(await description(world, 'run', runBody(world, accessToken))).toBe(
      'Specified token has been used.',
    );
  });

  it('start one run, however many requests come with one token at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 10 }), fc.scheduler(), async (requests, scheduler) => {
        const store = memoryTokenStore();
        const world = coreWorld({
          tokens: {
            ...store,
            find: (hash) => scheduler.schedule(Promise.resolve()).then(() => store.find(hash)),
            consume: (...use) => scheduler.schedule(Promise.resolve()).then(() => store.consume(...use)),
          },
        });
        const accessToken = await freshToken(world);
        const replies = Array.from({ length: requests }, () =>
          description(world, 'run', runBody(world, accessToken)),
        );
        const answers = await scheduler.waitFor(Promise.all(replies));
        expect(world.starts).toHaveLength(1);
        expect(answers.filter((answer) => answer === 'OK')).toHaveLength(1);
        expect(new Set(answers)).toEqual(new Set(['OK', 'Specified token has been used.']));
      }),
    );
  });

  it('are spent by a start whose fate nobody knows', async () => {
    const world = coreWorld({ start: () => Promise.reject(new Error('reply lost')) });
    const accessToken = await freshToken(world);
    expect(await description(world, 'run', runBody(world, accessToken))).toBe(
      'The request could not be carried out (unexpected).',
    );
    expect(await description(world, 'run', runBody(world, accessToken))).toBe(
      'Specified token has been used.',
    );
  });
});

describe('stop (not in the reference)', () => {
  it('hands the task and the user of its token over, as often as it is asked', async () => {
    const world = coreWorld();
    const task = await startedTask(world);
    for (let times = 0; times < 2; times += 1) {
      expect(await world.door.send(pathOf(world.units.usable, 'stop'), task)).toEqual({
        httpStatus: 200,
        body: { code: 200, status: 'OK', taskId: task.taskId, taskStatus: 'Queuing' },
      });
    }
    expect(world.stops).toEqual([
      [task.taskId, 'sato'],
      [task.taskId, 'sato'],
    ]);
  });

  it.each(['Success', 'Failure'] as const)('leaves a task alone that has ended as %s', async (state) => {
    const world = coreWorld();
    const sent = await startedTask(world);
    world.tasks.set(sent.taskId, { ...world.tasks.get(sent.taskId)!, state });
    expect((await world.door.send(pathOf(world.units.usable, 'stop'), sent)).body).toMatchObject({
      code: 200,
      taskStatus: state,
    });
    expect(world.stops).toEqual([]);
  });

  it('after 409 stops the task that holds the unit, in the name of whoever was refused', async () => {
    const world = coreWorld();
    const { taskId } = await startedTask(world);
    world.answer({ kind: 'conflict', taskId });
    const accessToken = await freshToken(world);
    await description(world, 'run', { ...runBody(world, accessToken), user: 'tanaka' });
    expect(await description(world, 'stop', { accessToken, taskId })).toBe('OK');
    expect(world.stops).toEqual([[taskId, 'tanaka']]);
  });

  it('takes no token of another task, and none that is unused', async () => {
    const world = coreWorld();
    const first = await startedTask(world);
    const second = await startedTask(world);
    const crossed = { accessToken: first.accessToken, taskId: second.taskId };
    const unused = { accessToken: await freshToken(world), taskId: first.taskId };
    expect(await description(world, 'stop', crossed)).toBe('Specified taskId is invalid.');
    expect(await description(world, 'stop', unused)).toBe('Specified taskId is invalid.');
    expect(world.stops).toEqual([]);
  });
});

describe('troubles behind the door', () => {
  it.each([
    ['a failure by its code', new FailureError(failure('unreachable')), 'unreachable'],
    ['anything else without its words', new Error('password=secret'), 'unexpected'],
  ])('names %s', async (_title, error, code) => {
    const world = coreWorld({ findUnit: () => Promise.reject(error) });
    expect(await world.door.send(pathOf(world.units.usable, 'token'), tokenBody(world))).toEqual({
      httpStatus: 500,
      body: {
        code: 500,
        status: 'Internal Server Error',
        description: `The request could not be carried out (${code}).`,
      },
    });
  });

  it('a start that is refused is no run', async () => {
    const world = coreWorld();
    world.answer({ kind: 'refused', failure: failure('noLogPermission') });
    expect(await description(world, 'run', runBody(world, await freshToken(world)))).toMatch(
      /noLogPermission/,
    );
  });

  it('a start beyond the rate limit is answered like a token beyond it', async () => {
    const world = coreWorld();
    world.answer({ kind: 'rateLimited' });
    expect(await description(world, 'run', runBody(world, await freshToken(world)))).toMatch(
      /^The rate limit/,
    );
  });
});
