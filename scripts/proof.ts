/**
 * R4 and R5 with large counts: npm run proof -- --kills 200 --stops 200 [--lanes 4] [--seed N]
 * Ends with 1 when a row is doubled or lost, or a rule of the protocol is broken.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { freezeAtRandom, killAtRandom, percentile } from '../test/proof/kill-and-freeze';
import { ProcessWorld } from '../test/proof/process-world';
import { diceOf } from '../test/simulation/random';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    stops: { type: 'string', default: '200' },
    lanes: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
  },
});

const random = diceOf(Number(values.seed)).unit;
const world = await ProcessWorld.start(Number(values.lanes));
try {
  const killed = await killAtRandom(world, Number(values.kills), random);
  const seconds = (part: number): string => (percentile(killed.finishMs, part) / 1000).toFixed(1);
  console.log(`kills ${killed.kills}, finish after the last kill p50 ${seconds(0.5)} s, max ${seconds(1)} s`);
  const frozen = await freezeAtRandom(world, Number(values.stops), random);
  console.log(`stops ${frozen.stops}, fenced ${frozen.fenced}`);
  const { duplicates, lost } = world.rowErrors();
  const problems = world.problems();
  console.log(`rows ${world.rowsWanted()}, duplicates ${duplicates}, lost ${lost}`);
  const { commits, fenced } = world.history.counts;
  console.log(`commits ${commits}, refused with 409 ${fenced}, broken rules ${problems.length}`);
  for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`);
  if (duplicates + lost + problems.length > 0) process.exitCode = 1;
} finally {
  await world.close();
}
