/** The execution units of every story. */
import type { Concurrency, ConflictPolicy, Flow, Settings } from '../../src/definition/types';
import { settingsOf, sumFlow, UNIT, unitOf } from '../run/setup';

export const ROWS = 5;

export interface StoryUnit {
  readonly id: string;
  readonly flows: readonly Flow[];
  readonly concurrency: Concurrency;
  readonly conflict: ConflictPolicy;
  /** Apps that must hold exactly the sums in the end. */
  readonly keyedApps: readonly string[];
  /** App whose rows nothing but the journal keeps from being added twice, and the flow that writes it. */
  readonly keyless: { readonly app: string; readonly flowId: string } | null;
}

const into = (id: string, app: string, mode: 'update' | 'upsert' | 'append', to = 'total'): Flow =>
  sumFlow(id, mode, {
    app: { appId: app },
    mapping: [
      { from: 'customer', to: 'key' },
      { from: 'total', to },
    ],
  });

/** One flow per app: four commits a run, few rows, so that a story takes milliseconds. */
const chain: StoryUnit = {
  id: UNIT,
  concurrency: 'reject',
  conflict: 'replan',
  flows: [
    into('f1', '21', 'upsert'),
    into('f2', '22', 'upsert'),
    into('f3', '23', 'upsert'),
    into('f4', '24', 'append'),
  ],
  keyedApps: ['21', '22', '23'],
  keyless: { app: '24', flowId: 'f4' },
};

/** Two flows into one app: the second is planned only after the first is written. Starting over is safe. */
const twice: StoryUnit = {
  id: 'bbbbbbbbbbbbbb',
  concurrency: 'reject',
  conflict: 'stop',
  flows: [into('g1', '25', 'upsert'), into('g2', '25', 'update', 'note')],
  keyedApps: ['25'],
  keyless: null,
};

/** Starts wait for their turn; rows without key show a turn that was taken twice. */
const line: StoryUnit = {
  id: 'cccccccccccccc',
  concurrency: 'queue',
  conflict: 'skip',
  flows: [into('h1', '26', 'upsert'), into('h2', '27', 'append')],
  keyedApps: ['26'],
  keyless: { app: '27', flowId: 'h2' },
};

/** A second start shows the first. */
const shared: StoryUnit = {
  id: 'dddddddddddddd',
  concurrency: 'join',
  conflict: 'overwrite',
  flows: [into('j1', '28', 'upsert'), into('j2', '29', 'upsert')],
  keyedApps: ['28', '29'],
  keyless: null,
};

/** One line per unit; the checker and the stories take whatever is here. */
export const UNITS: readonly StoryUnit[] = [chain, twice, line, shared];

export const APPS: readonly string[] = [
  ...new Set(
    UNITS.flatMap((unit) => [...unit.keyedApps, ...(unit.keyless === null ? [] : [unit.keyless.app])]),
  ),
];

export function storySettings(rateLimitPerMinute: number): Settings {
  const settings = settingsOf(UNITS.flatMap((unit) => unit.flows));
  return {
    ...settings,
    units: UNITS.map((unit) =>
      unitOf(
        unit.flows.map((flow) => flow.id),
        {
          id: unit.id,
          confirm: 'never',
          concurrency: unit.concurrency,
          // Both ways of committing are told, each by half of the stories.
          atomicity: rateLimitPerMinute < 10 ? 'unit' : 'flow',
          conflict: unit.conflict,
          rateLimitPerMinute,
        },
      ),
    ),
  };
}
