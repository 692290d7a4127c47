/**
 * Compares the engine with data frame libraries on the same bytes.
 * npm run bench -- [--full | --sizes 10000] [--only nagare,json] [--write docs/performance.md]
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
import { compareReading } from './reading';
import { type CheckFindings, faultOf, type Measured, median, number, STAGES, timesTable } from './report';
import { countRequests, type RequestCounts, requestsTable } from './requests';

const HERE = 'test/bench';
/** What the written page keeps between these lines is replaced; the words around them stay. */
const MARKS = { start: '<!-- figures -->', end: '<!-- /figures -->' };
const ALL_ENGINES = 'nagare,json,polars,duckdb,arquero,lodash';

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    sizes: { type: 'string' },
    only: { type: 'string', default: ALL_ENGINES },
    write: { type: 'string' },
  },
});
const sizes = values.sizes?.split(',').map(Number) ?? [10_000, 100_000, ...(values.full ? [1_000_000] : [])];
const engines = values.only.split(',');

installRivals();
await buildEngine();
const parts: string[] = [machine()];
const compared: Compared[] = [];
for (const size of sizes) {
  const one = await compare(size);
  compared.push(one);
  // Each size as soon as it is there: all together take a while.
  console.error(one.text);
}
parts.push(...compared.map((one) => one.text), perRow(compared));
parts.push(requestsTable(compared.map((one) => one.requests)));
if (values.only === ALL_ENGINES) parts.push(await compareReading());
const text = parts.join('\n\n');
console.log(text);
if (values.write !== undefined) writeFigures(values.write, text);

/**
 * The other engines are no dependencies of the project: they are large, and only this needs them. Installed
 * anew when the versions that are there are not the ones that are asked for.
 */
function installRivals(): void {
  const { dependencies } = packageAt(HERE) as { readonly dependencies: Readonly<Record<string, string>> };
  const isInstalled = Object.entries(dependencies).every(([name, version]) => {
    const folder = join(HERE, 'node_modules', name);
    return existsSync(folder) && packageAt(folder).version === version;
  });
  if (isInstalled) return;
  const done = spawnSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'inherit' });
  if (done.status !== 0) throw new Error('the engines to compare with could not be installed');
}

function packageAt(folder: string): { readonly version?: string } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version?: string };
}

interface Compared {
  readonly size: number;
  readonly text: string;
  readonly oursMs: number;
  readonly requests: RequestCounts;
}

async function compare(size: number): Promise<Compared> {
  const folder = mkdtempSync(join(tmpdir(), 'nagare-bench-'));
  try {
    writeData(folder, size);
    const expected = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as Expected;
    const rows = measured(folder, size);
    const changes = expected.adds + expected.updates;
    const heading = `### ${size.toLocaleString('en-US')} records`;
    const about = `${changes.toLocaleString('en-US')} records truly change. Milliseconds, medians of ${runsFor(size)} runs.`;
    const notes = [loadRatio(rows), ...failedEngines(rows)].filter((note) => note !== '');
    return {
      size,
      text: [heading, about, timesTable(rows, changes), ...notes].join('\n\n'),
      oursMs: rows.find((row) => row.engine === 'nagare')?.totalMs ?? Number.NaN,
      requests: await countRequests(size, expected),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The smaller, the more other work on the machine shows. */
function runsFor(size: number): number {
  return size >= 100_000 ? 5 : 11;
}

function failedEngines(rows: readonly Measured[]): readonly string[] {
  const failed = engines.filter((engine) => !rows.some((row) => row.engine === engine));
  return failed.length === 0 ? [] : [`Did not run: ${failed.join(', ')}.`];
}

function perRow(all: readonly Compared[]): string {
  const first = all[0]?.oursMs ?? Number.NaN;
  const usPerRow = all.map(({ size, oursMs }) => {
    const ratio = oursMs / size / (first / (all[0]?.size ?? Number.NaN));
    return `| ${number(size)} | ${((1000 * oursMs) / size).toFixed(2)} | ${ratio.toFixed(2)} |`;
  });
  const head = ['| records | microseconds per row | to the smallest |', '| --: | --: | --: |'];
  return ['### Time per row, all stages', [...head, ...usPerRow].join('\n')].join('\n\n');
}

function fileOf(engine: string): string {
  return engine === 'nagare' ? ENGINE_FILE : join(HERE, 'engines', `${engine}.mjs`);
}

interface Timed {
  readonly times: Readonly<Partial<Record<string, number>>>;
  readonly processorMs: number;
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
  const totals = runs.map(totalOf);
  const totalSpreadMs = [Math.min(...totals), Math.max(...totals)] as const;
  const processorMs = median(runs.map((run) => run.processorMs));
  return [{ engine, stages, totalMs: median(totals), totalSpreadMs, processorMs, peakMb, check }];
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
