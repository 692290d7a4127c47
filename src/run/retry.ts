import type { Clock, Randomness } from './ports';

/**
 * kintone codes after which the same request may simply be sent again: nothing was written.
 * GAIA_TO04 too many concurrent requests (429), GAIA_TM12 too many cursors, GAIA_DA02 and GAIA_RE18
 * database lock (arrive as HTTP 400). Source: facts "kintone" 3.1, cli-kintone's own retry list.
 */
const RETRYABLE_CODES: ReadonlySet<string> = new Set(['GAIA_TO04', 'GAIA_TM12', 'GAIA_DA02', 'GAIA_RE18']);

export const isRetryableCode = (code: string): boolean => RETRYABLE_CODES.has(code);

/** Longest pause 15 s: long enough for a busy domain, short enough that a person sees it move. */
const BASE_MS = 500;
const CEILING_MS = 15_000;
/** With full jitter this waits about a minute in all before giving up. */
export const MAX_ATTEMPTS = 9;

/** Pause before attempt `attempt` (1 = first repetition): full jitter under an exponential ceiling. */
export function backoffMs(attempt: number, random: Pick<Randomness, 'unit'>): number {
  return Math.floor(random.unit() * Math.min(CEILING_MS, BASE_MS * 2 ** attempt));
}

/**
 * Repeats `work` while it throws something `isRetryable` accepts. Only for requests that change
 * nothing (reads, uploads); writes go through the journal writer, which reads back first.
 */
export async function retrying<T>(
  work: () => Promise<T>,
  isRetryable: (error: unknown) => boolean,
  ports: { readonly clock: Clock; readonly random: Randomness },
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || signal?.aborted === true || !isRetryable(error)) throw error;
      await ports.clock.sleep(backoffMs(attempt, ports.random), signal);
    }
  }
}
