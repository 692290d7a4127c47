/** The Node client knows how busy the domain is, so that reading leaves room for others there too. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientFor } from '../../src/kintone/client';
import { recordsPort } from '../../src/kintone/records-port';
import { createUsage } from '../../src/kintone/usage';
import { type Connection, clientsOf } from '../../src/node/connection';
import { type RunningServer, startServer } from '../kintone/server/server';

const APP = '1';
const LIMIT = 10;
const OTHERS = 6;
/** Ten pages of 500. */
const ROWS = 5_000;

let server: RunningServer;
let connection: Connection;
/** Lets the requests of others end that the server holds. */
let letGo: () => void = () => undefined;

beforeAll(async () => {
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  server = await startServer({ concurrencyLimit: LIMIT, sleep: () => gate });
  server.kintone.load({
    users: [{ code: 'admin', name: 'Admin', password: 'admin-pw', isAdmin: true }],
    apps: [
      {
        id: APP,
        name: 'orders',
        creator: 'admin',
        fields: { name: { type: 'SINGLE_LINE_TEXT' } },
        records: Array.from({ length: ROWS }, (_unused, index) => ({ name: `n${index}` })),
      },
    ],
  });
  connection = {
    baseUrl: server.url,
    auth: { kind: 'password', username: 'admin', password: 'admin-pw' },
    basicAuth: null,
  };
});

afterAll(() => server.close());

describe('the load of a domain', () => {
  it('is known from its answers, refusals among them', async () => {
    const client = clientsOf(connection)({});
    await client.record.getRecords({ app: APP, query: 'limit 1' });
    expect(client.concurrency?.()).toEqual({ running: 1, limit: LIMIT });
    await expect(client.record.getRecords({ app: '999' })).rejects.toThrow();
    expect(client.concurrency?.()).toEqual({ running: 1, limit: LIMIT });
  });

  it('is that of the domain asked, not of another one', async () => {
    const other = clientsOf({ ...connection, baseUrl: 'https://other.example' })({});
    await clientsOf(connection)({}).record.getRecords({ app: APP, query: 'limit 1' });
    expect(other.concurrency?.()).toBeNull();
  });

  it('leaves room for others while more than half of what is allowed is in use', async () => {
    const pool = clientsOf(connection);
    const client = pool({});
    const match = { method: 'GET', path: 'app.json' };
    server.kintone.faults.add({ match, effect: { kind: 'delay', delayMs: 1 }, times: OTHERS });
    const others = Array.from({ length: OTHERS }, () => client.app.getApp({ id: APP }));
    while ((client.concurrency?.()?.running ?? 0) <= OTHERS)
      await client.record.getRecords({ app: APP, query: 'limit 1' });
    let running = 0;
    let most = 0;
    const counting: ClientFor = () => ({
      ...client,
      record: {
        ...client.record,
        async getRecords(params) {
          running += 1;
          most = Math.max(most, running);
          try {
            return await client.record.getRecords(params);
          } finally {
            running -= 1;
          }
        },
      },
    });
    const clock = { nowMs: () => 0, monotonicMs: () => 0, sleep: () => Promise.resolve() };
    const random = { uuid: () => '', unit: () => 0 };
    const port = recordsPort(counting, { clock, random, usage: createUsage() });
    let pages = 0;
    for await (const _page of port.pages({ app: { appId: APP }, query: '', fieldCodes: ['name'] }))
      pages += 1;
    expect(pages).toBe(ROWS / 500);
    expect(most).toBe(2);
    letGo();
    await Promise.all(others);
  });
});
