/** The local kintone keeps every assumption that the contract checks try on a real domain. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../kintone/server/server';
import { type ContractApps, makeApps } from './apps';
import { CHECKS } from './checks';
import { findings, reportOf } from './report';

let server: RunningServer;
let apps: ContractApps;

beforeAll(async () => {
  server = await startServer({ deployPolls: 0 });
  const login = { baseUrl: server.url, username: 'Administrator', password: 'cybozu' };
  apps = await makeApps(login, 'contract', () => Promise.resolve());
});

afterAll(() => server.close());

it('every assumption holds, and the report says so', async () => {
  const found = await findings(apps, { simultaneous: 20, rounds: 2 });
  const others = found.filter(({ verdict }) => verdict !== 'holds');
  expect(others.map(({ check, verdict, seen }) => `${check.id} ${verdict}: ${seen}`)).toEqual([]);
  const report = reportOf(found, { host: 'local', date: '2026-11-22' });
  expect(report).toContain(`${CHECKS.length} of ${CHECKS.length} assumptions hold`);
  for (const { id } of CHECKS) expect(report).toContain(`| ${id} |`);
});

it('says what differs', async () => {
  const broken = { ...apps, data: '999' };
  const found = await findings(broken, { simultaneous: 2, rounds: 1 });
  expect(found.some(({ verdict }) => verdict !== 'holds')).toBe(true);
  expect(reportOf(found, { host: 'local', date: '2026-11-22' })).not.toContain(
    `${CHECKS.length} of ${CHECKS.length}`,
  );
});
