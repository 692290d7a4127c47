import { describe, expect, it } from 'vitest';
import { clientPool } from '../../src/kintone/client';
import { pageClient } from '../../src/kintone/page-client';
import { recordsPort } from '../../src/kintone/records-port';
import { createUsage } from '../../src/kintone/usage';
import { type TableBuilder, tableBuilder } from '../../src/table';

const LIMIT = 100;
const SPECS = [{ name: 'name', label: 'name', type: 'text' as const }];

interface Domain {
  /** Requests of other people that are under way while the n-th request of ours is answered. */
  others(request: number): number;
  /** Whether the n-th request is refused, because too many are under way. */
  isRefused?(request: number): boolean;
}

/** The page's own fetch against an app with the ids 1 to `rows`, on a domain that others use as well. */
function page(rows: number, domain: Domain) {
  const seen = {
    requests: 0,
    inFlight: 0,
    /** How many of ours were under way when the n-th request began. */
    inFlightAt: [] as number[],
    paused: 0,
  };
  const fetch = async (url: Parameters<typeof globalThis.fetch>[0]): Promise<Response> => {
    seen.requests += 1;
    seen.inFlight += 1;
    seen.inFlightAt.push(seen.inFlight);
    const request = seen.requests;
    await new Promise((resolve) => setImmediate(resolve));
    const running = domain.others(request) + seen.inFlight;
    seen.inFlight -= 1;
    const headers = {
      'X-ConcurrencyLimit-Limit': String(LIMIT),
      'X-ConcurrencyLimit-Running': String(running),
    };
    if (domain.isRefused?.(request) === true) {
      const body = { code: 'GAIA_TO04', id: 'x', message: 'Too many requests.' };
      return new Response(JSON.stringify(body), { status: 429, headers });
    }
    const asked = new URL(String(url)).searchParams;
    const query = asked.get('query') ?? '';
    const after = Number(/\$id > (\d+)\)? order/.exec(query)?.[1]);
    const first = after + Number(/offset (\d+)/.exec(query)?.[1] ?? 0) + 1;
    const count = Math.max(0, Math.min(Number(/limit (\d+)/.exec(query)?.[1]), rows - first + 1));
    const records = Array.from({ length: count }, (_unused, index) => ({
      $id: { type: '__ID__', value: String(first + index) },
      $revision: { type: '__REVISION__', value: '1' },
      name: { type: 'SINGLE_LINE_TEXT', value: `name ${first + index}` },
    }));
    const totalCount = asked.get('totalCount') === 'true' ? String(rows - after) : null;
    return new Response(JSON.stringify({ records, totalCount }), { headers });
  };
  const clients = clientPool((guestSpaceId) =>
    pageClient({ requestToken: () => '', fetch, origin: 'https://example.test' }, guestSpaceId),
  );
  const usage = createUsage();
  const clock = {
    nowMs: () => 0,
    monotonicMs: () => 0,
    sleep: async () => {
      seen.paused += 1;
    },
  };
  const port = recordsPort(clients, { clock, random: { uuid: () => '', unit: () => 0.5 }, usage });
  const read = async (): Promise<TableBuilder> => {
    const builder = tableBuilder(SPECS, '1');
    for await (const part of port.pages({ app: { appId: '1' }, query: '', fieldCodes: ['name'] })) {
      builder.appendPage(part);
    }
    return builder;
  };
  return { seen, usage, read };
}

const most = (values: readonly number[]): number => Math.max(0, ...values);

describe('reading on a domain that others use as well', () => {
  it.each([0, 1, 500, 501, 20_000])(
    '%i records: at most 8 at once, the least requests or one more',
    async (rows) => {
      const { seen, usage, read } = page(rows, { others: () => 0 });
      const { origin } = (await read()).finish();
      expect(origin?.ids).toEqual(Int32Array.from({ length: rows }, (_unused, index) => index + 1));
      expect(most(seen.inFlightAt)).toBeLessThanOrEqual(8);
      expect(seen.requests).toBeLessThanOrEqual(Math.max(1, Math.ceil(rows / 500)) + 1);
      expect(usage.total()).toBe(seen.requests);
    },
  );

  it('uses two readers from the first answer on that says more than half of the limit is in use', async () => {
    const { seen, read } = page(20_000, { others: () => LIMIT - 30 });
    expect((await read()).rowCount).toBe(20_000);
    expect(most(seen.inFlightAt)).toBe(2);
    expect(seen.requests).toBeLessThanOrEqual(41);
  });

  it('backs off while it reads, as soon as others come, and is back to eight when they have gone', async () => {
    const busy = { from: 12, to: 24 };
    const others = (request: number): number => (request >= busy.from && request < busy.to ? LIMIT - 20 : 0);
    const { seen, read } = page(20_000, { others });
    expect((await read()).rowCount).toBe(20_000);
    expect(most(seen.inFlightAt.slice(0, busy.from))).toBe(8);
    // Those that were under way when the news came end by themselves.
    const during = seen.inFlightAt.slice(busy.from + 7, busy.to);
    expect(during.length).toBeGreaterThan(3);
    expect(most(during)).toBeLessThanOrEqual(2);
    expect(most(seen.inFlightAt.slice(busy.to + 1))).toBe(8);
  });

  it('a refusal for too many requests pauses, is repeated, and the rest goes on with two readers', async () => {
    const { seen, usage, read } = page(20_000, {
      others: (request) => (request >= 4 ? LIMIT : 0),
      isRefused: (request) => request === 4,
    });
    expect((await read()).rowCount).toBe(20_000);
    expect(seen.paused).toBe(1);
    expect(most(seen.inFlightAt.slice(4 + 8))).toBeLessThanOrEqual(2);
    // One more than without the refusal, and all of them counted.
    expect(seen.requests).toBeLessThanOrEqual(42);
    expect(usage.total()).toBe(seen.requests);
  });
});
