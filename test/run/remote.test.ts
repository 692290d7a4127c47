import { describe, expect, it } from 'vitest';
import type { TextRequest } from '../../src/commands/types';
import type { Flow } from '../../src/definition/types';
import { pageRemote } from '../../src/kintone/page-remote';
import { nodeRemote } from '../../src/node/remote';
import { startRun } from '../../src/run';
import { rememberingRemote } from '../../src/run/remote';
import { requestOf, settingsOf, sumFlow, TARGET, world } from './setup';
import { VirtualClock } from './virtual-clock';

const REQUEST: TextRequest = {
  url: 'https://api.example.com/items?secret=1',
  method: 'POST',
  headers: { Accept: 'text/csv' },
  body: '{}',
};
const open = (): AbortSignal => new AbortController().signal;
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { failure?: object; name?: string }) => error.failure ?? error.name,
  );

describe('the same request in one run', () => {
  it('is sent once; another one is another one', async () => {
    const asked: string[] = [];
    const fetchText = rememberingRemote(
      { fetchText: async ({ body }) => ({ status: 200, text: `${asked.push(String(body))}` }) },
      open(),
    );
    expect(await fetchText(REQUEST)).toBe(await fetchText({ ...REQUEST }));
    expect((await fetchText({ ...REQUEST, body: '[]' })).text).toBe('2');
    expect(asked).toEqual(['{}', '[]']);
  });
});

describe('the proxy of kintone', () => {
  const never = new Promise<never>(() => undefined);

  it('gets the plug-in, the request and its body', async () => {
    const calls: unknown[] = [];
    const remote = pageRemote(
      async (...call) => {
        calls.push(call);
        return ['x', 404, {}] as const;
      },
      'plugin-id',
      new VirtualClock(),
    );
    expect(await remote.fetchText(REQUEST, open())).toEqual({ status: 404, text: 'x' });
    await remote.fetchText({ ...REQUEST, method: 'GET', body: null }, open());
    expect(calls).toEqual([
      ['plugin-id', REQUEST.url, 'POST', REQUEST.headers, '{}'],
      ['plugin-id', REQUEST.url, 'GET', REQUEST.headers, {}],
    ]);
  });

  it.each([
    ['{"code":"GAIA_PR03","message":"timeout"}', 'httpTimedOut', { host: 'api.example.com', seconds: 40 }],
    ['{"code":"X","message":"no"}', 'httpUnreachable', { host: 'api.example.com', cause: 'no' }],
    ['plain', 'httpUnreachable', { host: 'api.example.com', cause: 'plain' }],
  ])('turns its refusal %s into a failure', async (refusal, code, params) => {
    const remote = pageRemote(() => Promise.reject(refusal), 'p', new VirtualClock());
    expect(await failureOf(remote.fetchText(REQUEST, open()))).toMatchObject({ code, params });
  });

  it('ends by the clock when it never answers, and at once when the run is cancelled', async () => {
    const clock = new VirtualClock();
    const remote = pageRemote(() => never, 'p', clock);
    const late = failureOf(remote.fetchText(REQUEST, open()));
    await clock.advance(40_000);
    expect(await late).toMatchObject({ code: 'httpTimedOut' });
    const controller = new AbortController();
    const cancelled = failureOf(remote.fetchText(REQUEST, controller.signal));
    controller.abort();
    expect(await cancelled).toBe('AbortError');
  });

  it('lets no answer beyond 10 MB through', async () => {
    const text = 'x'.repeat(10 * 1024 * 1024 + 1);
    const remote = pageRemote(async () => [text, 200, {}] as const, 'p', new VirtualClock());
    expect(await failureOf(remote.fetchText(REQUEST, open()))).toMatchObject({
      code: 'httpTooLarge',
      params: { host: 'api.example.com', limitMegabytes: 10 },
    });
  });
});

