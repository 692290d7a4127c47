import type { PageData, PageEdges } from '../table';

/** kintone's limits for GET records. */
export const PAGE_SIZE = 500;
const OFFSET_MAX = 10_000;
/** Pages that one seek position reaches by offset. */
const WINDOW_PAGES = OFFSET_MAX / PAGE_SIZE + 1;
/** Never more requests at once, whatever the app's size: the domain's 100 are shared with everybody. */
const IN_FLIGHT_MAX = 8;
/** How many while the domain is busy. */
const IN_FLIGHT_BUSY = 2;

export interface Page {
  readonly data: PageData;
  readonly edges: PageEdges;
  /** How many records fulfil the query in all; null when it was not asked for or not answered. */
  readonly total: number | null;
}

export interface PageReader {
  /** Runs one query (with order and limit); the total only where it is wanted, because counting costs kintone time. */
  get(query: string, wantsTotal: boolean): Promise<Page>;
  /** Whether the domain is near its limit of requests at once. */
  isBusy(): boolean;
  readonly signal?: AbortSignal;
}

/** Ids strictly between two pages that were read side by side: nobody may be there. */
interface Gap {
  readonly after: number;
  readonly before: number;
}

/**
 * All records that fulfil `condition` (kintone query without order by; blank: all), ascending by id, in
 * the least requests: one per 500 records, and at most one more.
 *
 * Windows of 21 pages are read side by side by offset from a record id. Offsets shift when records go
 * meanwhile, so a window counts only after the ids between its pages have been asked for again: this
 * rides on the next window's first request. Whatever was found there, or doubly, is read anew by seeking.
 * No cursor (ten per domain). A record that fulfils the condition all the while is never missed.
 */
export async function* parallelPages(condition: string, reader: PageReader): AsyncGenerator<PageData> {
  const prefix = condition === '' ? '' : `(${condition}) and `;
  const get = (where: string, offset = 0, wantsTotal = false): Promise<Page> => {
    reader.signal?.throwIfAborted();
    const tail = offset === 0 ? '' : ` offset ${offset}`;
    return reader.get(`${prefix}${where} order by $id asc limit ${PAGE_SIZE}${tail}`, wantsTotal);
  };
  let first = await get('$id > 0', 0, true);
  let left = (first.total ?? first.edges.count) - first.edges.count;
  const isCounted = first.total !== null;
  for (;;) {
    // `first` follows directly on what was handed out: nothing to check before it.
    if (first.edges.count > 0) yield first.data;
    if (first.edges.count < PAGE_SIZE) return;
    const base = idOf(first.edges.lastId);
    const pageCount = isCounted ? Math.min(Math.ceil(left / PAGE_SIZE), WINDOW_PAGES) : 0;
    if (pageCount <= 1) {
      first = await get(`$id > ${base}`);
      left -= first.edges.count;
      continue;
    }
    const window = await readWindow(pageCount, reader, (index) => get(`$id > ${base}`, index * PAGE_SIZE));
    const sound = soundPages(window);
    const last = idOf(sound.at(-1)?.edges.lastId ?? '');
    const gaps = gapsBetween(sound);
    const isEnd = (sound.at(-1)?.edges.count ?? 0) < PAGE_SIZE;
    if (isEnd && gaps.length === 0) {
      for (const page of sound) yield page.data;
      return;
    }
    const next = await get(`(${[...gaps.map(inGap), `$id > ${last}`].join(' or ')})`);
    const wrong = gaps.find((gap) => idOf(next.edges.firstId) < gap.before && next.edges.count > 0);
    const good = wrong === undefined ? sound : sound.filter((page) => idOf(page.edges.lastId) <= wrong.after);
    for (const page of good) yield page.data;
    left -= good.reduce((sum, page) => sum + page.edges.count, 0);
    // After a gap that was none, everything behind it is read again from there on.
    first = wrong === undefined ? next : await get(`$id > ${wrong.after}`);
    left -= first.edges.count;
  }
}

const idOf = (text: string): number => Number(text);

const inGap = (gap: Gap): string => `($id > ${gap.after} and $id < ${gap.before})`;

/** Pages up to the first that is short or overlaps the one before it (records came or went meanwhile). */
function soundPages(pages: readonly Page[]): readonly Page[] {
  const sound: Page[] = [];
  for (const page of pages) {
    const before = sound.at(-1);
    if (page.edges.count === 0) break;
    if (before !== undefined && idOf(page.edges.firstId) <= idOf(before.edges.lastId)) break;
    sound.push(page);
    if (page.edges.count < PAGE_SIZE) break;
  }
  return sound;
}

function gapsBetween(pages: readonly Page[]): readonly Gap[] {
  const gaps: Gap[] = [];
  for (let index = 1; index < pages.length; index += 1) {
    const after = idOf(pages[index - 1]?.edges.lastId ?? '');
    const before = idOf(pages[index]?.edges.firstId ?? '');
    if (before > after + 1) gaps.push({ after, before });
  }
  return gaps;
}

/** Reads the pages of a window side by side, as many at once as the domain can bear; fails with the first failure. */
async function readWindow(
  count: number,
  reader: PageReader,
  read: (index: number) => Promise<Page>,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let next = 0;
  let inFlight = 0;
  let hasFailed = false;
  const work = async (): Promise<void> => {
    while (next < count && !hasFailed) {
      if (inFlight >= (reader.isBusy() ? IN_FLIGHT_BUSY : IN_FLIGHT_MAX)) return;
      const index = next;
      next += 1;
      inFlight += 1;
      try {
        pages[index] = await read(index);
      } catch (error) {
        hasFailed = true;
        throw error;
      } finally {
        inFlight -= 1;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, IN_FLIGHT_MAX) }, work));
  // Workers that stood aside while the domain was busy have left the rest to those that went on.
  return pages;
}
