import { expect, it } from 'vitest';
import { pacedRest } from '../../src/run/pace';
import type { Clock } from '../../src/run/ports';

it('rests only when the piece of work before was long enough', async () => {
  let now = 0;
  const rests: number[] = [];
  const clock: Clock = {
    nowMs: () => now,
    monotonicMs: () => now,
    sleep: async (ms) => {
      rests.push(now);
      expect(ms).toBe(0);
      // Other work took its time meanwhile; that is no part of the next piece.
      now += 100;
    },
  };
  const rest = pacedRest(clock, new AbortController().signal);
  await rest();
  now += 7;
  await rest();
  expect(rests).toEqual([]);
  now += 1;
  await rest();
  expect(rests).toEqual([8]);
  now += 7;
  await rest();
  now += 30;
  await rest();
  expect(rests).toEqual([8, 145]);
});
