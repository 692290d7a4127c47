/** Every answer that a service may give on the way to a result. */
import { describe, expect, it } from 'vitest';
import { FailureError, failure } from '../../../src/definition/errors';
import { type Execution, runExecution } from '../../../src/run/connector/execution';
import type { SentReply } from '../../../src/run/connector/types';
import { ADDRESS, HOST, open, PENDING, reply, result, service, type Told } from './support';

const EXECUTION: Execution = { method: 'selectModel', field: 'category', settings: { region: '東' } };
const ACCEPTED = reply(202, '', { Location: '/exec/poll/1' });
const POLL = `https://${HOST}/exec/poll/1`;
const RESULT = `https://${HOST}/exec/result/1`;
const SEE = reply(303, '', { Location: '/exec/result/1' });

const run = (there: Told, signal = open()) => runExecution(ADDRESS, EXECUTION, there, signal);

/** What comes out, and how much time it took. */
async function ended(there: Told) {
  const done = run(there);
  const value = await there.clock.until(done);
  return { value, ms: there.clock.monotonicMs(), urls: there.asked.map(({ url }) => url) };
}

describe('an execution', () => {
  it('is scheduled, polled and fetched, with growing pauses', async () => {
    const there = service(ACCEPTED, PENDING, PENDING, SEE, result({ a: 'A' }));
    expect(await ended(there)).toEqual({
      value: { ok: true, value: { a: 'A' } },
      ms: 500 + 750 + 1125,
      urls: [`${ADDRESS}exec/schedule`, POLL, POLL, POLL, RESULT],
    });
    const [first, second] = there.asked;
    expect(first).toMatchObject({ method: 'POST', headers: { 'Content-Type': 'application/json' } });
    expect(JSON.parse(first?.body ?? '')).toEqual(EXECUTION);
    expect(second).toEqual({ url: POLL, method: 'GET', headers: { Accept: 'application/json' }, body: null });
  });

  it('is the same when the redirect was followed on the way', async () => {
    const there = service(ACCEPTED, PENDING, result({ a: 'A' }));
    const { value, urls } = await ended(there);
    expect(value).toEqual({ ok: true, value: { a: 'A' } });
    expect(urls).toEqual([`${ADDRESS}exec/schedule`, POLL, POLL]);
  });

  it.each<[string, readonly SentReply[], unknown]>([
    ['the result is there at once', [SEE, result([1])], [1]],
    ['the result is there at once, and the redirect was followed', [result([1])], [1]],
    ['a blank answer means: not yet', [ACCEPTED, reply(200), SEE, result(1)], 1],
    ['202 while polling means: not yet', [ACCEPTED, reply(202), SEE, result(1)], 1],
    ['409 means: not yet', [ACCEPTED, SEE, reply(409), reply(409), result(1)], 1],
    [
      'an answer without a result means: not yet',
      [ACCEPTED, reply(200, { data: {}, meta: {} }), SEE, result(1)],
      1,
    ],
    ['what elastic.io returns lies deeper', [ACCEPTED, SEE, result({ data: { a: 1 } })], { a: 1 }],
    [
      'a choice that is called data is no wrapper',
      [ACCEPTED, SEE, result({ data: 'Data' })],
      { data: 'Data' },
    ],
    ['false is a result', [ACCEPTED, SEE, result(false)], false],
  ])('%s', async (_, replies, value) => {
    expect((await ended(service(...replies))).value).toEqual({ ok: true, value });
  });

  it.each([
    ['location', '/exec/poll/1', POLL],
    ['LOCATION', '/exec/poll/1', POLL],
    ['LoCaTiOn', ` ${POLL} `, POLL],
    ['Location', '../poll/1', `${ADDRESS}poll/1`],
    ['Location', '?id=1', `${ADDRESS}exec/schedule?id=1`],
    ['Location', `//${HOST}/exec/poll/1#x`, POLL],
    ['Location', `https://${HOST}:443/exec/poll/1`, POLL],
  ])('%s: %s leads to %s', async (name, location, url) => {
    const { urls } = await ended(service(reply(202, '', { [name]: location }), result(1)));
    expect(urls).toEqual([`${ADDRESS}exec/schedule`, url]);
  });

  const foreign = (location: string) => ['connectorForeignLocation', { host: HOST, location }] as const;
  it.each<[string, readonly [string, object]]>([
    ['https://evil.example/exec/poll/1', foreign('evil.example')],
    ['//evil.example/', foreign('evil.example')],
    [`https://${HOST}.evil.example/`, foreign(`${HOST}.evil.example`)],
    [`https://${HOST}:8443/`, foreign(`${HOST}:8443`)],
    [`http://${HOST}/exec/poll/1`, foreign(HOST)],
    [`https://user:pass@${HOST}/exec/poll/1`, foreign(HOST)],
    ['javascript:alert(1)', foreign('javascript:')],
    ['https://', ['connectorUnreadable', { host: HOST, at: 'Location' }]],
    ['', ['connectorNoLocation', { host: HOST, status: '202' }]],
  ])('Location %s is not followed', async (location, [code, params]) => {
    const there = service(reply(202, '', { Location: location }));
    expect((await ended(there)).value).toEqual({ ok: false, error: failure(code, params as never) });
    expect(there.asked).toHaveLength(1);
  });

  it('does not leave the origin at the end either', async () => {
    const there = service(ACCEPTED, reply(303, '', { Location: 'https://evil.example/r' }));
    expect((await ended(there)).value).toMatchObject({ error: { code: 'connectorForeignLocation' } });
    expect(there.asked).toHaveLength(2);
  });

  const HUGE = reply(200, 'x'.repeat(1024 * 1024 + 1));
  it.each<[string, readonly SentReply[], string, object]>([
    ['401', [reply(401)], 'connectorDenied', { status: '401' }],
    ['403 while polling', [ACCEPTED, reply(403)], 'connectorDenied', { status: '403' }],
    ['404', [reply(404)], 'connectorNotFound', { status: '404' }],
    ['405', [reply(405)], 'connectorNotFound', { status: '405' }],
    ['an execution that is unknown', [ACCEPTED, reply(404)], 'connectorNotFound', { status: '404' }],
    ['409 to the first request', [reply(409)], 'connectorBroken', { status: '409' }],
    ['500', [reply(500)], 'connectorBroken', { status: '500' }],
    ['503 while polling', [ACCEPTED, reply(503)], 'connectorBroken', { status: '503' }],
    [
      'another redirect',
      [ACCEPTED, reply(302, '', { Location: '/x' })],
      'connectorBroken',
      { status: '302' },
    ],
    ['200 without a way to go on', [reply(200, {})], 'connectorNoLocation', { status: '200' }],
    ['202 without Location', [reply(202)], 'connectorNoLocation', { status: '202' }],
    ['303 without Location', [ACCEPTED, reply(303)], 'connectorNoLocation', { status: '303' }],
    ['303 after 303', [ACCEPTED, SEE, SEE], 'connectorUnreadable', { at: 'HTTP 303' }],
    ['a page', [ACCEPTED, reply(200, '<html>')], 'connectorUnreadable', { at: 'data.attributes.result' }],
    [
      'a page as a first answer',
      [reply(200, '<html>')],
      'connectorUnreadable',
      { at: 'data.attributes.result' },
    ],
    ['no object', [ACCEPTED, reply(200, '[1]x')], 'connectorUnreadable', { at: 'data.attributes.result' }],
    [
      'a result that is none',
      [ACCEPTED, SEE, PENDING],
      'connectorUnreadable',
      { at: 'data.attributes.result' },
    ],
    ['too much', [ACCEPTED, HUGE], 'httpTooLarge', { limitMegabytes: 1 }],
    [
      'errors',
      [ACCEPTED, SEE, reply(200, { errors: [{ title: 't', detail: 'no shop' }] })],
      'connectorFailed',
      { says: 'no shop' },
    ],
    [
      'errors, redirect followed',
      [ACCEPTED, reply(200, { errors: [{ title: 'no' }] })],
      'connectorFailed',
      { says: 'no' },
    ],
    ['errors without words', [ACCEPTED, reply(200, { errors: [null] })], 'connectorFailed', { says: '' }],
  ])('%s ends it', async (_, replies, code, params) => {
    const { value, urls } = await ended(service(...replies));
    expect(value).toEqual({ ok: false, error: failure(code, { host: HOST, ...params }) });
    expect(urls).toHaveLength(replies.length);
  });

  it('cuts long words of a service', async () => {
    const { value } = await ended(service(ACCEPTED, reply(200, { errors: [{ detail: 'x'.repeat(5000) }] })));
    expect(value).toMatchObject({ error: { params: { says: 'x'.repeat(300) } } });
  });

  it('passes the failures of the way on', async () => {
    const found = failure('httpUnreachable', { host: HOST, cause: 'x' });
    expect((await ended(service(ACCEPTED, new FailureError(found)))).value).toEqual({
      ok: false,
      error: found,
    });
  });

  it('does not hide what nobody expects', async () => {
    await expect(run(service(new TypeError('a mistake of ours')))).rejects.toThrow('a mistake of ours');
  });

  it.each([
    ['7', 7_000],
    ['0', 500],
    ['Sat, 21 Nov 2026 03:00:09 GMT', 9_000],
    ['soon', 500],
  ])('waits as long as Retry-After says: %s', async (after, ms) => {
    const there = service(reply(429, '', { 'retry-after': after }), result(1));
    expect(await ended(there)).toMatchObject({ value: { ok: true }, ms });
  });

  it('says that it is too busy when the wait would be too long', async () => {
    const there = service(reply(429, '', { 'Retry-After': '3600' }));
    expect(await ended(there)).toMatchObject({
      value: { error: failure('connectorBusy', { host: HOST, seconds: 3600 }) },
      ms: 0,
    });
  });

  it('gives up after two minutes', async () => {
    const there = service(ACCEPTED, PENDING);
    const { value, ms } = await ended(there);
    expect(value).toEqual({ ok: false, error: failure('connectorTimedOut', { host: HOST, seconds: 120 }) });
    expect(ms).toBeGreaterThan(110_000);
    expect(ms).toBeLessThanOrEqual(120_000);
    expect(there.asked.length).toBeLessThan(40);
  });

  it('stops at once when it is cancelled, in a pause and in a request', async () => {
    for (const replies of [[ACCEPTED, PENDING], [ACCEPTED]] as const) {
      const there = service(...replies);
      const hanging: Told = {
        ...there,
        send: (request, signal) =>
          there.asked.length < replies.length
            ? there.send(request, signal)
            : new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      };
      const controller = new AbortController();
      const done = run(hanging, controller.signal);
      await there.clock.advance(10_000);
      const sent = there.asked.length;
      controller.abort();
      expect(await done).toEqual({ ok: false, error: failure('connectorStopped', { host: HOST }) });
      expect(there.asked).toHaveLength(sent);
    }
  });
});
