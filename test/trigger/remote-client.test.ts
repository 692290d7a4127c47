/** The client of remote units against our own answers of the protocol: both ends must mean the same. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TextReply, TextRequest } from '../../src/commands/types';
import { realClock } from '../../src/kintone/clock';
import { nodeRemote } from '../../src/node/remote';
import {
  type Clock,
  type RunHandle,
  type RunPorts,
  type RunRequest,
  type RunStatus,
  startRun,
} from '../../src/run';
import type { Task } from '../../src/trigger';
import { remoteSettings } from '../run/remote-service';
import { requestOf, TARGET, world } from '../run/setup';
import { ServerWorld, UNITS } from '../server/server-world';
import { type CoreWorld, coreWorld } from './core-world';
import { type DoorWorld, pathOf, tokenBody } from './error-rows';

type Send = (request: TextRequest) => Promise<TextReply>;

/** What kintone's proxy does with a request for a token: it adds what is stored. */
const proxied =
  (stored: object, send: Send): Send =>
  (request) =>
    send(request.url.endsWith('/token') ? { ...request, body: JSON.stringify(stored) } : request);

const inProcess =
  (core: DoorWorld): Send =>
  async ({ url, body }) => {
    const reply = await core.door.send(new URL(url).pathname, JSON.parse(body ?? 'null'));
    return { status: reply.httpStatus, text: JSON.stringify(reply.body) };
  };

interface Run {
  readonly url: string;
  readonly send: Send;
  readonly request?: Partial<RunRequest>;
  /** At every request for the status, before it is answered. */
  readonly onStatus?: (handle: RunHandle) => void;
}

/** Hashing and HTTP take real time; what a test would wait for takes a thousandth of it. */
const HASTY: Clock = { ...realClock, sleep: (ms, signal) => realClock.sleep(ms / 1_000, signal) };

async function run({ url, send, request = {}, onStatus }: Run): Promise<RunStatus> {
  const there = world();
  const ports: RunPorts = {
    ...there.tab('t'),
    clock: HASTY,
    remote: {
      fetchText(asked) {
        if (asked.url.endsWith('/status')) onStatus?.(handle);
        return send(asked);
      },
    },
  };
  const settings = remoteSettings({ executor: { kind: 'remote', url } });
  const handle = startRun(ports, requestOf(settings, request), new Map());
  return handle.ended;
}

const urlOf = (core: DoorWorld, unit = core.units.usable): string =>
  `https://api.example.com${pathOf(unit, 'token').replace(/\/token$/, '')}`;
const calling = (core: DoorWorld): Partial<RunRequest> => ({
  calling: { appId: core.appId, recordId: '7', record: core.record as never, fields: {} },
});

const onlyTask = (core: CoreWorld): [string, Task] => {
  const [found] = [...core.tasks.entries()];
  if (found === undefined) throw new Error('no task');
  return found;
};

