/**
 * Requests, beside the least that kintone's limits allow. Integers, so free of noise: reading through the product's
 * own pager against counted pages, writing by the product's own rule for the size of the next commit.
 */
import { PAGE_SIZE, type Page, parallelPages } from '../../src/kintone/parallel-pages';
import { nextRequestCount, REQUESTS_PER_COMMIT, ROWS_PER_REQUEST } from '../../src/plan';
import type { Expected } from './data';
import { line } from './report';

export interface RequestCounts {
  readonly size: number;
  readonly reads: { readonly used: number; readonly least: number; readonly mostInFlight: number };
  readonly changes: number;
  /** What the daily quota counts: kintone counts the parts of a bulkRequest. */
  readonly writes: { readonly used: number; readonly least: number };
  /** By how long kintone takes for a hundred rows. */
  readonly commits: readonly { readonly used: number; readonly least: number }[];
}

/** At once; as the slowest domain that was measured (facts "reliability": up to 2.7 s per hundred rows). */
const MS_PER_REQUEST = [0, 150, 2_700] as const;

/** What reading `size` orders, their items and the output app, and writing the changes takes. */
export async function countRequests(size: number, expected: Expected): Promise<RequestCounts> {
  const tables = [size, Math.floor(size / 10), expected.updates + expected.unchanged];
  const reads = { used: 0, least: 0, mostInFlight: 0 };
  for (const rows of tables) {
    const { used, mostInFlight } = await readRequests(rows);
    reads.used += used;
    reads.least += Math.ceil(rows / PAGE_SIZE);
    reads.mostInFlight = Math.max(reads.mostInFlight, mostInFlight);
  }
  const requests =
    Math.ceil(expected.updates / ROWS_PER_REQUEST) + Math.ceil(expected.adds / ROWS_PER_REQUEST);
  const changes = expected.adds + expected.updates;
  return {
    size,
    reads,
    changes,
    writes: { used: requests, least: Math.ceil(changes / ROWS_PER_REQUEST) },
    commits: MS_PER_REQUEST.map((msPerRequest) => ({
      used: commitCount(requests, msPerRequest),
      least: Math.ceil(changes / (ROWS_PER_REQUEST * REQUESTS_PER_COMMIT)),
    })),
  };
}

/** An app with ids 1, 3, 5 and so on: gaps everywhere, as after some years of use. */
async function readRequests(rows: number): Promise<{ used: number; mostInFlight: number }> {
  let used = 0;
  let inFlight = 0;
  let mostInFlight = 0;
  const get = async (query: string, wantsTotal: boolean): Promise<Page> => {
    used += 1;
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    await new Promise((resolve) => setImmediate(resolve));
    inFlight -= 1;
    const after = Number(/\$id > (\d+)\)? order/.exec(query)?.[1]);
    const skipped = Math.ceil(after / 2) + Number(/offset (\d+)/.exec(query)?.[1] ?? 0);
    const count = Math.max(0, Math.min(PAGE_SIZE, rows - skipped));
    const idAt = (index: number): string => (count === 0 ? '' : String(2 * (skipped + index) + 1));
    const edges = { count, firstId: idAt(0), lastId: idAt(count - 1) };
    return { data: { records: [] }, edges, total: wantsTotal ? rows - Math.ceil(after / 2) : null };
  };
  for await (const _page of parallelPages('', { get, isBusy: () => false })) {
    // Counted by `get`.
  }
  return { used, mostInFlight };
}

function commitCount(requests: number, msPerRequest: number): number {
  let commits = 0;
  let last: { count: number; ms: number } | null = null;
  for (let written = 0; written < requests; commits += 1) {
    const wanted = nextRequestCount(requests - written, written === 0, last);
    const count = Math.min(wanted, requests - written);
    last = { count, ms: count * msPerRequest };
    written += count;
  }
  return commits;
}

export function requestsTable(counts: readonly RequestCounts[]): string {
  const slowest = MS_PER_REQUEST.map((ms) => (ms === 0 ? 'at once' : `${(ms / 1000).toFixed(2)} s`));
  const head = [
    'records',
    'reads, used / least',
    'at once in flight',
    'changes',
    'write requests, used / least',
    ...slowest.map((time) => `commits, ${time} per 100 rows`),
  ];
  const ratio = ({ used, least }: { used: number; least: number }): string =>
    `${used.toLocaleString('en-US')} / ${least.toLocaleString('en-US')} (${(used / least).toFixed(2)})`;
  const rows = counts.map(({ size, reads, changes, writes, commits }) =>
    line([
      size.toLocaleString('en-US'),
      ratio(reads),
      String(reads.mostInFlight),
      changes.toLocaleString('en-US'),
      ratio(writes),
      ...commits.map(ratio),
    ]),
  );
  return [
    '### Requests used / least possible',
    'Reads are of all three apps; one more request per app is allowed, for what comes or goes meanwhile. Commits are ' +
      'the least, or one more because the first is small until the speed of the app is known. Where kintone is so ' +
      'slow that a full commit would take more than 8 seconds, smaller ones are the rule, not a loss: people must ' +
      'be able to stop a run.',
    [line(head), line(head.map(() => '--:')), ...rows].join('\n'),
  ].join('\n\n');
}
