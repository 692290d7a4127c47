import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { importsOf } from './imports';

/** One broken rule, as `rule: from -> to`, and how much was looked at. */
export interface FloorReport {
  readonly violations: readonly string[];
  readonly modules: number;
}

/**
 * Judges sources by path (`src/...ts`) with the rules of .dependency-cruiser.cjs.
 *
 * dependency-cruiser reads TypeScript through a compiler that TypeScript 7 no longer offers, and would not
 * see imports of types either. So it gets a mirror in which every file is only its imports.
 */
export async function checkFloors(sources: ReadonlyMap<string, string>): Promise<FloorReport> {
  // Inside the project, so that packages resolve as they do from src/.
  mkdirSync('dist', { recursive: true });
  const mirror = mkdtempSync(join(process.cwd(), 'dist', 'floors-'));
  try {
    for (const [path, source] of sources) {
      const target = join(mirror, path.replace(/\.tsx?$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, importsOf(path, source).map(statement).join(''));
    }
    const { options, ...ruleSet } = createRequire(import.meta.url)(resolve('.dependency-cruiser.cjs'));
    const cruiseOptions: ICruiseOptions = { ...options, baseDir: mirror, ruleSet, validate: true };
    const { output } = await cruise(['src'], cruiseOptions);
    const { summary } = output as ICruiseResult;
    return {
      violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
      modules: summary.totalCruised,
    };
  } finally {
    rmSync(mirror, { recursive: true, force: true });
  }
}

const statement = (name: string): string => `import ${JSON.stringify(name)};\n`;
