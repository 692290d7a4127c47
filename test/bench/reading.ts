/**
 * Reading 20,000 records over a slow line, beside the client everybody uses, in one run:
 * node scripts/run.mjs test/bench/reading.ts [ROWS] [LATENCY_MS]
 */
import process from 'node:process';
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { realClock, realRandomness } from '../../src/kintone/clock';
import { recordsPort } from '../../src/kintone/records-port';
import { createUsage } from '../../src/kintone/usage';
import { clientsOf } from '../../src/node/connection';
import { startServer } from '../kintone/server/server';

const rows = Number(process.argv[2] ?? 20_000);
const latencyMs = Number(process.argv[3] ?? 150);
const ROUNDS = 5;

const server = await startServer({});
server.kintone.load({
  users: [{ code: 'reader', name: 'reader', password: 'reader-pw' }],
  apps: [
    {
      id: '1',
      name: 'orders',
      fields: { name: { type: 'SINGLE_LINE_TEXT' }, amount: { type: 'NUMBER' } },
      // Every third id is missing, as after some years of use.
      records: Array.from({ length: rows }, (_unused, index) => ({
        $id: Math.floor(index * 1.5) + 1,
        name: `name ${index}`,
        amount: '1.5',
      })),
    },
  ],
});
server.kintone.latencyMs = latencyMs;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

async function timed(work: () => Promise<number>): Promise<{ ms: number; requests: number; rows: number }> {
  server.kintone.log.clear();
  const startMs = performance.now();
  const count = await work();
  return { ms: performance.now() - startMs, requests: server.kintone.log.list({}).length, rows: count };
}

const client = new KintoneRestAPIClient({
  baseUrl: server.url,
  auth: { username: 'reader', password: 'reader-pw' },
});
const theirs = () =>
  timed(async () => (await client.record.getAllRecords({ app: 1, fields: ['name', 'amount'] })).length);
const ours = () =>
  timed(async () => {
    const clients = clientsOf({
      baseUrl: server.url,
      auth: { kind: 'password', username: 'reader', password: 'reader-pw' },
      basicAuth: null,
    });
    const port = recordsPort(clients, { clock: realClock, random: realRandomness, usage: createUsage() });
    let count = 0;
    for await (const page of port.pages({ app: { appId: '1' }, query: '', fieldCodes: ['name', 'amount'] })) {
      if ('records' in page) count += page.records.length;
    }
    return count;
  });

const results = { getAllRecords: [await theirs()], nagare: [await ours()] };
for (let round = 1; round < ROUNDS; round += 1) {
  results.getAllRecords.push(await theirs());
  results.nagare.push(await ours());
}
for (const [name, runs] of Object.entries(results)) {
  const [run] = runs;
  console.log(
    `${name.padEnd(14)} ${median(runs.map((one) => one.ms))
      .toFixed(0)
      .padStart(6)} ms  ${run?.requests} requests (least ${Math.ceil(rows / 500)})  ${run?.rows} rows`,
  );
}
const ratio =
  median(results.getAllRecords.map((one) => one.ms)) / median(results.nagare.map((one) => one.ms));
console.log(
  `${ratio.toFixed(2)} times faster (medians of ${ROUNDS}, ${latencyMs} ms latency, gaps in the ids)`,
);
await server.close();
process.exit(0);
