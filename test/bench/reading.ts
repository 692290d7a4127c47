/** Reading over a slow line, beside the client everybody uses, in one run against the local kintone. */
import { Buffer } from 'node:buffer';
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { clientPool } from '../../src/kintone/client';
import { realClock, realRandomness } from '../../src/kintone/clock';
import { pageClient } from '../../src/kintone/page-client';
import { recordsPort } from '../../src/kintone/records-port';
import { createUsage } from '../../src/kintone/usage';
import { tableBuilder } from '../../src/table';
import { startServer } from '../kintone/server/server';
import { median } from './report';

const ROUNDS = 5;
const USER = { username: 'reader', password: 'reader-pw' };
const FIELDS = ['name', 'amount'];

interface Read {
  readonly ms: number;
  readonly requests: number;
  readonly mostInFlight: number;
}

/**
 * `getAllRecords` against the reader of record pages with the page's own client: both give all values, one as
 * objects, the other as columns. Answers Markdown.
 */
export async function compareReading(rows = 20_000, latencyMs = 150): Promise<string> {
  const server = await startServer({});
  server.kintone.load({
    users: [{ code: USER.username, name: USER.username, password: USER.password }],
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

  let inFlight = 0;
  let mostInFlight = 0;
  const counted = async (url: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> => {
    const headers = new Headers(init?.headers);
    headers.set(
      'X-Cybozu-Authorization',
      Buffer.from(`${USER.username}:${USER.password}`).toString('base64'),
    );
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    try {
      return await fetch(url, { ...init, headers });
    } finally {
      inFlight -= 1;
    }
  };

  async function timed(work: () => Promise<number>): Promise<Read> {
    server.kintone.log.clear();
    mostInFlight = 0;
    const startMs = performance.now();
    const count = await work();
    const ms = performance.now() - startMs;
    if (count !== rows) throw new Error(`${count} of ${rows} records were read`);
    return { ms, requests: server.kintone.log.list({}).length, mostInFlight };
  }

  const client = new KintoneRestAPIClient({ baseUrl: server.url, auth: USER });
  const theirs = () =>
    timed(async () => (await client.record.getAllRecords({ app: 1, fields: FIELDS })).length);
  const ours = () =>
    timed(async () => {
      const session = { requestToken: () => '', fetch: counted, origin: server.url };
      const clients = clientPool((guestSpaceId) => pageClient(session, guestSpaceId));
      const port = recordsPort(clients, { clock: realClock, random: realRandomness, usage: createUsage() });
      const builder = tableBuilder(
        [
          { name: 'name', label: 'name', type: 'text' },
          { name: 'amount', label: 'amount', type: 'number' },
        ],
        '1',
      );
      for await (const page of port.pages({ app: { appId: '1' }, query: '', fieldCodes: FIELDS })) {
        builder.appendPage(page);
      }
      return builder.finish().rowCount;
    });

  const reads: { theirs: Read[]; ours: Read[] } = { theirs: [], ours: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    reads.theirs.push(await theirs());
    reads.ours.push(await ours());
  }
  await server.close();
  const msOf = (runs: readonly Read[]): number => median(runs.map((run) => run.ms));
  const most = (runs: readonly Read[], of: (run: Read) => number): number => Math.max(...runs.map(of));
  const least = Math.ceil(rows / 500);
  return [
    `### Reading ${rows.toLocaleString('en-US')} records with ${latencyMs} ms of latency per request`,
    `Medians of ${ROUNDS} runs in turn; a third of the ids is missing.`,
    [
      '| reader | ms | requests (least) | in flight at most |',
      '| --- | --: | --: | --: |',
      `| rest-api-client getAllRecords | ${msOf(reads.theirs).toFixed(0)} | ${most(reads.theirs, (run) => run.requests)} (${least}) | 1 |`,
      `| nagare | ${msOf(reads.ours).toFixed(0)} | ${most(reads.ours, (run) => run.requests)} (${least}) | ${most(reads.ours, (run) => run.mostInFlight)} |`,
    ].join('\n'),
    `${(msOf(reads.theirs) / msOf(reads.ours)).toFixed(1)} times as fast.`,
  ].join('\n\n');
}