describe('client and core', () => {
  it('whatever becomes of a task, the client tells the same', async () => {
    const states = fc.constantFrom('Success', 'Failure', 'Cancel');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('Success', 'Failure'),
        fc.array(fc.record({ name: fc.string(), state: states }), { maxLength: 5 }),
        fc.integer({ min: 0, max: 4 }),
        async (state, flows, waits) => {
          const core = coreWorld();
          let asked = 0;
          const end = await run({
            url: urlOf(core),
            send: proxied(tokenBody(core), inProcess(core)),
            request: calling(core),
            onStatus: () => {
              asked += 1;
              const [id, task] = onlyTask(core);
              const isOver = asked > waits;
              core.tasks.set(id, {
                ...task,
                state: isOver ? state : 'Running',
                reason: isOver ? (state === 'Success' ? 'done' : 'failed') : 'writing',
                failureCode: isOver && state === 'Failure' ? 'recordChanged' : '',
                message: isOver && state === 'Failure' ? 'changed' : '',
                flows: flows.map((flow, index) => ({
                  key: `k${index}`,
                  name: flow.name,
                  state: isOver ? (flow.state as Task['flows'][number]['state']) : 'Queuing',
                  startedAtMs: null,
                  endedAtMs: null,
                })),
              });
            },
          });
          expect([end.state, end.failure?.code ?? '', asked]).toEqual([
            state,
            state === 'Success' ? '' : 'remoteFailed',
            waits + 1,
          ]);
          expect(end.flows.map(({ key, name, state: one }) => [key, name, one])).toEqual(
            flows.map((flow, index) => [
              `k${index}`,
              flow.name,
              // A run that has succeeded has no flow that was called off.
              flow.state,
            ]),
          );
          if (state === 'Failure')
            expect(end.failure).toMatchObject({
              code: 'remoteFailed',
              params: { errorCode: '1006', errorMessage: 'changed' },
            });
          expect(end.remote?.taskId).toBe(onlyTask(core)[0]);
          expect(core.starts).toMatchObject([{ user: 'sato', recordId: '7', record: core.record }]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('409 is followed with our own token', async () => {
    const core = coreWorld();
    const other = await core.occupy(core.units.usable);
    core.tasks.set(other, {
      taskId: other,
      unitId: core.units.usable,
      state: 'Success',
      reason: 'done',
      endedAtMs: 1,
      failureCode: '',
      message: '',
      flows: [],
      value: [],
    });
    const end = await run({
      url: urlOf(core),
      send: proxied(tokenBody(core), inProcess(core)),
      request: calling(core),
    });
    expect(end).toMatchObject({
      reason: 'locked',
      failure: { code: 'remoteOtherDone', params: { taskId: other } },
    });
  });

  it.each([
    ['not set up', (core: CoreWorld) => ({ stored: {}, url: urlOf(core) }), 'remoteNotSetUp'],
    [
      'a serial number that is not licensed',
      (core: CoreWorld) => ({ stored: { ...tokenBody(core), serialNumber: btoa('x') }, url: urlOf(core) }),
      'remoteLicense',
    ],
    [
      'another app',
      (core: CoreWorld) => ({
        stored: { ...tokenBody(core), krewdataAppUrl: 'https://example.cybozu.com/k/9' },
        url: urlOf(core),
      }),
      'remoteSetUpWrong',
    ],
    [
      'a unit that is disabled',
      (core: CoreWorld) => ({ stored: tokenBody(core), url: urlOf(core, core.units.disabled) }),
      'remoteUnitInvalid',
    ],
    [
      'a unit that is not started by API',
      (core: CoreWorld) => ({ stored: tokenBody(core), url: urlOf(core, core.units.notByApi) }),
      'remoteNotByApi',
    ],
    [
      'no such unit',
      (core: CoreWorld) => ({ stored: tokenBody(core), url: urlOf(core, 'zzzzzzzzzzzzzz') }),
      'remoteUnknownUnit',
    ],
  ] as const)('%s is told as such', async (_title, made, code) => {
    const core = coreWorld();
    const { stored, url } = made(core);
    const end = await run({ url, send: proxied(stored, inProcess(core)), request: calling(core) });
    expect(end).toMatchObject({ reason: 'failed', failure: { code } });
  });

  it('a calling app that is not the unit’s', async () => {
    const core = coreWorld();
    const end = await run({ url: urlOf(core), send: proxied(tokenBody(core), inProcess(core)) });
    expect(end).toMatchObject({ reason: 'failed', failure: { code: 'remoteOtherApp' } });
  });
});

describe('client and server over HTTP', () => {
  let server: ServerWorld;
  beforeAll(async () => {
    server = await ServerWorld.start({ rateLimitPerMinute: 60, flowIds: ['f1', 'f2'], atomicity: 'flow' });
  });
  afterAll(() => server.close());

  const remote = nodeRemote();
  const send: Send = (asked) => remote.fetchText(asked, new AbortController().signal);
  const served = () => ({
    url: `${server.url}/trigger/v1/${UNITS.usable}`,
    send: proxied(tokenBody(server), send),
    request: calling(server),
  });

  it('runs a unit of the server to its end', async () => {
    const end = await run(served());
    expect(end).toMatchObject({ state: 'Success', reason: 'done' });
    expect(end.flows).toHaveLength(2);
    expect(server.runs().at(-1)).toMatchObject({ run_key: end.remote?.taskId, state: 'Success' });
  });

  it('stops a task of the server, and watches it come to a stop', async () => {
    const before = server.rows().length;
    // The second flow's commit: the first flow is written, and the run has not ended.
    server.holdBack({ path: 'bulkRequest', app: TARGET }, { skip: 1 });
    const { url, request, send: asProxied } = served();
    const asked: string[] = [];
    const end = await run({
      url,
      request,
      async send(one) {
        asked.push(one.url.slice(url.length + 1));
        const reply = await asProxied(one);
        if (one.url.endsWith('/stop')) server.goOn();
        return reply;
      },
      onStatus: (handle) => void server.held().then(() => handle.cancel()),
    });
    expect(end).toMatchObject({ state: 'Failure', reason: 'cancelled', failure: { code: 'cancelledBy' } });
    expect(end.flows.map(({ state }) => state)).toEqual(['Success', 'Cancel']);
    expect(asked.filter((one) => one === 'stop')).toHaveLength(1);
    expect(asked.at(-1)).toBe('status');
    expect(server.rows()).toHaveLength(before + 3);
    expect(server.runs().at(-1)).toMatchObject({ run_key: end.remote?.taskId, state_reason: 'cancelled' });
  });
});
