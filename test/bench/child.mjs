// One engine in a process of its own: node child.mjs ENGINE FOLDER RUNS check|time
// Prints one line of JSON. Reading files is not part of any time: pages stand for answers that have arrived.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const [engineFile, folder, runs, mode] = process.argv.slice(2);
const { createEngine } = await import(pathToFileURL(engineFile).href);
const STEPS = ['filter', 'group', 'join', 'sort', 'formula', 'running', 'diff', 'bodies'];

function* pages(name) {
  const file = openSync(join(folder, `${name}.bin`), 'r');
  let start = 0;
  for (const end of JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))) {
    const bytes = new Uint8Array(end - start);
    readSync(file, bytes, 0, bytes.length, start);
    start = end;
    yield bytes;
  }
  closeSync(file);
}

/** Of all threads; what other programs do to the clock does not show in it. */
let processorMs = 0;

async function timed(times, step, work) {
  const processor = process.cpuUsage();
  const start = process.hrtime.bigint();
  const result = await work();
  times[step] = (times[step] ?? 0) + Number(process.hrtime.bigint() - start) / 1e6;
  const { user, system } = process.cpuUsage(processor);
  processorMs += (user + system) / 1000;
  return result;
}

async function run(onBody) {
  const times = {};
  const engine = await createEngine();
  for (const name of ['orders', 'master', 'output']) {
    for (const bytes of pages(name)) await timed(times, 'load', () => engine.page(name, bytes));
    await timed(times, 'load', () => engine.loaded(name));
  }
  // An engine that is nothing but a way to load has no further steps.
  if (engine.filter === undefined) return { engine, times };
  for (const step of STEPS) await timed(times, step, () => engine[step](onBody));
  return { engine, times };
}

/** Lines of a file against values in the same order: how many differ after rounding to the decimals that are expected. */
function differences(file, rows) {
  const lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
  if (rows.length !== lines.length) return { missing: Math.abs(rows.length - lines.length), wrong: 0 };
  let missing = 0;
  let wrong = 0;
  lines.forEach((line, index) => {
    const expected = line.split('\t');
    rows[index].forEach((found, column) => {
      if (text(found, expected[column]) === expected[column]) return;
      if (typeof found === 'number') wrong++;
      else missing++;
    });
  });
  return { missing, wrong };
}

/** A float is given the benefit of rounding to as many decimals as the right answer may have. */
function text(found, expected) {
  if (typeof found !== 'number') return String(found);
  const decimals = (expected.split('.')[1] ?? '').length > 2 ? 10 : 2;
  return found.toFixed(decimals).replace(/\.?0+$/, '');
}

async function check() {
  const hash = createHash('sha256');
  const { engine } = await run((body) => hash.update(body));
  const expected = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'));
  const { groups, rows, adds, updates } = await engine.results();
  const order = (a, b) => (`${a[0]}\t${a[1]}` < `${b[0]}\t${b[1]}` ? -1 : 1);
  return {
    groups: differences('groups.txt', groups.sort(order)),
    rows: differences('rows.txt', rows),
    adds: adds - expected.adds,
    updates: updates - expected.updates,
    sameBodies: hash.digest('hex') === expected.bodies,
  };
}

/** The last of `runs` runs; those before only warm up the compiler. */
async function time() {
  let times = {};
  let peakMb = 0;
  for (let index = 0; index < Number(runs); index++) {
    processorMs = 0;
    ({ times } = await run(() => undefined));
    // Later runs would add the garbage of earlier ones.
    if (index === 0) peakMb = peakMemoryMb();
  }
  return { times, processorMs, peakMb };
}

/** Where there is /proc: what getrusage says on Linux includes the memory of the process that started this one. */
function peakMemoryMb() {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}

console.log(JSON.stringify(mode === 'check' ? await check() : await time()));
process.exit(0);
