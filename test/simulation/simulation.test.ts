import process from 'node:process';
import { expect, it, vi } from 'vitest';
import { violations } from './checker';
import { type Counts, tell } from './world';

// Compression and hashing run on real threads, whose timing would leak into virtual time and make stories
// unrepeatable; the real codec has tests of its own (test/run/plan-file.test.ts).
vi.mock('../../src/run/plan-codec', () => ({
  encodePlanFile: async (plan: unknown) => ({
    chunks: [new TextEncoder().encode(JSON.stringify(plan))],
    sha256: '',
  }),
  decodePlanFile: async (chunks: readonly Uint8Array[]) => ({
    ok: true,
    value: JSON.parse(new TextDecoder().decode(chunks[0])),
  }),
}));

/** More by flag: NAGARE_SEEDS=20000 npx vitest run test/simulation; one story again: NAGARE_SEED=1234. */
const SEEDS = Number(process.env['NAGARE_SEEDS'] ?? 200);
const ONE = process.env['NAGARE_SEED'];

it(`${ONE === undefined ? SEEDS : 'one'} seeded stories of tabs, deaths, freezes and lost answers hold every invariant`, async () => {
  const total: Counts = { presses: 0, deaths: 0, freezes: 0, resumes: 0, faults: 0 };
  const seeds =
    ONE === undefined ? Array.from({ length: SEEDS }, (_unused, index) => index + 1) : [Number(ONE)];
  for (const seed of seeds) {
    const story = await tell(seed);
    expect({ seed, violations: violations(story) }).toEqual({ seed, violations: [] });
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += story.counts[key];
  }
  // A suite in which nothing ever went wrong would prove nothing.
  if (ONE === undefined) {
    for (const key of Object.keys(total) as (keyof Counts)[]) {
      expect(total[key], key).toBeGreaterThan(SEEDS / 4);
    }
  }
  console.log(`simulation: ${seeds.length} seeds, ${JSON.stringify(total)}`);
}, 300_000);
