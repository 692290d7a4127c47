/**
 * Shows the main job on a local kintone: npm run demo [-- --once] [-- --port N]
 * Builds, packs, loads the sample company, installs the plug-in, runs the unit by the command line, then serves.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createBuilder } from 'vite';
import { pageRoutes } from '../test/kintone/pages/index';
import { createKintone } from '../test/kintone/server/kintone';
import { type RunningServer, startServer } from '../test/kintone/server/server';
import { APP_IDS } from '../test/samples/apps';
import { makeCompany } from '../test/samples/company';
import { CLOSING_RECORD_ID, PREVIOUS_MONTH, PREVIOUS_RECORD_ID } from '../test/samples/dump';
import { installNagare, installSample, passwordOf, sampleClient } from '../test/samples/install';
import { SAMPLE_UNIT_ID, sampleSettings } from '../test/samples/settings';
import { packTo } from './pack/pack';

const { values } = parseArgs({
  options: { once: { type: 'boolean', default: false }, port: { type: 'string', default: '8765' } },
});

const SETTINGS_FILE = '.nagare/demo-settings.json';
/** May run the unit; the sample's rights are in test/samples/apps.ts. */
const USER = 'sato';
const ROWS_SHOWN = 5;
/** The command line closes the month after this one and leaves the last one to whoever opens the page. */
const CLOSED_UNTIL = '2026-08';

const say = (text: string): void => console.log(text);

say('1. Building and packing the plug-in');
await (await createBuilder({ logLevel: 'warn' })).buildApp();
const packed = await packTo();
say(`   dist/nagare.zip, plug-in id ${packed.id}`);

say('2. Starting the local kintone with the sample company (5,000 orders)');
const kintone = createKintone();
const server = await startServer({
  kintone,
  // With --once nobody is going to look, so any free port will do.
  port: values.once ? 0 : Number(values.port),
  extraRoutes: pageRoutes(kintone, { autoDeploy: true }),
});
const settings = sampleSettings(await installSample(server, makeCompany(), CLOSED_UNTIL));
await installNagare(kintone, packed.zip, settings);
mkdirSync('.nagare', { recursive: true });
writeFileSync(SETTINGS_FILE, `${JSON.stringify(settings, null, 2)}\n`);
say(`   ${server.url}, settings in ${SETTINGS_FILE}`);

say(`3. Running the unit for ${PREVIOUS_MONTH} by the command line, as ${USER}`);
const exitCode = await runUnit(server);
await showResult(server);

if (values.once) {
  await server.close();
  process.exitCode = exitCode;
} else {
  sayWhatToPress(server);
  const stop = () => void server.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

async function runUnit({ url }: RunningServer): Promise<number> {
  const record = ['--app', APP_IDS.closing, '--record', PREVIOUS_RECORD_ID];
  const argv = [
    'run',
    '--settings',
    SETTINGS_FILE,
    '--unit',
    SAMPLE_UNIT_ID,
    ...record,
    '--time-zone',
    'Asia/Tokyo',
  ];
  const login = { KINTONE_BASE_URL: url, KINTONE_USERNAME: USER, KINTONE_PASSWORD: passwordOf(USER) };
  const child = spawn(process.execPath, ['dist/node/nagare.mjs', ...argv], {
    stdio: 'inherit',
    env: { ...process.env, ...login },
  });
  // null when a signal ended it.
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}

async function showResult(running: RunningServer): Promise<void> {
  const { records } = await sampleClient(running, USER).record.getRecords({
    app: APP_IDS.monthlySales,
    query: `年月 = "${PREVIOUS_MONTH}" order by 売上金額 desc limit ${ROWS_SHOWN}`,
    fields: ['集計キー', '顧客名', '売上金額', '受注件数'],
  });
  const { records: customers } = await sampleClient(running, USER).record.getRecords({
    app: APP_IDS.customers,
    query: `今月順位 != "" order by 今月順位 asc limit ${ROWS_SHOWN}`,
    fields: ['顧客名', '今月順位', '前月順位', '今月売上'],
  });
  const values = (rows: readonly Record<string, { readonly value: unknown }>[]) =>
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([code, field]) => [code, field.value])));
  say(`   月次売上, the first ${ROWS_SHOWN} rows:`);
  console.table(values(records));
  say(`   顧客, the first ${ROWS_SHOWN} in rank:`);
  console.table(values(customers));
}

function sayWhatToPress({ url }: RunningServer): void {
  const record = (id: string): string => `/k/${APP_IDS.closing}/show#record=${id}`;
  const open = (user: string, path: string): string =>
    `${url}/admin/login?user=${user}&to=${encodeURIComponent(path)}`;
  const settingsPath = `/k/admin/app/${APP_IDS.closing}/plugin/config?pluginId=${packed.id}`;
  say(`
The local kintone keeps serving. Each link logs in by itself:

  ${open('suzuki', record(CLOSING_RECORD_ID))}
      October, as suzuki, who may not write 月次売上: press 「実行」, confirm, and see where and why it fails
      and that nothing is written.
  ${open(USER, record(CLOSING_RECORD_ID))}
      The same as ${USER}: press 「実行」, look at what is going to be written, confirm. Press again: no changes.
  ${open('admin', settingsPath)}
      The settings page, as admin: units, flows, the log.

Passwords are the login name with "-pass" (${passwordOf(USER)}). Ctrl+C ends it.`);
}
