/** Tries every crash point x every kind of unit x every recovery path, against an oracle. */
import { afterAll, describe, expect, it } from 'vitest';
import type { Settings } from '../../src/definition/types';
import type { RunHandle, RunPorts } from '../../src/run';
import { requestOf, type World } from '../run/setup';
import { type CrashPoint, crashing, pointName, slowForms } from './crash-points';
import { historyProblems } from './history';
import type { Kind } from './kinds';
import { PATHS, type RecoveryPath } from './paths';

const totals = {
  points: new Set<string>(),
  kinds: new Set<string>(),
  paths: new Set<string>(),
  cases: 0,
  violations: 0,
};

/** Commits after the second and before the last are like the second. */
function isWorthTrying(point: CrashPoint, all: readonly CrashPoint[]): boolean {
  const last = Math.max(...all.filter(({ call }) => call === point.call).map(({ nth }) => nth));
  return point.nth <= 2 || point.nth === last;
}

/** The crash points of a kind are those that an undisturbed run passes. */
async function pointsOf(kind: Kind): Promise<readonly CrashPoint[]> {
  const { there, settings } = await kind.make();
  const points: CrashPoint[] = [];
  const ports = crashing(
    portsOf(kind, there),
    (point) => {
      points.push(point);
      return 'pass';
    },
    () => undefined,
  );
  const end = await there.clock.until(first(kind, there, ports, settings).ended);
  expect(end.reason).toBe(kind.ends?.reason ?? 'done');
  expect(historyProblems(there.kintone)).toEqual([]);
  if (end.state === 'Success') expect(kind.problems(there, appendsIn(there))).toEqual([]);
  expect(there.kintone.entries.get(kind.journalId)?.cursor).toBe(kind.ends?.rows ?? kind.totalRows);
  return points.filter((point) => isWorthTrying(point, points));
}

const portsOf = (kind: Kind, there: World): RunPorts => {
  const ports = there.tab('t1');
  return slowForms(kind.troubled?.(there, ports) ?? ports);
};

/** The run that meets the crash point. */
const first = (kind: Kind, there: World, ports: RunPorts, settings: Settings): RunHandle =>
  (kind.first ?? kind.begin)(there, ports, requestOf(settings), new Map());

/** How many runs added a row of a keyless flow, by what the log says. */
const appendsIn =
  (there: World) =>
  (flowId: string, index: number): number =>
    [...there.kintone.entries.values()].filter((entry) =>
      entry.flows.some((flow) => flow.flowId === flowId && index < flow.counts.added),
    ).length;

async function violationsOf(kind: Kind, point: CrashPoint, path: RecoveryPath): Promise<readonly string[]> {
  const { there, settings } = await kind.make();
  let strike: () => void = () => undefined;
  const struck = new Promise<void>((resolve) => {
    strike = () => {
      if (path.isFrozen) there.freeze('t1');
      else there.close('t1');
      resolve();
    };
  });
  let isStruck = false;
  const ports = crashing(
    portsOf(kind, there),
    (passed) => {
      if (isStruck || pointName(passed) !== pointName(point)) return 'pass';
      isStruck = true;
      return 'strike';
    },
    () => strike(),
  );
  const run = first(kind, there, ports, settings);
  await there.clock.until(struck);
  const left = there.kintone.entries.get(kind.journalId);
  const end = await path.recover(there, settings, kind);
  if (path.isFrozen) {
    there.thaw('t1');
    await there.clock.until(run.ended);
  }
  const found = [...historyProblems(there.kintone)];
  if (end === null) {
    if (there.kintone.entries.get(kind.journalId)?.revision !== left?.revision)
      found.push('somebody wrote after all');
    return found;
  }
  if (end.state !== 'Success') found.push(`the last run ended as ${end.reason} ${end.failure?.code}`);
  const entry = there.kintone.entries.get(kind.journalId);
  const isOpen = left !== undefined && left.endedAtMs === null;
  const wasPartly = isOpen && left.cursor > 0 && left.cursor < kind.totalRows;
  const canEndWell = kind.ends === undefined;
  if (wasPartly && canEndWell && path.name.startsWith('resume') && entry?.state !== 'Success') {
    found.push(`a run with ${left.cursor} of ${kind.totalRows} rows was not offered to be gone on with`);
  }
  if (left?.cursor === kind.totalRows && entry?.state !== 'Success') {
    found.push(`U3: a run that had written everything became ${entry?.state} ${entry?.reason}`);
  }
  const open = [...there.kintone.entries.values()].filter((one) => one.endedAtMs === null);
  found.push(...open.map((one) => `run ${one.journalId} was left open`));
  found.push(...kind.problems(there, appendsIn(there)));
  return found;
}

export function crashMatrix(name: string, kinds: readonly Kind[]): void {
  describe.each(kinds.map((kind) => ({ name: kind.name, kind })))('$name', ({ kind }) => {
    const paths = PATHS.filter((path) => kind.isKeyed || !path.isForKeyedOnly);
    it.each(paths.map((path) => ({ name: path.name, path })))('$name', async ({ path }) => {
      const points = await pointsOf(kind);
      expect(points.length).toBeGreaterThanOrEqual(8);
      const wrong: string[] = [];
      for (const point of points) {
        totals.cases += 1;
        totals.points.add(pointName(point));
        totals.kinds.add(kind.name);
        totals.paths.add(path.name);
        const found = await violationsOf(kind, point, path);
        wrong.push(...found.map((text) => `${pointName(point)}: ${text}`));
      }
      totals.violations += wrong.length;
      expect(wrong).toEqual([]);
    });
  });

  afterAll(() => {
    const { points, kinds, paths, cases, violations } = totals;
    console.log(
      `${name}: ${points.size} points x ${kinds.size} kinds x ${paths.size} paths = ${cases} cases that can happen, ${violations} violations`,
    );
  });
}
