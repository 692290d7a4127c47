import { describe, expect, it } from 'vitest';
import type { PresencePort, StateReason } from '../../src/run';
import { type LifeFacts, lifeFrom, lifeOf, type Observations, standingOf } from '../../src/run/lease';
import vectors from './life-vectors.json';

interface Vector extends LifeFacts {
  readonly name: string;
  readonly reason: StateReason;
  readonly cursor: number;
  readonly standing: string;
}

/** The file is the contract of everything that shows or decides what a run without an end is. */
const VECTORS = vectors as readonly Vector[];

describe('where a run stands', () => {
  it.each(VECTORS.map((vector) => [vector.name, vector] as const))('%s', (_name, vector) => {
    expect(standingOf(vector, lifeFrom(vector))).toBe(vector.standing);
  });

  it('is named by at least one vector for each word', () => {
    const words = ['abandoned', 'atWork', 'ended', 'interrupted', 'unclear', 'unknown'];
    expect([...new Set(VECTORS.map((vector) => vector.standing))].sort()).toEqual(words);
  });

  it.each(VECTORS.map((vector) => [vector.name, vector] as const))(
    'comes out the same from the facts of a page: %s',
    async (_name, vector) => {
      const { endedAtMs, lock, seen } = vector;
      const entry = { journalId: '1', revision: '2', owner: 'somebody', endedAtMs };
      const observations: Observations = new Map();
      if (seen === 'moved') observations.set('1', { revision: '1', sinceMs: 0 });
      if (typeof seen === 'number') observations.set('1', { revision: '2', sinceMs: 0 });
      const presence: PresencePort = {
        sees: () => lock !== 'elsewhere',
        claim: async () => (lock === 'held' ? null : { release: () => undefined }),
      };
      const nowMs = typeof seen === 'number' ? seen : 0;
      const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs, sleep: async () => undefined };
      const life = await lifeOf(entry, { presence, clock }, observations);
      expect(standingOf(vector, life)).toBe(vector.standing);
    },
  );
});
