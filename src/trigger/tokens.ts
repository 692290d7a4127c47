/** Access tokens: 256 random bits, of which only the hash is kept. */
import type { TokenRecord, TokenStore, TriggerDeps } from './types';

/** For starting; a used token goes on to answer for its task. */
export const TOKEN_VALID_MS = 10 * 60_000;
/** Long enough to ask about the longest run, and to say "used" or "expired" instead of "invalid". */
export const TOKEN_KEPT_MS = 24 * 60 * 60_000;
const TOKEN_BYTES = 32;

type TokenDeps = Pick<TriggerDeps, 'tokens' | 'clock' | 'random'>;

export async function issueToken(deps: TokenDeps, unitId: string): Promise<string> {
  const token = base64Url(deps.random.bytes(TOKEN_BYTES));
  const issuedAtMs = deps.clock.nowMs();
  await deps.tokens.expire(issuedAtMs - TOKEN_KEPT_MS);
  await deps.tokens.issue({ hash: await hashOf(token), unitId, issuedAtMs, taskId: null });
  return token;
}

/** The token's record; null when nobody issued it, or for another unit. */
export async function findToken(deps: TokenDeps, token: string, unitId: string): Promise<TokenRecord | null> {
  const hash = await hashOf(token);
  const record = await deps.tokens.find(hash);
  if (record === null || !isSameText(record.hash, hash) || record.unitId !== unitId) return null;
  return record.issuedAtMs < deps.clock.nowMs() - TOKEN_KEPT_MS ? null : record;
}

async function hashOf(token: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Compares secrets: the time it takes says nothing about where they differ. */
export function isSameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index += 1) {
    difference |= a.charCodeAt(index) ^ (b.charCodeAt(index) || 0);
  }
  return difference === 0;
}

const base64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** Tokens of one page or one process. */
export function memoryTokenStore(): TokenStore {
  const records = new Map<string, TokenRecord>();
  return {
    async issue(record) {
      records.set(record.hash, record);
    },
    find: async (hash) => records.get(hash) ?? null,
    async consume(hash, taskId, user) {
      const record = records.get(hash);
      if (record === undefined || record.taskId !== null) return false;
      records.set(hash, { ...record, taskId, user });
      return true;
    },
    async follow(hash, taskId) {
      const record = records.get(hash);
      if (record !== undefined && record.taskId !== null) records.set(hash, { ...record, taskId });
    },
    async expire(issuedBeforeMs) {
      for (const [hash, record] of records) if (record.issuedAtMs < issuedBeforeMs) records.delete(hash);
    },
  };
}
