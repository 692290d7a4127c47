/** The journal suite against the local kintone over HTTP, with the adapters that ship. */
import { afterAll, beforeAll } from 'vitest';
import { createLogApp } from '../../src/kintone/log-app';
import { clientsOf } from '../../src/node/connection';
import { nodePorts } from '../../src/node/ports';
import { logApp as logAppTexts } from '../../src/ui/dictionaries/ja/log-app';
import type { FaultEffect } from '../kintone/server/faults';
import { type RunningServer, startServer } from '../kintone/server/server';
import { journalSuite } from '../run/journal-suite';
import { adminClient, connectionTo, rowsIn } from './http-kintone';

let server: RunningServer;

beforeAll(async () => {
  server = await startServer();
});

afterAll(() => server.close());

const DATA = '2';

const EFFECTS: Readonly<Record<string, FaultEffect>> = {
  'reply lost': { kind: 'replyLost' },
  'request lost': { kind: 'requestLost' },
  'delivered twice': { kind: 'duplicate' },
  busy: { kind: 'tooMany' },
};

journalSuite('local kintone over HTTP', async () => {
  server.kintone.reset();
  server.kintone.load({
    users: [{ code: 'admin', name: 'Admin', password: 'admin-pw', isAdmin: true, language: 'ja' }],
    apps: [
      {
        id: DATA,
        name: 'totals',
        creator: 'admin',
        fields: { key: { type: 'SINGLE_LINE_TEXT' }, total: { type: 'NUMBER' } },
      },
    ],
  });
  const options = { ...logAppTexts, sleep: () => Promise.resolve() };
  const logApp = await createLogApp(adminClient(server.url), options, () => undefined);
  const client = clientsOf(connectionTo(server.url, 'admin'));
  const ports = nodePorts(client, logApp, (failure) => failure.code);
  return {
    journal: ports.journal,
    app: { appId: DATA },
    rows: async () =>
      rowsIn(server.kintone, DATA).map((row) => ({
        key: String(row['key']),
        revision: String(row['$revision']),
      })),
    disturb: (how) =>
      server.kintone.faults.add({ match: { path: 'bulkRequest', app: DATA }, effect: EFFECTS[how]! }),
  };
});
