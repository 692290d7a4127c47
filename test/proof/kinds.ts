/** Units of every kind the crash matrix runs: what lies in the apps before, and what must lie there after. */
import type { Flow, Settings } from '../../src/definition/types';
import {
  type Observations,
  type RunHandle,
  type RunPorts,
  type RunRequest,
  type StateReason,
  startRun,
  undoRun,
} from '../../src/run';
import { requestOf, settingsOf, sumFlow, TARGET, TARGET_FIELDS, type World, world } from '../run/setup';

/** More than one commit takes (19 requests of 100 rows). */
const LONG = 1_950;
const SHORT = 6;
const SURPLUS = 30;
export const SECOND = '21';

export interface Kind {
  readonly name: string;
  /** Whether starting over is safe: the outputs find their own rows again. */
  readonly isKeyed: boolean;
  /** Rows that one complete run writes, all flows together. */
  readonly totalRows: number;
  /** Log record of the run that meets the crash point. */
  readonly journalId: string;
  make(): Promise<{ readonly there: World; readonly settings: Settings }>;
  /** What a press does. */
  begin(there: World, ports: RunPorts, request: RunRequest, observations: Observations): RunHandle;
  /** What the run that meets the crash point is and what its person does; absent: a press, and no more. */
  first?(there: World, ports: RunPorts, request: RunRequest, observations: Observations): RunHandle;
  /** What that run's page has to put up with. */
  troubled?(there: World, ports: RunPorts): RunPorts;
  /** How that run ends when nothing strikes it; absent: well, with all its rows. */
  readonly ends?: { readonly reason: StateReason; readonly rows: number };
  /** What is wrong once everything is written; `appends`: how many runs added row `index` of a keyless output. */
  problems(there: World, appends: (flowId: string, index: number) => number): readonly string[];
}

type Row = Readonly<Record<string, unknown>>;

export const target = (app: string, flow: Flow): Flow => ({
  ...flow,
  commands: flow.commands.map((command) =>
    command.id === 'out' ? { ...command, settings: { ...command.settings, app: { appId: app } } } : command,
  ),
});

export const withMode = (flow: Flow, mode: string): Flow => ({
  ...flow,
  commands: flow.commands.map((command) =>
    command.id === 'out' ? { ...command, settings: { ...command.settings, mode } } : command,
  ),
});

export const customers = (rows: number): readonly Row[] =>
  Array.from({ length: rows }, (_unused, index) => ({ key: `c${index}`, total: String(index + 1) }));
export const stale = (rows: readonly Row[]): readonly Row[] => rows.map((row) => ({ ...row, total: '0' }));
const surplus: readonly Row[] = Array.from({ length: SURPLUS }, (_unused, index) => ({
  key: `old${index}`,
  total: '7',
}));

const listed = (rows: readonly Row[]): string =>
  rows
    .map((row) => `${row['key']}=${row['total']}`)
    .sort()
    .join();

/** Rows that differ, few enough to read. */
export function differences(app: string, rows: readonly Row[], wanted: readonly Row[]): readonly string[] {
  if (listed(rows) === listed(wanted)) return [];
  const count = (all: readonly Row[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const row of all) counts.set(listed([row]), (counts.get(listed([row])) ?? 0) + 1);
    return counts;
  };
  const [is, should] = [count(rows), count(wanted)];
  return [...new Set([...is.keys(), ...should.keys()])]
    .filter((row) => is.get(row) !== should.get(row))
    .slice(0, 5)
    .map((row) => `app ${app}: ${row} is there ${is.get(row) ?? 0} times, not ${should.get(row) ?? 0}`);
}

/** Records whose revision shows more (or fewer) writes than their one planned write. */
export function revisionProblems(
  there: World,
  app: string,
  wanted: (key: string) => number,
): readonly string[] {
  return [...(there.kintone.apps.get(app)?.records.values() ?? [])]
    .filter((record) => Number(record['$revision']?.value) !== wanted(String(record['key']?.value)))
    .slice(0, 5)
    .map((record) => `app ${app}: ${record['key']?.value} has revision ${record['$revision']?.value}`);
}

export const press: Pick<Kind, 'journalId' | 'begin'> = {
  journalId: '1',
  begin: (_there, ports, request, observations) => startRun(ports, request, observations),
};

interface OneFlow {
  readonly mode: string;
  readonly before: readonly Row[];
  readonly after: readonly Row[];
  readonly totalRows: number;
  /** Revision of a record at the end, where the mode keeps its record. */
  readonly revision?: (key: string) => number;
}

/** One flow with one output, longer than a commit. */
const oneFlow = ({ mode, before, after, totalRows, revision }: OneFlow): Kind => ({
  ...press,
  name: mode,
  isKeyed: mode !== 'append',
  totalRows,
  async make() {
    const there = world(LONG);
    there.kintone.addApp(TARGET, TARGET_FIELDS, before as Record<string, unknown>[]);
    const flow = withMode(sumFlow('f1', mode === 'append' ? 'append' : 'upsert'), mode);
    return { there, settings: settingsOf([flow], LOOSE) };
  },
  problems(there, appends) {
    const wanted =
      mode === 'append'
        ? after.flatMap((row, index) => Array.from({ length: appends('f1', index) }, () => row))
        : after;
    return [
      ...differences(TARGET, there.kintone.rows(TARGET), wanted),
      ...(revision === undefined ? [] : revisionProblems(there, TARGET, revision)),
    ];
  },
});

