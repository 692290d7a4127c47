/** The benchmark's apps: pages of kintone answers in files, and what must come out, computed with BigInt. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Records of one answer (kintone's limit). */
const PAGE = 500;
const CUSTOMERS = 1_000;
const PRODUCTS = 1_000;
const DAYS = 730;
const STATUSES = ['受注', '出荷', '完了', '取消'] as const;
const CANCELLED = 3;
const FINISHED = 2;
/** Rows with a smaller quantity are filtered out. */
const LEAST_QUANTITY = 3;

interface Order {
  readonly order: string;
  readonly customer: number;
  readonly product: number;
  readonly item: number;
  readonly day: number;
  /** In hundredths. */
  readonly price: number;
  readonly quantity: number;
  readonly status: number;
}

interface ResultRow {
  readonly source: Order;
  /** In hundredths. */
  readonly amount: bigint;
  readonly running: bigint;
}

export interface Expected {
  readonly adds: number;
  readonly updates: number;
  readonly unchanged: number;
  /** SHA-256 of all request bodies, one after the other. */
  readonly bodies: string;
}

/**
 * Writes `orders`, `master` and `output` (`.bin`: answers one after the other; `.json`: where each ends) and
 * what must come out (`rows.txt`, `groups.txt`, `plan.json`) into the folder.
 */
export function writeData(folder: string, count: number): void {
  const orders = makeOrders(count);
  writePages(folder, 'orders', orders, orderRecord);
  const items = Math.floor(count / 10);
  writePages(
    folder,
    'master',
    Array.from({ length: items }, (_, index) => index),
    masterRecord,
  );
  const kept = orders.filter((row) => row.status !== CANCELLED && row.quantity >= LEAST_QUANTITY);
  writeGroups(folder, kept);
  const rows = resultRows(kept);
  writeFileSync(
    join(folder, 'rows.txt'),
    rows.map((row) => `${row.source.order}\t${money(row.amount)}\t${money(row.running)}\n`).join(''),
  );
  const existing = rows
    .map((row) => ({ row, fate: fateOf(row.source) }))
    .filter(({ fate }) => fate !== 'missing')
    .sort((a, b) => (a.row.source.order < b.row.source.order ? -1 : 1));
  writePages(folder, 'output', existing, ({ row, fate }, id) =>
    outputRecord(row, items, fate === 'stale', id),
  );
  const idOf = new Map(existing.map(({ row }, index) => [row.source.order, index + 1]));
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(expectedPlan(rows, idOf, items)));
}

/** Same rows on every machine: a linear congruential generator (Numerical Recipes). */
function makeOrders(count: number): readonly Order[] {
  let state = 20_261_121;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
  const items = Math.floor(count / 10);
  return Array.from({ length: count }, (_, index): Order => {
    const customer = next(CUSTOMERS);
    return {
      order: `R${String(index).padStart(7, '0')}`,
      customer,
      product: (customer * 20 + next(20)) % PRODUCTS,
      // One in twenty names an item that the master does not have.
      item: next(Math.ceil(items * 1.05)),
      day: next(DAYS),
      price: 1 + next(1_000_000),
      quantity: 1 + next(100),
      status: next(STATUSES.length),
    };
  });
}

const value = (type: string, content: unknown) => ({ type, value: content });
const customerText = (number: number): string => `株式会社${String(number).padStart(3, '0')}商店`;
const productText = (number: number): string => `P-${String(number).padStart(4, '0')}`;
const itemText = (number: number): string => `I${String(number).padStart(6, '0')}`;
const categoryText = (item: number): string => `分類${item % 20}`;
const dayText = (day: number): string =>
  new Date(Date.UTC(2024, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);

/** Hundredths as kintone answers a number: no trailing zeros. */
function money(hundredths: bigint | number): string {
  const digits = String(hundredths).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '');
}

const origin = (id: number) => ({ $id: value('__ID__', String(id)), $revision: value('__REVISION__', '3') });

const orderRecord = (row: Order, id: number) => ({
  ...origin(id),
  order: value('SINGLE_LINE_TEXT', row.order),
  customer: value('SINGLE_LINE_TEXT', customerText(row.customer)),
  product: value('SINGLE_LINE_TEXT', productText(row.product)),
  item: value('SINGLE_LINE_TEXT', itemText(row.item)),
  day: value('DATE', dayText(row.day)),
  price: value('NUMBER', money(row.price)),
  quantity: value('NUMBER', String(row.quantity)),
  status: value('DROP_DOWN', STATUSES[row.status]),
});

const masterRecord = (item: number, id: number) => ({
  ...origin(id),
  item: value('SINGLE_LINE_TEXT', itemText(item)),
  category: value('DROP_DOWN', categoryText(item)),
  weight: value('NUMBER', money(100 + (item % 977))),
});

const outputRecord = (row: ResultRow, items: number, isStale: boolean, id: number) => ({
  ...origin(id),
  ...outputFields(row, items, (field, content) => value(field, content)),
  ...(isStale
    ? {
        amount: value('NUMBER', money(row.amount + 100n)),
        running: value('NUMBER', money(row.running + 100n)),
      }
    : {}),
});

