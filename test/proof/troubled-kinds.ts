/** Units whose first run is paused, kept out, stopped, disturbed by others, or is itself one that goes on. */
import type { ConflictPolicy } from '../../src/definition/types';
import { continueRun, type JournalEntry, type RunHandle, resumeRun, startRun } from '../../src/run';
import { cutOff } from '../run/cut-off';
import { requestOf, settingsOf, sumFlow, TARGET, TARGET_FIELDS, type World, world } from '../run/setup';
import {
  customers,
  differences,
  type Kind,
  LOOSE,
  press,
  revisionProblems,
  SECOND,
  stale,
  target,
  withMode,
} from './kinds';

/** Two flows of so many rows: two commits. */
const ROWS = 3;
const BEAT_AND_MORE_MS = 70_000;
/** Longer than a write is repeated before the run stands still. */
const OUTAGE_MS = 100_000;

const all = customers(ROWS);
const APPS = [TARGET, SECOND];

const hasRows = ({ requests }: { readonly requests: readonly unknown[] }): boolean => requests.length > 0;

async function made(conflict: ConflictPolicy = 'stop') {
  const there = world(ROWS);
  for (const app of APPS) there.kintone.addApp(app, TARGET_FIELDS, stale(all) as Record<string, unknown>[]);
  const flows = APPS.map((app, index) => target(app, withMode(sumFlow(`f${index}`), 'update')));
  return { there, settings: settingsOf(flows, { ...LOOSE, conflict }) };
}

const updating = (name: string): Kind => ({
  ...press,
  name,
  isKeyed: true,
  totalRows: 2 * ROWS,
  make: () => made(),
  problems: (there) =>
    APPS.flatMap((app) => [
      ...differences(app, there.kintone.rows(app), all),
      ...revisionProblems(there, app, () => 2),
    ]),
});

/** The person asks for a pause once something is written, waits, and then does `next`. */
function pausing(next: (run: RunHandle) => void): Pick<Kind, 'first'> {
  return {
    first(there, ports, request, observations) {
      const run = startRun(ports, request, observations);
      let step: 'start' | 'asked' | 'waiting' = 'start';
      run.subscribe(() => {
        const { progress, reason } = run.getSnapshot();
        if (step === 'start' && progress.rowsWritten >= ROWS) {
          step = 'asked';
          run.pause();
        } else if (step === 'asked' && reason === 'paused') {
          step = 'waiting';
          // Nobody presses anything on a page that is gone or stands still.
          void there
            .tab('t1')
            .clock.sleep(BEAT_AND_MORE_MS)
            .then(() => next(run));
        }
      });
      return run;
    },
  };
}

/** From its first commit on kintone is out of the page's reach for a while. */
function keptOut(cause: 'session' | 'offline', answer: 'arrives' | 'lost'): Pick<Kind, 'troubled'> {
  return {
    troubled(there, ports) {
      let untilMs: number | null = null;
      if (answer === 'lost') there.kintone.faults.push('lost after');
      there.kintone.afterCommit = (request) => {
        if (hasRows(request)) untilMs ??= there.clock.nowMs() + OUTAGE_MS;
      };
      return cutOff(ports, () => (untilMs !== null && there.clock.nowMs() < untilMs ? cause : null));
    },
  };
}

/** Notes of records grow by one letter per edit, so their revisions can be checked. */
function edit(there: World, app: string, id: string): void {
  const records = there.kintone.apps.get(app)?.records;
  const record = records?.get(id);
  if (records === undefined || record === undefined) return;
  const note = { value: `${record['note']?.value ?? ''}x` };
  const revision = { value: String(Number(record['$revision']?.value) + 1) };
  records.set(id, { ...record, note, $revision: revision });
}

/** What others change just before the first, second ... try of a commit. */
type Edits = readonly (readonly (readonly [app: string, id: string])[])[];

