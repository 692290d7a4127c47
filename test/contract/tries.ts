/** Small steps of the contract checks. */
import type { ContractApps } from './apps';

export interface Seen {
  readonly holds: boolean;
  /** In words, for the report. */
  readonly seen: string;
}

export interface Attempt {
  readonly ok: boolean;
  readonly code: string;
  /** Position of the failing request of a bulkRequest; null when kintone did not say. */
  readonly index: number | null;
  /** Keys of kintone's `errors`. */
  readonly errors: readonly string[];
}

/** Calls kintone and keeps its refusal as a value. */
export async function attempt(work: () => Promise<unknown>): Promise<Attempt> {
  try {
    await work();
    return { ok: true, code: '', index: null, errors: [] };
  } catch (error) {
    const known = error as { code?: string; bulkRequestIndex?: number; errors?: object; message?: string };
    return {
      ok: false,
      code: known.code ?? known.message ?? 'no code',
      index: known.bulkRequestIndex ?? null,
      errors: Object.keys(known.errors ?? {}),
    };
  }
}

export const codeOf = (reply: Attempt): string => reply.code;

/** Holds when everything is as expected; says what was seen either way. */
export function same<T extends Readonly<Record<string, unknown>>>(seen: T, expected: T): Seen {
  const text = Object.entries(seen).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return {
    holds: Object.entries(expected).every(([name, value]) => seen[name] === value),
    seen: text.join(', '),
  };
}

let keys = 0;
const session = Date.now().toString(36);

/** A key that nobody has used. */
export function newKey(): string {
  keys += 1;
  return `k${session}-${keys}`;
}

/** Adds records with these keys in one request. */
export async function fill(
  { client, data }: ContractApps,
  values: readonly string[],
): Promise<readonly { readonly id: string; readonly revision: string }[]> {
  const records = values.map((key) => ({ key: { value: key } }));
  const reply = await client.record.addRecords({ app: data, records });
  return reply.ids.map((id, index) => ({ id, revision: reply.revisions[index] ?? '' }));
}

/** Keys, of these, that records have. */
export async function keysIn(
  { client, data }: ContractApps,
  values: readonly string[],
): Promise<readonly string[]> {
  const quoted = values.map((value) => `"${value}"`).join(', ');
  const query = `key in (${quoted}) limit 500`;
  const { records } = await client.record.getRecords({ app: data, query, fields: ['key'] });
  return records.map((record) => String(record['key']?.value));
}

/** A run record with the least it needs. */
export async function newRun(
  { client, log }: ContractApps,
  lockKey = '',
  runKey = newKey(),
): Promise<{ readonly id: string; readonly revision: string; readonly runKey: string }> {
  const record = {
    run_key: { value: runKey },
    lock_key: { value: lockKey },
    write_nonce: { value: '' },
  };
  const reply = await client.record.addRecords({ app: log, records: [record] });
  return { id: reply.ids[0] ?? '', revision: reply.revisions[0] ?? '', runKey };
}
