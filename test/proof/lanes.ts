/**
 * What proofs with processes have in common: a local kintone and units that write side by side, each into apps of its
 * own. All outputs are keyless: nothing but the journal keeps their rows from being added twice.
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutionUnit, Flow, Settings } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import { logApp as logAppTexts } from '../../src/ui/dictionaries/ja/log-app';
import type { Kintone } from '../kintone/server/kintone';
import { type RunningServer, startServer } from '../kintone/server/server';
import { SOURCE, settingsOf, sumFlow, unitOf } from '../run/setup';
import { adminClient, rowsIn } from './http-kintone';

/** Rows that each flow adds; every flow is a commit of its own, so that there is a middle to be killed in. */
export const ROWS = 20;
/** The highest limit that settings may have: runs follow each other far faster than people press. */
export const MOST_STARTS = 60;
export const CALLING = '1';
const FIRST_APP = 100;
/** How long the answer of kintone takes while a proof goes on. */
export const LATENCY_MS = 10;

export interface Lane {
  readonly unitId: string;
  /** One for each flow of the unit. */
  readonly apps: readonly string[];
  readonly change: Partial<ExecutionUnit>;
}

/** Lanes with so many flows each; `names` become ids of units. */
export function lanesOf(
  plans: readonly {
    readonly name: string;
    readonly flows: number;
    readonly change: Partial<ExecutionUnit>;
  }[],
): readonly Lane[] {
  let next = FIRST_APP;
  return plans.map(({ name, flows, change }) => {
    const apps = Array.from({ length: flows }, (_unused, index) => String(next + index));
    next += flows;
    return { unitId: name.padEnd(14, 'x'), apps, change };
  });
}

/** Every process of a proof logs in as somebody else, so that the history can tell them apart. */
export const processUser = (index: number): string => `p${index}`;

/**
 * Users are `admin` and so many of `processUser`; their passwords are their names with `-pw`.
 * `sleep`: what a delayed request waits for, in place of latency.
 */
export async function startProofKintone(
  lanes: readonly Lane[],
  users: number,
  sleep?: () => Promise<void>,
): Promise<{ readonly kintone: RunningServer; readonly logAppId: string }> {
  const kintone = await startServer({ latencyMs: 0, ...(sleep === undefined ? {} : { sleep }) });
  const text = { type: 'SINGLE_LINE_TEXT' as const };
  const number = { type: 'NUMBER' as const };
  const userOf = (code: string) => ({ code, name: code, password: `${code}-pw`, language: 'ja' });
  kintone.kintone.load({
    users: [
      { ...userOf('admin'), isAdmin: true },
      ...Array.from({ length: users }, (_unused, index) => userOf(processUser(index))),
    ],
    apps: [
      { id: CALLING, name: 'closing', creator: 'admin', fields: { memo: text }, records: [{ memo: 'a' }] },
      {
        id: SOURCE,
        name: 'orders',
        creator: 'admin',
        fields: { customer: text, amount: number },
        records: Array.from({ length: ROWS }, (_unused, index) => ({ customer: `c${index}`, amount: '1' })),
      },
      ...lanes
        .flatMap(({ apps }) => apps)
        .map((id) => ({ id, name: `totals ${id}`, creator: 'admin', fields: { key: text, total: number } })),
    ],
  });
  const tools = { ...logAppTexts, sleep: () => Promise.resolve() };
  const { appId } = await createLogApp(adminClient(kintone.url), tools, () => undefined);
  if (sleep === undefined) kintone.kintone.latencyMs = LATENCY_MS;
  return { kintone, logAppId: appId };
}

export function proofSettings(lanes: readonly Lane[], logAppId: string): Settings {
  return {
    ...settingsOf(lanes.flatMap(({ apps }) => apps.map(flowInto))),
    logApp: { appId: logAppId },
    units: lanes.map(({ unitId, apps, change }) =>
      unitOf(apps.map(flowId), {
        id: unitId,
        name: unitId,
        confirm: 'never',
        atomicity: 'flow',
        rateLimitPerMinute: MOST_STARTS,
        ...change,
      }),
    ),
  };
}

const flowId = (app: string): string => `f${app}`;

const flowInto = (app: string): Flow => sumFlow(flowId(app), 'append', { app: { appId: app } });

/** Rows too many and too few of a lane whose runs have ended well so often. */
export function rowErrors(
  kintone: Kintone,
  { apps }: Lane,
  runs: number,
): { readonly doubled: number; readonly lost: number } {
  let doubled = 0;
  let lost = 0;
  for (const app of apps) {
    const counts = new Map<string, number>();
    for (const { key } of rowsIn(kintone, app)) counts.set(String(key), (counts.get(String(key)) ?? 0) + 1);
    for (let index = 0; index < ROWS; index += 1) {
      const found = counts.get(`c${index}`) ?? 0;
      doubled += Math.max(0, found - runs);
      lost += Math.max(0, runs - found);
    }
  }
  return { doubled, lost };
}

/** A copy of the built command line, so that a build meanwhile does not take it away. */
export function copyOfProgram(folder: string): string {
  const copy = join(folder, 'nagare.mjs');
  copyFileSync('dist/node/nagare.mjs', copy);
  return copy;
}
