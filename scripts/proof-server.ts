/**
 * `nagare serve` under SIGKILL with large counts: npm run proof:server -- --kills 100 [--lanes 4] [--seed N]
 * First one server with a folder, then two on one PostgreSQL. Ends with 1 when a row is lost or doubled, or a rule of
 * the protocol is broken. Needs a build (npm run build) and PostgreSQL (Debian: apt-get install postgresql).
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { type ServerProofOptions, ServerProofWorld } from '../test/proof/server-processes';
import { startPostgres } from '../test/server/postgres';
import { diceOf } from '../test/simulation/random';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    lanes: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
  },
});
const random = diceOf(Number(values.seed)).unit;

async function prove(name: string, options: ServerProofOptions): Promise<void> {
  const world = await ServerProofWorld.start(options);
  try {
    const proof = await world.prove(Number(values.kills), random);
    const { kills, runs, rows, doubled, lost, redelivered, finishMs, problems, exitCodes } = proof;
    console.log(`${name}: kills ${kills}, runs ${runs}, all ended; notifications sent again ${redelivered}`);
    console.log(`  rows ${rows}, doubled ${doubled}, lost ${lost}, broken rules ${problems.length}`);
    console.log(`  ${(finishMs / 1000).toFixed(1)} s from the last kill to the last end`);
    console.log(`  exit codes after SIGTERM ${exitCodes.join(', ')}`);
    for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`);
    if (doubled + lost + problems.length > 0 || exitCodes.some((code) => code !== 0)) process.exitCode = 1;
  } finally {
    await world.close();
  }
}

const lanes = Number(values.lanes);
await prove('one server, a folder', { lanes, databaseUrl: null, servers: 1 });
const postgres = await startPostgres();
try {
  await prove('two servers, PostgreSQL', { lanes, databaseUrl: await postgres.database(), servers: 2 });
} finally {
  await postgres.close();
}
