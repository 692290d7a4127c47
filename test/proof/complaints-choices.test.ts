/** U4: after a failure, a cancel and an interruption there are three ways on, and each uses what its words say. */
import { describe, expect, it, vi } from 'vitest';
import type { Flow, Settings } from '../../src/definition/types';
import {
  continueRun,
  type JournalEntry,
  type RunHandle,
  resumeRun,
  runFromFailed,
  startRun,
} from '../../src/run';
import {
  requestOf,
  SOURCE,
  settingsOf,
  sumFlow,
  TARGET,
  TARGET_FIELDS,
  type World,
  world,
} from '../run/setup';
import { historyProblems } from './history';
import { SECOND, target } from './kinds';

vi.mock('../../src/run/plan-codec', () => import('../run/plain-codec'));

const settingsWith = (second: Flow): Settings =>
  settingsOf([sumFlow('f1', 'append'), target(SECOND, second)], {
    confirm: 'never',
    atomicity: 'flow',
    rateLimitPerMinute: 60,
  });

/** The second flow writes the customer into `key`, later into `note` as well. */
const THEN = settingsWith(sumFlow('f2', 'append'));
const NOW = settingsWith(withNote(sumFlow('f2', 'append')));

function withNote(flow: Flow): Flow {
  const noted = [
    { from: 'customer', to: 'key' },
    { from: 'customer', to: 'note' },
    { from: 'total', to: 'total' },
  ];
  const commands = flow.commands.map((command) =>
    command.id === 'out' ? { ...command, settings: { ...command.settings, mapping: noted } } : command,
  );
  return { ...flow, commands };
}

const entryOf = (there: World): JournalEntry => {
  const entry = there.kintone.entries.get('1');
  if (entry === undefined) throw new Error('no run');
  return entry;
};

/** Brings a first run to this end, with its first flow written and nothing of the second. */
type Reach = (there: World, run: RunHandle) => Promise<unknown>;

const afterFirstCommit = (there: World, then: () => void): Promise<void> =>
  new Promise((resolve) => {
    there.kintone.afterCommit = ({ requests }) => {
      if (requests.length === 0) return;
      then();
      resolve();
    };
  });

const ENDINGS: readonly (readonly [string, string, Reach])[] = [
  [
    'a failure',
    'failed',
    async (there, run) => {
      const app = there.kintone.apps.get(SECOND);
      if (app === undefined) throw new Error('no app');
      app.isWritable = false;
      await run.ended;
      app.isWritable = true;
    },
  ],
  [
    'a cancel',
    'cancelled',
    async (there, run) => {
      await afterFirstCommit(there, () => run.cancel());
      await run.ended;
    },
  ],
  ['an interruption', 'writing', (there) => afterFirstCommit(there, () => there.close('t1'))],
];

/** What the app holds: customer, total and note. */
const written = (there: World, app: string): readonly string[] =>
  there.kintone.rows(app).map((row) => [row['key'], row['total'], row['note'] ?? '-'].join(' '));

/** Data and settings are other ones by the time somebody decides how to go on. */
async function ended(reason: string, reach: Reach): Promise<World> {
  const there = world(1);
  there.kintone.addApp(SECOND, TARGET_FIELDS);
  const run = startRun(there.tab('t1'), requestOf(THEN), new Map());
  await there.clock.until(reach(there, run));
  there.kintone.afterCommit = () => undefined;
  expect(entryOf(there).reason).toBe(reason);
  expect([written(there, TARGET), written(there, SECOND)]).toEqual([['c0 1 -'], []]);
  const fields = there.kintone.apps.get(SOURCE)?.fields ?? {};
  there.kintone.addApp(SOURCE, fields, [{ customer: 'later', amount: '7' }]);
  return there;
}

interface Way {
  readonly name: string;
  press(there: World, entry: JournalEntry): RunHandle;
  /** In the output apps of the two flows afterwards. */
  readonly first: readonly string[];
  readonly second: readonly string[];
}

const isOpen = (entry: JournalEntry): boolean => entry.endedAtMs === null;

const WAYS: readonly Way[] = [
  {
    name: '続きから: the rest, with the settings and data that were confirmed',
    press: (there, entry) =>
      (isOpen(entry) ? resumeRun : continueRun)(there.tab('t2'), requestOf(NOW), entry, new Map()),
    first: ['c0 1 -'],
    second: ['c0 1 -'],
  },
  {
    name: '失敗したフローから: without the finished flow, with the settings and data of now',
    press: (there, entry) => runFromFailed(there.tab('t2'), requestOf(NOW), entry, new Map()),
    first: ['c0 1 -'],
    second: ['later 7 later'],
  },
  {
    name: '最初から: everything, with the settings and data of now; what was written stays',
    press: (there, entry) =>
      startRun(
        there.tab('t2'),
        requestOf(NOW, { giveUp: isOpen(entry) ? entry.journalId : null }),
        new Map(),
      ),
    first: ['c0 1 -', 'later 7 -'],
    second: ['later 7 later'],
  },
];

describe.each(ENDINGS)('U4: after %s', (_name, reason, reach) => {
  it.each(WAYS)('$name', async ({ press, first, second }) => {
    const there = await ended(reason, reach);
    const end = await there.clock.until(press(there, entryOf(there)).ended);
    expect(end).toMatchObject({ state: 'Success', reason: 'done', failure: null });
    expect(written(there, TARGET)).toEqual(first);
    expect(written(there, SECOND)).toEqual(second);
    expect(historyProblems(there.kintone)).toEqual([]);
  });
});
