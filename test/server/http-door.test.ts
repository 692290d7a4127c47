/** The trigger protocol over HTTP: every row of the reference, and what HTTP adds. */
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '../../src/node/server/http/body';
import { errorRowCases, freshToken, pathOf, runBody, startedTask, tokenBody } from '../trigger/error-rows';
import { SERIAL, ServerWorld, UNITS } from './server-world';

describe('rows of the reference', () => {
  errorRowCases(() => ServerWorld.start());
});

describe('over HTTP', () => {
  let world: ServerWorld;
  beforeAll(async () => {
    world = await ServerWorld.start({ rateLimitPerMinute: 60 });
  });
  afterAll(() => world.close());
  const tokenPath = pathOf(UNITS.usable, 'token');

  it('token, run, status: Queuing or Running, then Success, with rows written once', async () => {
    const { accessToken, taskId } = await startedTask(world);
    const path = pathOf(UNITS.usable, 'status');
    const seen = new Set<string>();
    for (;;) {
      const { body } = await world.send(path, { accessToken, taskId });
      if (!('flowInfo' in body)) throw new Error(JSON.stringify(body));
      seen.add(body.taskStatus);
      expect(body.flowInfo).toHaveLength(1);
      if (body.taskStatus === 'Success' || body.taskStatus === 'Failure') break;
    }
    expect([...seen].at(-1)).toBe('Success');
    expect(world.rows()).toEqual(['c0', 'c1', 'c2']);
    expect(world.runs().at(-1)).toMatchObject({
      run_key: taskId,
      execution_method: 'api',
      execution_user: 'sato',
      state: 'Success',
      record_Id: '1',
    });
  });

  it('health, readiness and figures', async () => {
    const get = async (path: string) => {
      const response = await world.fetch(path);
      return [response.status, await response.text()] as const;
    };
    expect(await get('/healthz')).toEqual([200, '{"result":"ok"}']);
    expect(await get('/readyz')).toEqual([200, '{"result":"ready"}']);
    await world.logged((line) => line.event === 'runEnded');
    const [status, text] = await get('/metrics');
    expect(status).toBe(200);
    expect(text).toMatch(/^nagare_runs_total\{state="Success",reason="done",method="api"\} [1-9]/m);
    expect(text).toMatch(/^nagare_trigger_requests_total\{operation="token",code="200"\} [1-9]/m);
    expect(text).toMatch(/^nagare_run_duration_seconds_bucket\{le="\+Inf"\} [1-9]/m);
    expect(text).toMatch(/^nagare_jobs\{state="waiting"\} 0$/m);
    expect(text).toMatch(/^nagare_api_requests_total [1-9]/m);
    expect(
      text.split('\n').filter((line) => !/^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? [\d.]+|)$/.test(line)),
    ).toEqual([]);
    expect(await get('/elsewhere')).toEqual([404, '{"result":"notFound"}']);
    expect((await world.fetch('/healthz', { method: 'POST', body: '{}' })).status).toBe(405);
  });

  it.each([
    ['no JSON at all', 'token=1', 'application/json'],
    ['JSON that breaks off', '{"krewdataAppUrl":', 'application/json'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'application/json'],
    ['JSON that says it is a form', '{}', 'application/x-www-form-urlencoded'],
    ['nothing', '', 'application/json'],
  ])('%s is a wrong schema', async (_title, body, contentType) => {
    const response = await world.fetch(tokenPath, {
      method: 'POST',
      body,
      headers: { 'Content-Type': contentType },
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      code: 400,
      status: 'Bad Request',
      description: 'Token request body schema is wrong.',
    });
  });

  it('a body beyond the limit is refused before it is read whole', async () => {
    const response = await world.fetch(tokenPath, { method: 'POST', body: 'x'.repeat(MAX_BODY_BYTES + 1) });
    expect(response.status).toBe(413);
    const chunked = await new Promise<number | undefined>((resolve) => {
      const sending = httpRequest(world.url + tokenPath, { method: 'POST' }, (reply) => {
        resolve(reply.statusCode);
        sending.destroy();
      });
      sending.on('error', () => undefined);
      const chunk = 'x'.repeat(256 * 1024);
      for (let count = 0; count < 9; count += 1) sending.write(chunk);
    });
    expect(chunked).toBe(413);
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('%s is no way to ask', async (method) => {
    const response = await world.fetch(tokenPath, { method });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ description: 'Request path is invalid.' });
  });

  it('no page of another origin may read an answer', async () => {
    const response = await world.fetch(tokenPath, {
      method: 'POST',
      body: JSON.stringify(tokenBody(world)),
      headers: { Origin: 'https://evil.example' },
    });
    expect(response.status).toBe(200);
    const names = [...response.headers.keys()];
    expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('a token and a used token outlive a restart of the server', async () => {
    const token = await freshToken(world);
    const used = await startedTask(world);
    await world.stop();
    await world.serve();
    const reply = await world.send(pathOf(UNITS.usable, 'run'), runBody(world, token));
    expect([200, 409]).toContain(reply.httpStatus);
    const again = await world.send(pathOf(UNITS.usable, 'run'), runBody(world, used.accessToken));
    expect(again.body).toMatchObject({ description: 'Specified token has been used.' });
    const status = await world.send(pathOf(UNITS.usable, 'status'), used);
    expect(status.httpStatus).toBe(200);
  });

  it('the store has hashes of tokens, and the log has no secret', async () => {
    const token = await freshToken(world);
    await world.send(tokenPath, { ...tokenBody(world), serialNumber: btoa('wrong-serial-0815') });
    const text = JSON.stringify(world.log);
    for (const secret of [token, SERIAL, btoa(SERIAL), 'wrong-serial-0815', 'admin-pw'])
      expect(text).not.toContain(secret);
  });
});
