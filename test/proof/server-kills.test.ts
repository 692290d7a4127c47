/** Servers that are killed, with small counts; many more: npm run proof:server -- --kills 100. */
import { afterEach, expect, it } from 'vitest';
import { hasPostgres, type Postgres, startPostgres } from '../server/postgres';
import { diceOf } from '../simulation/random';
import { type ServerProofOptions, ServerProofWorld } from './server-processes';

const KILLS = 4;
const { unit: random } = diceOf(20261128);
let world: ServerProofWorld;
afterEach(() => world.close());

async function prove(options: Pick<ServerProofOptions, 'databaseUrl' | 'servers'>): Promise<void> {
  world = await ServerProofWorld.start({ ...options, short: 1, long: 1 }, KILLS);
  const proof = await world.prove(KILLS, random);
  expect(proof).toMatchObject({
    kills: KILLS,
    doubled: 0,
    lost: 0,
    strayRuns: [],
    problems: [],
    // Asked to stop, they stop as asked.
    exitCodes: Array(options.servers).fill(0),
  });
  for (const door of ['webhook', 'program', 'page']) expect(proof.runs[door]).toBeGreaterThan(0);
}

it('a server with a folder loses and doubles nothing by SIGKILL', async () => {
  await prove({ databaseUrl: null, servers: 1 });
}, 180_000);

if (hasPostgres()) {
  it('two servers on one database lose and double nothing by SIGKILL', async () => {
    const postgres: Postgres = await startPostgres();
    try {
      await prove({ databaseUrl: await postgres.database(), servers: 2 });
    } finally {
      await world.close();
      await postgres.close();
    }
  }, 240_000);
}
