/**
 * Tries on a real development domain what the tests' local kintone only assumes:
 * npm run contract -- --base-url https://example.cybozu.com [--rounds 50] [--simultaneous 20] [--out FILE]
 * Log in by KINTONE_USERNAME and KINTONE_PASSWORD, as somebody who may create apps. Two apps are created and
 * stay; delete them by hand. Ends with 1 when an assumption does not hold.
 */
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { makeApps } from '../test/contract/apps';
import { findings, reportOf } from '../test/contract/report';

const { values } = parseArgs({
  options: {
    'base-url': { type: 'string' },
    rounds: { type: 'string', default: '50' },
    simultaneous: { type: 'string', default: '20' },
    out: { type: 'string' },
  },
});

const baseUrl = values['base-url'] ?? process.env['KINTONE_BASE_URL'] ?? '';
const username = process.env['KINTONE_USERNAME'] ?? '';
const password = process.env['KINTONE_PASSWORD'] ?? '';

if (baseUrl === '' || username === '' || password === '') {
  console.error('needed: --base-url (or KINTONE_BASE_URL), KINTONE_USERNAME, KINTONE_PASSWORD');
  process.exitCode = 2;
} else {
  const date = new Date().toISOString().slice(0, 10);
  const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const apps = await makeApps({ baseUrl, username, password }, `Nagare contract ${date}`, sleep);
  console.error(`Working in apps ${apps.log} and ${apps.data}; delete them when you have read the report.`);
  const scale = { rounds: Number(values.rounds), simultaneous: Number(values.simultaneous) };
  const found = await findings(apps, scale);
  const report = reportOf(found, { host: new URL(baseUrl).hostname, date });
  if (values.out === undefined) console.log(report);
  else writeFileSync(values.out, report);
  process.exitCode = found.every(({ verdict }) => verdict === 'holds') ? 0 : 1;
}
