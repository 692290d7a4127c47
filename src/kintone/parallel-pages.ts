import type { PageData, PageEdges } from '../table';
import { inParallel } from './in-parallel';

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

/** Up to 21 pages behind one id, all asked for at once. */
interface Window {
  /** In order; the first one also answers for the gaps of an earlier window. */
  readonly pages: readonly Promise<Page>[];
}

type Get = (where: string, offset?: number, wantsTotal?: boolean) => Promise<Page>;

/**
 * All records that fulfil `condition` (kintone query without order by; blank: all), ascending by id, in
 * the least requests: one per 500 records, and one more.
 *
 * Windows of 21 pages are read side by side by offset from a record id. Offsets shift when records come
 * or go meanwhile, so a window is handed out only after the ids between its pages have been asked for
 * again, which rides on the first request of a later window. What does not hold is read anew from the
 * last sound page on. No cursor (ten per domain). A record that fulfils the condition all the while is
 * never missed and never handed out twice.
 */
export async function* parallelPages(condition: string, reader: PageReader): AsyncGenerator<PageData> {
  const prefix = condition === '' ? '' : `(${condition}) and `;
  const limit = inParallel(() => (reader.isBusy() ? IN_FLIGHT_BUSY : IN_FLIGHT_MAX));
  const get: Get = (where, offset = 0, wantsTotal = false) =>
    limit.run(() => {
      reader.signal?.throwIfAborted();
      const tail = offset === 0 ? '' : ` offset ${offset}`;
      return reader.get(`${prefix}${where} order by $id asc limit ${PAGE_SIZE}${tail}`, wantsTotal);
    });
  try {
    for (let after: number | null = 0; after !== null; ) after = yield* pagesAfter(after, get);
  } finally {
    limit.stop();
  }
}

/** Hands out sound pages; answers the id to go on behind, or null at the end. */
async function* pagesAfter(start: number, get: Get): AsyncGenerator<PageData, number | null> {
  const first = await get(`$id > ${start}`, 0, true);
  if (first.edges.count > 0) yield first.data;
  if (first.edges.count < PAGE_SIZE) return null;
  let after = idOf(first.edges.lastId);
  // Without a total nobody knows how many pages to ask for: one after the other.
  if (first.total === null) return after;
  let left = Math.ceil((first.total - first.edges.count) / PAGE_SIZE);
  if (left <= 0) return after;
  const open: Window[] = [];
  while (left > 0) {
    const checked = open.length >= 2 ? open.shift() : undefined;
    const sound = soundPages(checked === undefined ? [] : await Promise.all(checked.pages));
    const window = openWindow(after, Math.min(left, WINDOW_PAGES), gapsOf(sound.pages), get);
    open.push(window);
    if (checked !== undefined) {
      const wrong = offender(gapsOf(sound.pages), await window.pages[0]);
      yield* dataOf(sound.pages, wrong);
      if (wrong !== null) return wrong.after;
      if (!sound.isWhole) return lastIdOf(sound.pages);
    }
    const last = await window.pages.at(-1);
    left -= window.pages.length;
    // Fewer records than were counted: there is no further window.
    if (last === undefined || last.edges.count < PAGE_SIZE) break;
    after = idOf(last.edges.lastId);
  }
  return yield* lastPages(open, get);
}

/** The windows that no later one has answered for. */
async function* lastPages(open: readonly Window[], get: Get): AsyncGenerator<PageData, number | null> {
  const all = await Promise.all(open.flatMap((window) => window.pages));
  const sound = soundPages(all);
  const gaps = gapsOf(sound.pages);
  const last = lastIdOf(sound.pages);
  const isEnd = sound.isWhole && (sound.pages.at(-1)?.edges.count ?? 0) < PAGE_SIZE;
  if (isEnd && gaps.length === 0) {
    yield* dataOf(sound.pages, null);
    return null;
  }
  const rest = await get(whereOf(gaps, last));
  const wrong = offender(gaps, rest);
  yield* dataOf(sound.pages, wrong);
  if (wrong !== null) return wrong.after;
  if (rest.edges.count > 0) yield rest.data;
  return rest.edges.count < PAGE_SIZE ? null : idOf(rest.edges.lastId);
}

/** The last page is asked for first: the next window begins behind it. */
function openWindow(after: number, count: number, gaps: readonly Gap[], get: Get): Window {
  const pages: Promise<Page>[] = [];
  const ask = (index: number): void => {
    const asked = index === 0 ? get(whereOf(gaps, after)) : get(`$id > ${after}`, index * PAGE_SIZE);
    // Everybody is awaited in turn; until then a failure must not count as unhandled.
    asked.catch(() => undefined);
    pages[index] = asked;
  };
  ask(count - 1);
  for (let index = 0; index < count - 1; index += 1) ask(index);
  return { pages };
}

const idOf = (text: string): number => Number(text);

const lastIdOf = (pages: readonly Page[]): number => idOf(pages.at(-1)?.edges.lastId ?? '');

const whereOf = (gaps: readonly Gap[], after: number): string =>
  gaps.length === 0
    ? `$id > ${after}`
    : `(${[...gaps.map((gap) => `($id > ${gap.after} and $id < ${gap.before})`), `$id > ${after}`].join(' or ')})`;

/** The first gap in which somebody was found; pages come in the order of ids. */
function offender(gaps: readonly Gap[], page: Page | undefined): Gap | null {
  if (page === undefined || page.edges.count === 0) return null;
  return gaps.find((gap) => idOf(page.edges.firstId) < gap.before) ?? null;
}

/** Pages up to the first that is short or overlaps the one before it (records came or went meanwhile). */
function soundPages(pages: readonly Page[]): { readonly pages: readonly Page[]; readonly isWhole: boolean } {
  const sound: Page[] = [];
  for (const page of pages) {
    const before = sound.at(-1);
    const isFollowing = before === undefined || idOf(page.edges.firstId) > idOf(before.edges.lastId);
    if (page.edges.count === 0 || !isFollowing || (before?.edges.count ?? PAGE_SIZE) < PAGE_SIZE) break;
    sound.push(page);
  }
  return { pages: sound, isWhole: sound.length === pages.length };
}

function gapsOf(pages: readonly Page[]): readonly Gap[] {
  const gaps: Gap[] = [];
  for (let index = 1; index < pages.length; index += 1) {
    const after = idOf(pages[index - 1]?.edges.lastId ?? '');
    const before = idOf(pages[index]?.edges.firstId ?? '');
    if (before > after + 1) gaps.push({ after, before });
  }
  return gaps;
}

/** The pages before the gap that was none; all of them without one. */
function* dataOf(pages: readonly Page[], wrong: Gap | null): Generator<PageData> {
  for (const page of pages) if (wrong === null || idOf(page.edges.lastId) <= wrong.after) yield page.data;
}
