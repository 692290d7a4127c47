/**
 * Compares the engine with data frame libraries on the same bytes.
 * node scripts/run.mjs test/bench/main.ts [--full] [--only nagare,json] [--write docs/performance.md]
 * Every engine runs in processes of its own; ours is checked to be exactly right before any time is printed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { buildEngine, ENGINE_FILE } from './build';
import { type Expected, writeData } from './data';
import { type CheckFindings, faultOf, type Measured, median, STAGES, timesTable } from './report';

const HERE = 'test/bench';
/** What the written page keeps between these lines is replaced; the words around them stay. */
const MARKS = { start: '<!-- figures -->', end: '<!-- /figures -->' };

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string', default: 'nagare,json,polars,duckdb,arquero,lodash' },
    write: { type: 'string' },
  },
});
const sizes = [10_000, 100_000, ...(values.full ? [1_000_000] : [])];
const engines = values.only.split(',');

installRivals();
await buildEngine();
const parts: string[] = [machine()];
for (const size of sizes) parts.push(compare(size));
const text = parts.join('\n\n');
console.log(text);
if (values.write !== undefined) writeFigures(values.write, text);

/** The other engines are no dependencies of the project: they are large, and only this needs them. */
function installRivals(): void {
  if (existsSync(join(HERE, 'node_modules'))) return;
  const done = spawnSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'inherit' });
  if (done.status !== 0) throw new Error('the engines to compare with could not be installed');
}

function compare(size: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'nagare-bench-'));
  try {
    writeData(folder, size);
    const expected = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as Expected;
    const rows = measured(folder, size);
    const changes = expected.adds + expected.updates;
    const heading = `### ${size.toLocaleString('en-US')} records`;
    const about = `${changes.toLocaleString('en-US')} records truly change. Milliseconds, medians of ${runsFor(size)} runs.`;
    return [heading, about, timesTable(rows, changes), loadRatio(rows)].join('\n\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runsFor(size: number): number {
  return size >= 1_000_000 ? 3 : 5;
}

function fileOf(engine: string): string {
  return engine === 'nagare' ? ENGINE_FILE : join(HERE, 'engines', `${engine}.mjs`);
}

interface Timed {
  readonly times: Readonly<Partial<Record<string, number>>>;
  readonly peakMb: number;
}

/** Engines take turns, so that whatever else the machine does hits all of them alike. */
function measured(folder: string, size: number): readonly Measured[] {
  const checks = new Map<string, CheckFindings | null>();
  for (const engine of engines) {
    const check = engine === 'json' ? null : child<CheckFindings>(fileOf(engine), folder, 1, 'check');
    const fault = engine !== 'nagare' ? null : check === null ? 'it did not run' : faultOf(check);
    if (fault !== null) throw new Error(`Nothing is timed, because our own result is wrong: ${fault}`);
    checks.set(engine, check);
  }
  const runs = new Map<string, Timed[]>(engines.map((engine) => [engine, []]));
  // A small run would measure the compiler, so others go before it; a large one does not care.
  const warmUps = size >= 1_000_000 ? 0 : size >= 100_000 ? 1 : 5;
  for (let round = 0; round < runsFor(size); round++) {
    for (const engine of engines) {
      const timed = child<Timed>(fileOf(engine), folder, warmUps + 1, 'time');
      if (timed !== null) runs.get(engine)?.push(timed);
    }
  }
  return engines.flatMap((engine) => summary(engine, runs.get(engine) ?? [], checks.get(engine) ?? null));
}

function summary(engine: string, runs: readonly Timed[], check: CheckFindings | null): readonly Measured[] {
  if (runs.length === 0) return [];
  const measuredStages = STAGES.filter((stage) => runs[0]?.times[stage] !== undefined);
  const stages = Object.fromEntries(
    measuredStages.map((stage) => [stage, median(runs.map((run) => run.times[stage] ?? 0))]),
  );
  const totalOf = ({ times }: Timed): number =>
    measuredStages.reduce((sum, stage) => sum + (times[stage] ?? 0), 0);
  const peakMb = median(runs.map((run) => run.peakMb));
  return [{ engine, stages, totalMs: median(runs.map(totalOf)), peakMb, check }];
}

/** Null, with a note on stderr, when the engine dies (some do for want of memory). */
function child<T>(file: string, folder: string, runs: number, mode: 'check' | 'time'): T | null {
  const args = [join(HERE, 'child.mjs'), file, folder, String(runs), mode];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e8 });
  const answer = done.stdout.trim().split('\n').at(-1) ?? '';
  if (done.status === 0 && answer.startsWith('{')) return JSON.parse(answer) as T;
  console.error(`${file} (${mode}) failed: ${done.stderr.slice(-500)}`);
  return null;
}

function loadRatio(rows: readonly Measured[]): string {
  const ours = rows.find((row) => row.engine === 'nagare')?.stages.load;
  const json = rows.find((row) => row.engine === 'json')?.stages.load;
  return ours === undefined || json === undefined
    ? ''
    : `Bytes to columns is ${(json / ours).toFixed(1)} times as fast as JSON.parse alone.`;
}

function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, Node ${process.versions.node}, ${cpus().length} x ${cpu?.model.trim() ?? 'unknown CPU'}, ${memory} GiB.`;
}

function writeFigures(file: string, figures: string): void {
  const page = readFileSync(file, 'utf8');
  const start = page.indexOf(MARKS.start);
  const end = page.indexOf(MARKS.end);
  if (start < 0 || end < start) throw new Error(`${file} has no place for figures (${MARKS.start})`);
  const before = page.slice(0, start + MARKS.start.length);
  writeFileSync(file, `${before}\n\n${figures}\n\n${page.slice(end)}`);
}