/** Records of both commits before the first, and one of them once more before the next try. */
const AT_ONCE: Edits = [
  [
    [TARGET, '2'],
    [SECOND, '3'],
  ],
  [[TARGET, '2']],
];
const HALF_WAY: Edits = [[], [[SECOND, '3']]];

function conflicting(name: string, policy: ConflictPolicy, edits: Edits): Kind {
  const written = edits === HALF_WAY ? ROWS : 0;
  return {
    ...updating(`conflict ${name}: ${policy}`),
    ...(policy === 'stop' ? { ends: { reason: 'failed', rows: written } as const } : {}),
    async make() {
      const { there, settings } = await made(policy);
      let tries = 0;
      there.kintone.beforeCommit = (request) => {
        if (!hasRows(request)) return undefined;
        for (const [app, id] of edits[tries] ?? []) edit(there, app, id);
        tries += 1;
        return undefined;
      };
      return { there, settings };
    },
    problems: (there) => conflictProblems(there, policy),
  };
}

/** Every row right and written once, but those that the unit leaves to whoever changed them; as many as the log says. */
function conflictProblems(there: World, policy: ConflictPolicy): readonly string[] {
  const found: string[] = [];
  let right = 0;
  for (const record of APPS.flatMap((app) => [...(there.kintone.apps.get(app)?.records.values() ?? [])])) {
    const id = String(record['$id']?.value);
    const edits = String(record['note']?.value ?? '').length;
    const isWritten = record['total']?.value === id;
    if (isWritten) right += 1;
    else if (policy !== 'skip' || edits === 0) found.push(`record ${id} is ${record['total']?.value}`);
    const revision = 1 + edits + (isWritten ? 1 : 0);
    if (Number(record['$revision']?.value) !== revision)
      found.push(`record ${id} has revision ${record['$revision']?.value}, not ${revision}`);
  }
  const logged = [...there.kintone.entries.values()].reduce((sum, entry) => sum + entry.counts.updated, 0);
  if (logged !== right) found.push(`the log counts ${logged} rows, ${right} are right`);
  return found;
}

const entryIn = (there: World): JournalEntry => {
  const entry = there.kintone.entries.get('1');
  if (entry === undefined) throw new Error('no run record');
  return entry;
};

/** An earlier run that got as far as its first commit: then its page vanished, or somebody stopped it. */
async function begun(how: 'page gone' | 'stopped') {
  const { there, settings } = await made();
  const run = startRun(there.tab('t0'), requestOf(settings), new Map());
  const isWritten = new Promise<void>((resolve) => {
    there.kintone.afterCommit = (request) => {
      if (!hasRows(request)) return;
      if (how === 'stopped') run.cancel();
      else there.close('t0');
      resolve();
    };
  });
  await there.clock.until(isWritten);
  if (how === 'stopped') await there.clock.until(run.ended);
  there.kintone.afterCommit = () => undefined;
  return { there, settings };
}

/** One line per trouble. */
export const TROUBLED_KINDS: readonly Kind[] = [
  { ...updating('paused by the person'), ...pausing((run) => run.proceed()) },
  {
    ...updating('paused, then stopped'),
    ...pausing((run) => run.cancel()),
    ends: { reason: 'cancelled', rows: ROWS },
  },
  { ...updating('session lost'), ...keptOut('session', 'arrives') },
  { ...updating('offline'), ...keptOut('offline', 'arrives') },
  { ...updating('offline, the first answer lost'), ...keptOut('offline', 'lost') },
  ...(['stop', 'skip', 'replan', 'overwrite'] as const).flatMap((policy) => [
    conflicting('at once', policy, AT_ONCE),
    conflicting('half-way', policy, HALF_WAY),
  ]),
  {
    ...updating('going on with a run whose page is gone'),
    make: () => begun('page gone'),
    first: (there, ports, request, observations) => resumeRun(ports, request, entryIn(there), observations),
  },
  {
    ...updating('going on with a stopped run'),
    journalId: '2',
    make: () => begun('stopped'),
    first: (there, ports, request, observations) => continueRun(ports, request, entryIn(there), observations),
  },
];