describe('Node', () => {
  const limits = { timeoutMs: 60_000, maxBytes: 8 };
  const answering = (response: () => Response | Promise<Response>) => {
    const calls: unknown[] = [];
    const send = (async (url: unknown, init: unknown) => {
      calls.push([url, init]);
      return response();
    }) as typeof fetch;
    return { remote: nodeRemote(send, limits), calls };
  };

  it('sends the request and decodes UTF-8 across chunks', async () => {
    const bytes = new TextEncoder().encode('あい');
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.slice(0, 4));
        controller.enqueue(bytes.slice(4));
        controller.close();
      },
    });
    const { remote, calls } = answering(() => new Response(stream, { status: 201 }));
    expect(await remote.fetchText(REQUEST, open())).toEqual({ status: 201, text: 'あい' });
    expect(calls).toMatchObject([[REQUEST.url, { method: 'POST', body: '{}', redirect: 'manual' }]]);
  });

  it('gives up an answer that is too long', async () => {
    const { remote } = answering(() => new Response('123456789'));
    expect(await failureOf(remote.fetchText(REQUEST, open()))).toMatchObject({ code: 'httpTooLarge' });
  });

  it('says why a host is not reached', async () => {
    const { remote } = answering(() =>
      Promise.reject(new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') })),
    );
    expect(await failureOf(remote.fetchText(REQUEST, open()))).toMatchObject({
      code: 'httpUnreachable',
      params: { host: 'api.example.com', cause: 'getaddrinfo ENOTFOUND' },
    });
  });

  it('leaves the words for a cancelled run to the run', async () => {
    const controller = new AbortController();
    controller.abort();
    const { remote } = answering(() => Promise.reject(new DOMException('stopped', 'AbortError')));
    expect(await failureOf(remote.fetchText(REQUEST, controller.signal))).toBe('AbortError');
  });

  it('ends by its time limit', async () => {
    const remote = nodeRemote(
      ((_url: unknown, init: RequestInit) =>
        new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        })) as typeof fetch,
      { timeoutMs: 1, maxBytes: 8 },
    );
    expect(await failureOf(remote.fetchText(REQUEST, open()))).toMatchObject({ code: 'httpTimedOut' });
  });
});

describe('a unit that asks outside', () => {
  const notes: Flow = {
    id: 'f2',
    name: 'notes',
    note: '',
    commands: [
      {
        id: 'http',
        type: 'inputHttp',
        note: '',
        inputs: [],
        settings: {
          url: 'https://api.example.com/notes?record=%$recordId%',
          method: 'GET',
          headers: [],
          bodyType: 'json',
          body: '',
          format: 'json',
          path: '',
          csvHeader: true,
          csvDelimiter: 'comma',
          columns: [
            { from: 'key', as: 'key', label: '', type: 'text' },
            { from: 'note', as: 'note', label: '', type: 'text' },
          ],
          onError: 'fail',
          formulaTexts: 'keep',
        },
      },
      {
        id: 'out',
        type: 'outputApp',
        note: '',
        inputs: ['http'],
        settings: {
          app: { appId: TARGET },
          mode: 'update',
          keys: ['key'],
          mapping: [
            { from: 'key', to: 'key' },
            { from: 'note', to: 'note' },
          ],
        },
      },
    ],
  };

  it('asks once, although the flow is computed again after the writes before it', async () => {
    const { kintone, clock, tab } = world(2);
    const urls: string[] = [];
    kintone.outside = ({ url }) => {
      urls.push(url);
      return { status: 200, text: `[{"key":"c0","note":"answer ${urls.length}"}]` };
    };
    const settings = settingsOf([sumFlow('f1'), notes], { confirm: 'never' });
    const run = startRun(tab('t1'), requestOf(settings), new Map());
    const end = await clock.until(run.ended);
    expect(end).toMatchObject({ state: 'Success', counts: { added: 2, updated: 1 } });
    expect(urls).toEqual(['https://api.example.com/notes?record=1']);
    expect(kintone.rows(TARGET)[0]).toMatchObject({ key: 'c0', note: 'answer 1' });
  });

  it('fails with the place of the command, and writes nothing of that flow', async () => {
    const { clock, tab } = world(1);
    const run = startRun(tab('t1'), requestOf(settingsOf([notes], { confirm: 'never' })), new Map());
    const end = await clock.until(run.ended);
    expect(end).toMatchObject({
      state: 'Failure',
      failure: { code: 'httpStatus', params: { status: '404' }, place: { flowId: 'f2', commandId: 'http' } },
    });
  });
});
