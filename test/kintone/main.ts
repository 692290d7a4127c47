/** Starts the local kintone: node scripts/run.mjs test/kintone/main.ts --port 8765 [--load dump.json] */
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { pageRoutes } from './pages/index';
import type { Dump } from './server/dump';
import { createKintone } from './server/kintone';
import { startServer } from './server/server';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8765' },
    host: { type: 'string', default: '127.0.0.1' },
    load: { type: 'string', multiple: true, default: [] },
    latency: { type: 'string', default: '0' },
    'auto-deploy': { type: 'boolean', default: false },
  },
});

const kintone = createKintone({ latencyMs: Number(values.latency) });
for (const file of values.load) kintone.load(JSON.parse(await readFile(file, 'utf8')) as Dump);
const extraRoutes = pageRoutes(kintone, { autoDeploy: values['auto-deploy'] });
const server = await startServer({ kintone, port: Number(values.port), host: values.host, extraRoutes });
console.log(`local kintone: ${server.url} (login Administrator / cybozu)`);
process.once('SIGINT', () => void server.close());
process.once('SIGTERM', () => void server.close());
