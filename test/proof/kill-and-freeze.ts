/** R4 and R5: processes that are killed, or frozen and woken up when somebody else has finished their work. */
import type { Ended, ProcessWorld, Running } from './process-world';

export interface KillReport {
  readonly kills: number;
  readonly stops: number;
  /** Frozen processes that woke up, tried to write, and were refused for good. */
  readonly fenced: number;
  /** From the last kill of a run to its good end, in real milliseconds. */
  readonly finishMs: readonly number[];
}

/** Requests of an undisturbed run: start, form and settings of each app, pages, plan, commits, end. */
const REQUESTS_OF_A_RUN = 36;
const JITTER_MS = 25;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A process that cannot even start would be tried for ever. */
function checked(ended: Ended): void {
  if (ended.code !== null && ended.code > 1) throw new Error(`exit code ${ended.code}: ${ended.said}`);
}

async function randomMoment(running: Running, random: () => number): Promise<void> {
  await running.after(1 + Math.floor(random() * REQUESTS_OF_A_RUN));
  await pause(random() * JITTER_MS);
}

/** Kills `kills` processes at random moments, each followed by others until the work is done. */
export async function killAtRandom(
  world: ProcessWorld,
  kills: number,
  random: () => number,
): Promise<KillReport> {
  let left = kills;
  const finishMs: number[] = [];
  const lane = async (index: number): Promise<void> => {
    while (left > 0) {
      const before = world.successes(index);
      let killedAtMs: number | null = null;
      while (world.successes(index) === before) {
        const running = world.run(index);
        if (left > 0) {
          await randomMoment(running, random);
          if (left > 0 && running.child.kill('SIGKILL')) {
            left -= 1;
            killedAtMs = performance.now();
          }
        }
        checked(await running.ended);
        // What was on its way when the process died still arrives.
        await pause(JITTER_MS * 2);
      }
      if (killedAtMs !== null) finishMs.push(performance.now() - killedAtMs);
    }
  };
  await Promise.all(Array.from({ length: world.lanes }, (_unused, index) => lane(index)));
  return { kills: kills - left, stops: 0, fenced: 0, finishMs };
}

/** Freezes `stops` processes at random moments; each wakes up after another one has done the work. */
export async function freezeAtRandom(
  world: ProcessWorld,
  stops: number,
  random: () => number,
): Promise<KillReport> {
  let left = stops;
  let done = 0;
  let fenced = 0;
  const lane = async (index: number): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const sleeper = world.run(index);
      await randomMoment(sleeper, random);
      if (!sleeper.child.kill('SIGSTOP')) {
        // It was done already; this one does not count.
        left += 1;
        await sleeper.ended;
        continue;
      }
      done += 1;
      checked(await world.run(index).ended);
      sleeper.child.kill('SIGCONT');
      const { reason } = await sleeper.ended;
      fenced += reason === 'superseded' ? 1 : 0;
    }
  };
  await Promise.all(Array.from({ length: world.lanes }, (_unused, index) => lane(index)));
  return { kills: 0, stops: done, fenced, finishMs: [] };
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