const outputFields = <T>(row: ResultRow, items: number, make: (type: string, content: unknown) => T) => ({
  order: make('SINGLE_LINE_TEXT', row.source.order),
  customer: make('SINGLE_LINE_TEXT', customerText(row.source.customer)),
  day: make('DATE', dayText(row.source.day)),
  category: make('SINGLE_LINE_TEXT', row.source.item < items ? categoryText(row.source.item) : ''),
  amount: make('NUMBER', money(row.amount)),
  running: make('NUMBER', money(row.running)),
});

/** Of twenty rows of the result one is new and six have changed. */
function fateOf(row: Order): 'missing' | 'stale' | 'same' {
  const part = Number(row.order.slice(1)) % 20;
  return part === 0 ? 'missing' : part <= 6 ? 'stale' : 'same';
}

function writePages<T>(
  folder: string,
  name: string,
  rows: readonly T[],
  record: (row: T, id: number) => unknown,
): void {
  const file = openSync(join(folder, `${name}.bin`), 'w');
  const ends: number[] = [];
  let end = 0;
  for (let start = 0; start < rows.length; start += PAGE) {
    const records = rows.slice(start, start + PAGE).map((row, index) => record(row, start + index + 1));
    end += writeSync(file, JSON.stringify({ records, totalCount: null }));
    ends.push(end);
  }
  closeSync(file);
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(ends));
}

function writeGroups(folder: string, rows: readonly Order[]): void {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const key = `${customerText(row.customer)}\t${productText(row.product)}`;
    const prices = groups.get(key);
    if (prices === undefined) groups.set(key, [row.price]);
    else prices.push(row.price);
  }
  const lines = [...groups].map(([key, prices]) => {
    const sum = prices.reduce((total, price) => total + BigInt(price), 0n);
    const least = prices.reduce((a, b) => Math.min(a, b));
    const most = prices.reduce((a, b) => Math.max(a, b));
    return `${key}\t${money(sum)}\t${average(sum, prices.length)}\t${money(least)}\t${money(most)}\t${prices.length}\n`;
  });
  writeFileSync(join(folder, 'groups.txt'), lines.sort().join(''));
}

/** Hundredths / count, rounded half-even at 10 decimals. */
function average(sum: bigint, count: number): string {
  const divisor = BigInt(count) * 100n;
  const scaled = sum * 10n ** 10n;
  const rest = scaled % divisor;
  let units = scaled / divisor;
  if (2n * rest > divisor || (2n * rest === divisor && units % 2n === 1n)) units += 1n;
  const digits = units.toString().padStart(11, '0');
  return `${digits.slice(0, -10)}.${digits.slice(-10)}`.replace(/\.?0+$/, '');
}

/** By customer, newest first; rows that tie stay in the order of their records. */
function resultRows(kept: readonly Order[]): readonly ResultRow[] {
  const sorted = [...kept].sort((a, b) => a.customer - b.customer || b.day - a.day);
  const running = new Map<number, bigint>();
  return sorted.map((source) => {
    // price * quantity * 1.08 (finished) or 1.1, rounded to hundredths, halves up.
    const tax = source.status === FINISHED ? 108n : 110n;
    const amount = (BigInt(source.price) * BigInt(source.quantity) * tax + 50n) / 100n;
    const total = (running.get(source.customer) ?? 0n) + amount;
    running.set(source.customer, total);
    return { source, amount, running: total };
  });
}

/** Bodies as they must be sent: updates, then adds, a hundred rows per request, 19 requests per bulkRequest. */
function expectedPlan(
  rows: readonly ResultRow[],
  idOf: ReadonlyMap<string, number>,
  items: number,
): Expected {
  const updates: unknown[] = [];
  const adds: unknown[] = [];
  let unchanged = 0;
  for (const row of rows) {
    const fate = fateOf(row.source);
    const { order, customer, day, category, amount, running } = outputFields(
      row,
      items,
      (_type, content) => ({
        value: content,
      }),
    );
    if (fate === 'missing') adds.push({ order, customer, day, category, amount, running });
    else if (fate === 'same') unchanged++;
    else updates.push({ id: String(idOf.get(row.source.order)), revision: '3', record: { amount, running } });
  }
  const requests: unknown[] = [];
  for (const [method, all] of [
    ['PUT', updates],
    ['POST', adds],
  ] as const) {
    for (let start = 0; start < all.length; start += 100) {
      const payload = { app: '9', records: all.slice(start, start + 100) };
      requests.push({ method, api: '/k/v1/records.json', payload });
    }
  }
  const hash = createHash('sha256');
  for (let start = 0; start < requests.length; start += 19) {
    hash.update(JSON.stringify({ requests: requests.slice(start, start + 19) }));
  }
  return { adds: adds.length, updates: updates.length, unchanged, bodies: hash.digest('hex') };
}
