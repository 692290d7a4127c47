/** Servers that are killed, with small counts; many more: npm run proof:server -- --kills 100. */
import { afterEach, expect, it } from 'vitest';
import { hasPostgres, type Postgres, startPostgres } from '../server/postgres';
import { diceOf } from '../simulation/random';
import { type ServerProofOptions, ServerProofWorld } from './server-processes';

const KILLS = 4;
const { unit: random } = diceOf(20261128);
let world: ServerProofWorld;
afterEach(() => world.close());

async function prove(options: ServerProofOptions): Promise<void> {
  world = await ServerProofWorld.start(options);
  const { runs, rows: _rows, redelivered: _sent, finishMs: _ms, ...proof } = await world.prove(KILLS, random);
  expect(proof).toEqual({
    kills: KILLS,
    doubled: 0,
    lost: 0,
    problems: [],
    // Asked to stop, they stop as asked.
    exitCodes: Array(options.servers).fill(0),
  });
  expect(runs).toBeGreaterThan(0);
}

it('a server with a folder loses and doubles nothing by SIGKILL', async () => {
  await prove({ lanes: 2, databaseUrl: null, servers: 1 });
}, 180_000);

if (hasPostgres()) {
  it('two servers on one database lose and double nothing by SIGKILL', async () => {
    const postgres: Postgres = await startPostgres();
    try {
      await prove({ lanes: 3, databaseUrl: await postgres.database(), servers: 2 });
    } finally {
      await world.close();
      await postgres.close();
    }
  }, 240_000);
}
