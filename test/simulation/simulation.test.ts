/** R2: seeded stories in virtual time. */
import process from 'node:process';
import { expect, it, vi } from 'vitest';
import { violations } from './checker';
import { type Counts, type Story, tell } from './world';

vi.mock('../../src/run/plan-codec', () => import('../run/plain-codec'));

/** More by flag: NAGARE_SEEDS=20000 npx vitest run test/simulation; one story again: NAGARE_SEED=1234. */
const SEEDS = Number(process.env['NAGARE_SEEDS'] ?? 500);
const FIRST = Number(process.env['NAGARE_FIRST_SEED'] ?? 1);
const ONE = process.env['NAGARE_SEED'];

it(`${ONE === undefined ? SEEDS : 'one'} seeded stories hold every invariant`, async () => {
  const seeds =
    ONE === undefined ? Array.from({ length: SEEDS }, (_unused, index) => FIRST + index) : [Number(ONE)];
  const total = new Map<keyof Counts, number>();
  const failing: string[] = [];
  let commits = 0;
  for (const seed of seeds) {
    const found = await toldAndChecked(seed, (story) => {
      commits += story.kintone.commits.length;
      for (const [what, count] of Object.entries(story.counts) as [keyof Counts, number][]) {
        total.set(what, (total.get(what) ?? 0) + count);
      }
    });
    failing.push(...found.map((text) => `seed ${seed} (again: NAGARE_SEED=${seed}): ${text}`));
  }
  const counts = [...total].map(([what, count]) => `${what} ${count}`).join(', ');
  console.log(
    `simulation: ${seeds.length} seeds, ${commits} commits, ${counts}, ${failing.length} violations`,
  );
  expect(failing).toEqual([]);
  // A suite in which nothing ever went wrong would prove nothing.
  if (ONE !== undefined) return;
  for (const [what, count] of total) expect(count, what).toBeGreaterThan(SEEDS / 10);
}, 3_600_000);

async function toldAndChecked(seed: number, told: (story: Story) => void): Promise<readonly string[]> {
  try {
    const story = await tell(seed);
    told(story);
    return violations(story);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

it('the same seed tells the same story', async () => {
  const facts = (story: Story) => ({
    counts: story.counts,
    commits: story.kintone.commits.map(({ journalId, revision, patch }) => [
      journalId,
      revision,
      patch.nonce,
    ]),
    rows: [...story.kintone.apps.keys()].map((app) => story.kintone.rows(app)),
    ends: [...story.kintone.entries.values()].map((entry) => [entry.state, entry.reason, entry.endedAtMs]),
  });
  for (const seed of [7, 8, 9]) expect(facts(await tell(seed))).toEqual(facts(await tell(seed)));
});
