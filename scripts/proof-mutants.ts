/**
 * R7: applies every mutant to a copy of the source and runs the fast safety suites on it; each must fail.
 * npm run proof:mutants [-- --only TEXT]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { MUTANTS, type Mutant } from './proof/mutants';

const { values } = parseArgs({ options: { only: { type: 'string' } } });

/** Few seeds: a mutant that only one story in a hundred notices is not well guarded. */
const SEEDS = '60';
/** In stages: what notices most in the least time comes first. */
const SUITES: Readonly<Record<Mutant['suite'], readonly (readonly string[])[]>> = {
  engine: [
    ['test/run/'],
    [
      'test/proof/crash-matrix',
      'test/proof/complaints',
      'test/proof/busy-kintone.test.ts',
      'test/simulation/',
    ],
  ],
  http: [['test/proof/journal-over-http.test.ts', 'test/adapters/run-over-http.test.ts']],
};
const COPIED = [
  'src',
  'test',
  'scripts',
  'docs',
  'vite.config.ts',
  'manifest.json',
  'package.json',
  'tsconfig.json',
];
/** A mutant that makes a run wait for ever counts as noticed: after four times what the stage takes without one. */
const TIMES_AS_LONG = 4;
const LEAST_TIME_LIMIT_MS = 60_000;
/** For the suites without any mutant: nobody knows yet how long they take on this machine. */
const FIRST_TIME_LIMIT_MS = 1_800_000;
const NO_END = 'did not come to an end';

const root = mkdtempSync(join(tmpdir(), 'nagare-mutants-'));
try {
  process.exitCode = await main();
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function main(): Promise<number> {
  for (const name of COPIED) cpSync(name, join(root, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  const stages: Record<Mutant['suite'], Stage[]> = { engine: [], http: [] };
  for (const suite of ['engine', 'http'] as const) {
    for (const files of SUITES[suite]) {
      const startedAtMs = performance.now();
      const output = await failureOf({ files, limitMs: FIRST_TIME_LIMIT_MS });
      if (output !== null) {
        console.error(`The ${suite} suite fails without any mutant:\n${output}`);
        return 1;
      }
      const tookMs = performance.now() - startedAtMs;
      stages[suite].push({ files, limitMs: Math.max(LEAST_TIME_LIMIT_MS, tookMs * TIMES_AS_LONG) });
      console.log(`${files.join(' ')} without any mutant: passed in ${Math.round(tookMs / 1000)} s`);
    }
  }
  const chosen = MUTANTS.filter(({ name }) => values.only === undefined || name.includes(values.only));
  let killed = 0;
  let withoutEnd = 0;
  for (const mutant of chosen) {
    const verdict = await tryMutant(mutant, stages[mutant.suite]);
    if (verdict.isKilled) killed += 1;
    if (verdict.text === NO_END) withoutEnd += 1;
    console.log(`${verdict.isKilled ? 'killed  ' : 'SURVIVED'} ${mutant.name} (${verdict.text})`);
  }
  console.log(`mutants: ${killed}/${chosen.length} killed (${withoutEnd} by a suite that came to no end)`);
  return killed === chosen.length ? 0 : 1;
}

async function tryMutant(
  mutant: Mutant,
  stages: readonly Stage[],
): Promise<{ readonly isKilled: boolean; readonly text: string }> {
  const path = join(root, mutant.file);
  const source = readFileSync(path, 'utf8');
  const parts = source.split(mutant.find);
  if (parts.length !== 2) return { isKilled: false, text: `does not apply: found ${parts.length - 1} times` };
  writeFileSync(path, parts.join(mutant.replace));
  try {
    for (const stage of stages) {
      const output = await failureOf(stage);
      if (output !== null) return { isKilled: true, text: firstFailure(output) };
    }
    return { isKilled: false, text: 'every test passed' };
  } finally {
    writeFileSync(path, source);
  }
}

interface Stage {
  readonly files: readonly string[];
  readonly limitMs: number;
}

/** Output of the tests when one fails, else null. */
function failureOf({ files, limitMs }: Stage): Promise<string | null> {
  const args = [
    resolve('node_modules/vitest/vitest.mjs'),
    'run',
    '--project',
    'unit',
    '--bail',
    '1',
    ...files,
    '--exclude',
    'test/run/connector/**',
  ];
  return new Promise((done) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NAGARE_SEEDS: SEEDS, NO_COLOR: '1' },
      // A group of its own: workers that a mutant keeps busy for ever outlive their parent.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
    const timer = setTimeout(() => killGroup(child), limitMs);
    child.on('exit', () => killGroup(child));
    child.on('close', (code) => {
      clearTimeout(timer);
      done(code === 0 ? null : output.join(''));
    });
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}

/** The test that noticed it, for people to see that it is the one they expect. */
function firstFailure(output: string): string {
  const found = /FAIL\s+(.+)/.exec(output) ?? /^\s*×\s+(.+)/m.exec(output);
  return found?.[1]?.slice(0, 140) ?? NO_END;
}
