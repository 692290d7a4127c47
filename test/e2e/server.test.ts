/** The reference's sample program in a page, unchanged but for its addresses, against `nagare serve`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Settings } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import { logApp as logTexts } from '../../src/ui/dictionaries/ja/log-app';
import { adminClient } from '../proof/http-kintone';
import { orders, SOURCE, sumFlow, TARGET, unitOf } from '../run/setup';
import { sampleProgram } from '../trigger/sample/load';
import { type Stage, stage, storedRows, USERS } from './stage';

const CALLING = '1';
const UNIT = 'abcdefghijklmn';
const SERIAL = 'abcdef-jklmno-pqrstu-xyz123-456789';

const dump = {
  users: USERS,
  apps: [
    {
      id: CALLING,
      name: '締め',
      fields: { memo: { type: 'SINGLE_LINE_TEXT' as const } },
      records: [{ memo: 'a' }],
    },
    {
      id: SOURCE,
      name: '受注',
      fields: { customer: { type: 'SINGLE_LINE_TEXT' as const }, amount: { type: 'NUMBER' as const } },
      records: orders(2),
    },
    {
      id: TARGET,
      name: '売上',
      fields: {
        key: { type: 'SINGLE_LINE_TEXT' as const, unique: true },
        total: { type: 'NUMBER' as const },
      },
    },
  ],
};

/** Holds requests of one kind until it is opened. */
function gate(fits: (request: IncomingMessage, body: string) => boolean) {
  let open: () => void = () => undefined;
  let reach: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const pass = async (request: IncomingMessage, body: string): Promise<void> => {
    if (!fits(request, body)) return;
    reach();
    await opened;
  };
  return { open: () => open(), reached, pass };
}

const reading = gate(
  ({ url }) => (url ?? '').includes('/records.json?') && (url ?? '').includes(`app=${SOURCE}`),
);
const writing = gate(
  ({ url }, body) => (url ?? '').includes('/bulkRequest.json') && body.includes(`"app":"${TARGET}"`),
);

let there: Stage;
let way: Server;
let server: ChildProcess;
const folder = mkdtempSync(join(tmpdir(), 'nagare-e2e-server-'));

/** Between the server and kintone, so that a test can hold a run at a place of its choice. */
async function gatedWay(to: string): Promise<string> {
  way = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    await reading.pass(request, body.toString());
    await writing.pass(request, body.toString());
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
    const reply = await fetch(to + (request.url ?? ''), {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      body: body.length === 0 ? null : body,
    });
    response.writeHead(reply.status, { 'Content-Type': reply.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await reply.arrayBuffer()));
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  return `http://localhost:${(way.address() as AddressInfo).port}`;
}

/** Lines of the server's log, until one is of this event. */
function serve(baseUrl: string, settings: Settings) {
  const file = join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify(settings));
  const options = ['--settings', file, '--app', CALLING, '--port', '0', '--data', join(folder, 'data')];
  server = spawn(process.execPath, ['dist/node/nagare.mjs', 'serve', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      KINTONE_BASE_URL: baseUrl,
      KINTONE_USERNAME: 'admin',
      KINTONE_PASSWORD: 'admin-pw',
      NAGARE_SERIAL_NUMBERS: SERIAL,
    },
  });
  const lines: { event: string; port?: number }[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: server.stdout! }).on('line', (line) => {
    lines.push(JSON.parse(line) as { event: string });
    for (const wake of waiting) wake();
  });
  return async (event: string): Promise<{ port?: number }> => {
    for (;;) {
      const found = lines.find((line) => line.event === event);
      if (found !== undefined) return found;
      await new Promise<void>((wake) => waiting.add(wake));
    }
  };
}

beforeAll(async () => {
  there = await stage(dump, []);
});

afterAll(async () => {
  server.kill('SIGTERM');
  const [code] = (await once(server, 'exit')) as [number | null];
  way.close();
  way.closeAllConnections();
  await there.close();
  rmSync(folder, { recursive: true });
  expect(code).toBe(0);
});

/** Lines of JSON that the program prints. */
function printed(page: Page) {
  const lines: Record<string, unknown>[] = [];
  const waiting: (() => void)[] = [];
  page.on('console', (message) => {
    if (!message.text().startsWith('{')) return;
    lines.push(JSON.parse(message.text()) as Record<string, unknown>);
    for (const wake of waiting.splice(0)) wake();
  });
  return {
    lines,
    async until(count: number) {
      while (lines.length < count) await new Promise<void>((resolve) => void waiting.push(resolve));
    },
  };
}

it('prints token, run, Queuing, Running and Success', async () => {
  const tools = { ...logTexts, sleep: () => Promise.resolve() };
  const { appId: logAppId } = await createLogApp(adminClient(there.url), tools, () => undefined);
  const baseUrl = await gatedWay(there.url);
  const logged = serve(baseUrl, {
    version: 2,
    logApp: { appId: logAppId },
    holidays: [],
    flows: [sumFlow('f1')],
    units: [unitOf(['f1'], { id: UNIT, name: '月次売上締め', api: true })],
  });
  const { port } = await logged('started');

  const { page } = await there.open('sato');
  await page.clock.install();
  const program = sampleProgram({
    url: `http://127.0.0.1:${port}/trigger/v1/${UNIT}`,
    krewdataAppUrl: `${baseUrl}/k/${CALLING}`,
    serialNumber: SERIAL,
  });
  await page.route(`**/k/${CALLING}/show*`, async (route) => {
    const response = await route.fetch();
    const html = (await response.text()).replace('</body>', () => `<script>${program}</script></body>`);
    await route.fulfill({ response, body: html });
  });
  const console_ = printed(page);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(`${there.url}/k/${CALLING}/show#record=1`);
  await page.locator('#run_button').click();
  await console_.until(2);
  await reading.reached;
  await page.clock.fastForward(5_000);
  await console_.until(3);
  reading.open();
  await writing.reached;
  await page.clock.fastForward(5_000);
  await console_.until(4);
  writing.open();
  await logged('runEnded');
  await page.clock.fastForward(5_000);
  await console_.until(5);

  expect(console_.lines).toMatchObject([
    { code: 200, status: 'OK', accessToken: expect.stringMatching(/^[\w-]{43}$/) },
    { code: 200, status: 'OK', taskId: expect.stringMatching(new RegExp(`^${UNIT}:`)) },
    { code: 200, taskStatus: 'Queuing' },
    { code: 200, taskStatus: 'Running', flowInfo: [{ flowName: 'flow f1', status: 'Running' }] },
    { code: 200, taskStatus: 'Success', flowInfo: [{ flowName: 'flow f1', status: 'Success' }] },
  ]);
  expect(storedRows(there.kintone, TARGET)).toHaveLength(2);
  expect(storedRows(there.kintone, logAppId)).toMatchObject([
    { execution_method: 'api', execution_user: 'sato', record_Id: '1', state: 'Success' },
  ]);
});
