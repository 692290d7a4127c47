import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAGE_SIZE, type Page, parallelPages } from '../../src/kintone/parallel-pages';

/** An app that holds these record ids, asked by the queries that reading sends. */
function app(start: Iterable<number>, busy: () => boolean = () => false) {
  const ids = new Set(start);
  const seen = { requests: 0, inFlight: 0, mostInFlight: 0, during: (_requests: number): void => undefined };
  const get = async (query: string, wantsTotal: boolean): Promise<Page> => {
    seen.requests += 1;
    seen.inFlight += 1;
    seen.mostInFlight = Math.max(seen.mostInFlight, seen.inFlight);
    await new Promise((resolve) => setImmediate(resolve));
    seen.during(seen.requests);
    const limit = Number(/limit (\d+)/.exec(query)?.[1]);
    const offset = Number(/offset (\d+)/.exec(query)?.[1] ?? 0);
    expect(limit).toBeLessThanOrEqual(500);
    expect(offset).toBeLessThanOrEqual(10_000);
    const gaps = [...query.matchAll(/\(\$id > (\d+) and \$id < (\d+)\)/g)].map((gap) => [
      Number(gap[1]),
      Number(gap[2]),
    ]);
    const after = Number(/\$id > (\d+)\)? order/.exec(query)?.[1]);
    const isWanted = (id: number): boolean =>
      id > after || gaps.some(([low, high]) => id > (low ?? 0) && id < (high ?? 0));
    const found = [...ids].filter(isWanted).sort((a, b) => a - b);
    const records = found.slice(offset, offset + limit).map((id) => ({ $id: { value: String(id) } }));
    seen.inFlight -= 1;
    const idOf = (index: number): string => records.at(index)?.$id.value ?? '';
    const edges = { count: records.length, firstId: idOf(0), lastId: idOf(-1) };
    return { data: { records }, edges, total: wantsTotal ? found.length : null };
  };
  return { ids, seen, reader: { get, isBusy: busy } };
}

async function readIds(reader: Parameters<typeof parallelPages>[1]): Promise<number[]> {
  const found: number[] = [];
  for await (const page of parallelPages('', reader)) {
    if ('records' in page) found.push(...page.records.map((record) => Number(record['$id']?.value)));
  }
  return found;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_unused, index) => index + 1);

describe('parallelPages', () => {
  it.each([0, 1, 499, 500, 501, 1_000, 1_250, 20_000])(
    '%i records without gaps: the least requests and one',
    async (count) => {
      const { seen, reader } = app(upTo(count));
      expect(await readIds(reader)).toEqual(upTo(count));
      expect(seen.requests).toBeLessThanOrEqual(Math.max(1, Math.ceil(count / PAGE_SIZE)) + 1);
      expect(seen.mostInFlight).toBeLessThanOrEqual(8);
    },
  );

  it('uses its readers where there is much to read', async () => {
    const { seen, reader } = app(upTo(20_000));
    await readIds(reader);
    expect(seen.mostInFlight).toBe(8);
  });

  it('keeps to two readers while the domain is busy', async () => {
    const { seen, reader } = app(upTo(20_000), () => true);
    expect(await readIds(reader)).toHaveLength(20_000);
    expect(seen.mostInFlight).toBeLessThanOrEqual(2);
  });

  it('finds every id exactly once and in order, whatever the gaps', async () => {
    const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 0, max: 5_000 })), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(gaps, async (parts) => {
        const ids: number[] = [];
        let at = 0;
        for (const [length, gap] of parts) {
          at += gap;
          for (let index = 0; index < length; index += 1) {
            at += 1;
            ids.push(at);
          }
        }
        const { seen, reader } = app(ids);
        expect(await readIds(reader)).toEqual(ids);
        expect(seen.requests).toBeLessThanOrEqual(Math.max(1, Math.ceil(ids.length / PAGE_SIZE)) + 1);
      }),
      { numRuns: 60 },
    );
  });

  it('loses nobody when records come and go while it reads', async () => {
    const story = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 9_000 }), fc.boolean()),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(story, fc.integer({ min: 1, max: 3 }), async (events, step) => {
        const start = upTo(6_000).map((id) => id * step);
        const { ids, seen, reader } = app(start);
        const always = new Set(start);
        seen.during = (requests) => {
          for (const [at, id, comes] of events) {
            if (at !== requests) continue;
            if (comes) ids.add(id);
            else ids.delete(id);
            always.delete(id);
          }
        };
        const found = await readIds(reader);
        expect(new Set(found).size).toBe(found.length);
        expect([...found].sort((a, b) => a - b)).toEqual(found);
        // Whoever was there all the while has been read, whatever happened around it.
        const read = new Set(found);
        expect([...always].filter((id) => !read.has(id))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('fails as a whole when a page cannot be read', async () => {
    const { reader, seen } = app(upTo(20_000));
    const get = async (query: string, wantsTotal: boolean): Promise<Page> => {
      const page = await reader.get(query, wantsTotal);
      if (seen.requests > 10) throw new Error('503');
      return page;
    };
    await expect(readIds({ ...reader, get })).rejects.toThrow('503');
  });

  it.each([3, 9, 12, 25])(
    'ends when the signal is set at request %i, also for those who wait',
    async (nth) => {
      const { seen, reader } = app(upTo(30_000));
      const stop = new AbortController();
      seen.during = (requests) => {
        if (requests >= nth) stop.abort();
      };
      await expect(readIds({ ...reader, signal: stop.signal })).rejects.toThrow();
      // Those that were under way, and none after.
      expect(seen.requests).toBeLessThanOrEqual(nth + 8);
    },
  );

  it('stops asking when whoever reads stops', async () => {
    const { reader, seen } = app(upTo(200_000));
    for await (const page of parallelPages('', reader)) {
      if ('records' in page) break;
    }
    const after = seen.requests;
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen.requests - after).toBe(0);
  });
});
