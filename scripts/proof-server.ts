/**
 * `nagare serve` under SIGKILL with large counts, while runs come in through all doors:
 *   npm run proof:server -- --kills 100 [--store folder|database] [--short 2] [--long 1] [--seed N]
 * One server with a folder, then two on one PostgreSQL, or only one of the two. `--short`, `--long`: units with one and
 * with four commits for each door. Ends with 1 when a run or a row is lost or doubled, or a rule of the protocol is
 * broken. Needs a build (npm run build) and PostgreSQL (Debian: apt-get install postgresql).
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { type ServerProofOptions, ServerProofWorld } from '../test/proof/server-processes';
import { startPostgres } from '../test/server/postgres';
import { diceOf } from '../test/simulation/random';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    store: { type: 'string', default: 'both' },
    short: { type: 'string', default: '2' },
    long: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});
const random = diceOf(Number(values.seed)).unit;
const kills = Number(values.kills);
const units = { short: Number(values.short), long: Number(values.long) };

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

async function prove(name: string, options: ServerProofOptions): Promise<void> {
  const world = await ServerProofWorld.start(options, kills);
  try {
    const proof = await world.prove(kills, random);
    const { runs, rows, doubled, lost, unanswered, finishMs, exitCodes } = proof;
    const troubles = [...proof.strayRuns, ...proof.problems];
    const runCount = Object.values(runs).reduce((sum, count) => sum + count, 0);
    console.log(`${name}: kills ${proof.kills}, runs ${runCount} (${listed(runs)}), all ended well`);
    console.log(`  at the kills: ${listed(proof.phases)}`);
    console.log(`  rows ${rows}, doubled ${doubled}, lost ${lost}, requests without an answer ${unanswered}`);
    console.log(`  stray runs ${proof.strayRuns.length}, broken rules ${proof.problems.length}`);
    console.log(`  ${(finishMs / 1000).toFixed(1)} s from the last kill to the last end`);
    console.log(`  exit codes after SIGTERM ${exitCodes.join(', ')}`);
    for (const trouble of troubles.slice(0, 20)) console.log(`  ${trouble}`);
    if (doubled + lost + troubles.length > 0 || exitCodes.some((code) => code !== 0)) process.exitCode = 1;
  } finally {
    await world.close();
  }
}

if (values.store !== 'database')
  await prove('one server, a folder', { ...units, databaseUrl: null, servers: 1 });
if (values.store !== 'folder') {
  const postgres = await startPostgres();
  try {
    await prove('two servers, PostgreSQL', { ...units, databaseUrl: await postgres.database(), servers: 2 });
  } finally {
    await postgres.close();
  }
}
