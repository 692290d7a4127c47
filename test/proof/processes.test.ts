/** R4 and R5 with small counts; many more: npm run proof -- --kills 200 --stops 200. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { diceOf } from '../simulation/random';
import { freezeAtRandom, killAtRandom } from './kill-and-freeze';
import { ProcessWorld } from './process-world';

let world: ProcessWorld;

beforeAll(async () => {
  world = await ProcessWorld.start(3);
});

afterAll(() => world.close());

const { unit: random } = diceOf(20261121);

it('processes that are killed at random moments leave no doubled and no lost row', async () => {
  const report = await killAtRandom(world, 6, random);
  expect(report.kills).toBe(6);
  expect(world.rowErrors()).toEqual({ duplicates: 0, lost: 0 });
  expect(world.rowsWanted()).toBeGreaterThan(0);
  expect(world.problems()).toEqual([]);
}, 120_000);

it('a process that was frozen while another one took its work over writes nothing more', async () => {
  const report = await freezeAtRandom(world, 3, random);
  expect(report.stops).toBe(3);
  expect(world.rowErrors()).toEqual({ duplicates: 0, lost: 0 });
  expect(world.problems()).toEqual([]);
}, 120_000);
