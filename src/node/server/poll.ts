/** Looking into kintone again and again. */
import { FailureError } from '../../definition/errors';
import type { Server } from './context';

const FIRST_BACK_OFF_MS = 10_000;
const LONGEST_BACK_OFF_MS = 120_000;

/**
 * Looks until stopped, and hardly while kintone does not answer.
 * @param unreadable event of the log when a look fails
 * @param look resolves with the pause before the next one, in ms
 */
export async function poll(
  { clock, log }: Pick<Server, 'clock' | 'log'>,
  signal: AbortSignal,
  unreadable: string,
  look: () => Promise<number>,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let pauseMs: number;
    try {
      pauseMs = await look();
      failures = 0;
    } catch (error) {
      failures += 1;
      const reason = error instanceof FailureError ? error.failure.code : String(error);
      log('warn', unreadable, { reason, failures });
      pauseMs = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** Math.min(failures, 5));
    }
    await clock.sleep(pauseMs, signal);
  }
}