/** Flows are commits of their own: more points to die at. Whole units as one commit are in the seeded stories. */
export const LOOSE = { confirm: 'never', rateLimitPerMinute: 60, atomicity: 'flow' } as const;

const all = customers(LONG);
const half = all.slice(0, LONG / 2);
const isInHalf = new Set(half.map((row) => row['key']));

const twoFlows: Kind = {
  ...press,
  name: 'two flows (upsert, append)',
  isKeyed: false,
  totalRows: 2 * SHORT,
  async make() {
    const there = world(SHORT);
    there.kintone.addApp(SECOND, TARGET_FIELDS);
    const flows = [sumFlow('f1'), target(SECOND, sumFlow('f2', 'append'))];
    return { there, settings: settingsOf(flows, LOOSE) };
  },
  problems(there, appends) {
    const added = customers(SHORT).flatMap((row, index) =>
      Array.from({ length: appends('f2', index) }, () => row),
    );
    return [
      ...differences(TARGET, there.kintone.rows(TARGET), customers(SHORT)),
      ...revisionProblems(there, TARGET, () => 1),
      ...differences(SECOND, there.kintone.rows(SECOND), added),
    ];
  },
};

/** Writes into the app that the flow before it wrote, so it is planned only after that commit. */
const doubled: Flow = {
  ...sumFlow('f2', 'update'),
  commands: [
    {
      id: 'in',
      type: 'inputApp',
      note: '',
      inputs: [],
      settings: { app: { appId: TARGET }, fields: ['key', 'total'], rename: [], condition: null },
    },
    {
      id: 'out',
      type: 'outputApp',
      note: '',
      inputs: ['in'],
      settings: {
        app: { appId: TARGET },
        mode: 'update',
        keys: ['key'],
        mapping: [
          { from: 'key', to: 'key' },
          { from: 'key', to: 'note' },
        ],
      },
    },
  ],
};

const deferredUpdate: Kind = {
  ...press,
  name: 'deferred flow (upsert, then update)',
  isKeyed: true,
  totalRows: 2 * SHORT,
  async make() {
    const there = world(SHORT);
    return { there, settings: settingsOf([sumFlow('f1'), doubled], LOOSE) };
  },
  problems(there) {
    const unnoted = there.kintone.rows(TARGET).filter((row) => row['note'] !== row['key']);
    return [
      ...differences(TARGET, there.kintone.rows(TARGET), customers(SHORT)),
      ...unnoted.map((row) => `app ${TARGET}: the second flow did not write ${row['key']}`),
      ...revisionProblems(there, TARGET, () => 2),
    ];
  },
};

/** The keyless first flow must not be added again for the sake of the second, which was still to be planned. */
const deferredAppend: Kind = {
  ...press,
  name: 'deferred flow (append, then append)',
  isKeyed: false,
  totalRows: 2 * SHORT,
  async make() {
    const there = world(SHORT);
    return { there, settings: settingsOf([sumFlow('f1', 'append'), sumFlow('f2', 'append')], LOOSE) };
  },
  problems(there, appends) {
    const rows = customers(SHORT).flatMap((row, index) =>
      Array.from({ length: appends('f1', index) + appends('f2', index) }, () => row),
    );
    return differences(TARGET, there.kintone.rows(TARGET), rows);
  },
};

/** Takes a finished run of another kind back; the records must be as they were before it. */
function undoOf(kind: Kind, before: readonly Row[], revision: number): Kind {
  return {
    name: `undo of ${kind.name}`,
    isKeyed: true,
    totalRows: LONG,
    journalId: '2',
    async make() {
      const made = await kind.make();
      const done = startRun(made.there.tab('t0'), requestOf(made.settings), new Map());
      const { state } = await made.there.clock.until(done.ended);
      if (state !== 'Success') throw new Error(`nothing to undo: ${state}`);
      return made;
    },
    begin(there, ports, request, observations) {
      const entry = there.kintone.entries.get('1');
      if (entry === undefined) throw new Error('no run to undo');
      const run = undoRun(ports, { ...request, undoOf: entry.runId }, entry, observations);
      run.confirm();
      return run;
    },
    problems: (there) => [
      ...differences(TARGET, there.kintone.rows(TARGET), before),
      ...revisionProblems(there, TARGET, () => revision),
    ],
  };
}

const update = oneFlow({
  mode: 'update',
  before: stale(all),
  after: all,
  totalRows: LONG,
  revision: () => 2,
});
const append = oneFlow({ mode: 'append', before: [], after: all, totalRows: LONG });

/** One line per kind; every crash point and recovery path is tried on each. */
export const KINDS: readonly Kind[] = [
  update,
  oneFlow({
    mode: 'upsert',
    before: stale(half),
    after: all,
    totalRows: LONG,
    revision: (key) => (isInHalf.has(key) ? 2 : 1),
  }),
  append,
  oneFlow({ mode: 'sync', before: [...stale(half), ...surplus], after: all, totalRows: LONG + SURPLUS }),
  oneFlow({ mode: 'delete', before: [...all, ...surplus], after: surplus, totalRows: LONG }),
  twoFlows,
  deferredUpdate,
  deferredAppend,
  undoOf(update, stale(all), 3),
  undoOf(append, [], 1),
];
