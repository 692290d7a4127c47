/** Browser side of the log's tests: the real panel over runs that exist only here. */

import { createRoot, type Root } from 'react-dom/client';
import { type Failure, FailureError, failure } from '../../../src/definition/errors';
import { openLogDrawer } from '../../../src/log/drawer';
import { LogPanel } from '../../../src/log/LogPanel';
import type { LogQuery, LogSource, RunAfter } from '../../../src/log/source';
import { standingOf } from '../../../src/run/lease';
import type { JournalEntry } from '../../../src/run/ports';
import type { Language } from '../../../src/ui/i18n';
import { entries, NOW_MS } from './entries';

const followed: string[] = [];
const queries: LogQuery[] = [];
const stops: string[] = [];
/** Own copy: a request for a stop changes an entry. */
const runs = [...entries];
/** The second run that goes on: its page is gone. */
const DEAD_ID = '988';
let answer: 'runs' | 'nothing' | 'never' | 'forbidden' | 'missing' | 'broken' = 'runs';

function matches(entry: JournalEntry, query: LogQuery): boolean {
  return (
    (query.states.length === 0 || query.states.includes(entry.state)) &&
    (query.unitId === '' || query.unitId === entry.unitId) &&
    (query.fromMs === null || entry.startedAtMs >= query.fromMs) &&
    (query.toMs === null || entry.startedAtMs <= query.toMs) &&
    (query.beforeId === null || Number(entry.journalId) < Number(query.beforeId))
  );
}

function changePause(id: string, pauseRequestedBy: string): 'asked' | 'ended' {
  const index = runs.findIndex((entry) => entry.journalId === id);
  const entry = runs[index];
  if (entry === undefined || entry.endedAtMs !== null) return 'ended';
  runs[index] = { ...entry, pauseRequestedBy };
  return 'asked';
}

let off = entries
  .slice(0, 1)
  .map((entry) => ({ ...entry, journalId: '900', lockKey: `off:${entry.unitId}` }));

let tested: Awaited<ReturnType<NonNullable<LogSource['connections']>['test']>> = {
  isGood: true,
  failure: failure('remoteTestOk', { host: 'api.example.com' }),
};

const source: LogSource = {
  standing: async (entry) =>
    standingOf(entry, entry.reason === 'writing' && entry.journalId !== DEAD_ID ? 'alive' : 'dead'),
  async close(id) {
    const index = runs.findIndex((one) => one.journalId === id);
    const entry = runs[index];
    if (entry === undefined || entry.endedAtMs !== null) return 'ended';
    runs[index] = { ...entry, state: 'Failure', reason: 'interrupted', lockKey: '', endedAtMs: NOW_MS };
    return 'closed';
  },
  mayEnable: true,
  switchedOff: async () => (answer === 'runs' ? off : []),
  async enable() {
    off = [];
    return 'asked';
  },
  after: (entry, kind) => {
    if (kind === 'undo') return 'busy';
    followed.push(`${kind} ${entry.journalId}`);
    return 'started';
  },
  connections: {
    units: [{ id: 'remote', name: '月次売上締め（外部サービスで実行する、名前のとても長い実行単位）' }],
    test: async () => tested,
  },
  parentOf: async (entry) => (entry.parentRun === '' ? null : (runs[4] ?? null)),
  childrenOf: async (entry) => (entry.journalId === runs[4]?.journalId ? runs.slice(5, 7) : []),
  async list(query) {
    queries.push(query);
    if (answer === 'never') return new Promise(() => undefined);
    if (answer === 'nothing') return [];
    if (answer === 'forbidden') throw new FailureError(failure('noReadPermission'));
    if (answer === 'missing') throw new FailureError(failure('appNotFound'));
    if (answer === 'broken') throw new FailureError(failure('unreachable', { cause: 'HTTP 503' }));
    return runs.filter((entry) => matches(entry, query)).slice(0, query.limit);
  },
  detail: async (id) => runs.find((entry) => entry.journalId === id) ?? null,
  async requestStop(id) {
    stops.push(id);
    const index = runs.findIndex((entry) => entry.journalId === id);
    const entry = runs[index];
    if (entry === undefined || entry.endedAtMs !== null) return 'ended';
    runs[index] = { ...entry, cancelRequestedBy: '管理 太郎' };
    return 'asked';
  },
  requestPause: async (id) => changePause(id, '管理 太郎'),
  liftPause: async (id) => changePause(id, ''),
  units: () => [
    ...new Map(entries.map(({ unitId, unitName }) => [unitId, { id: unitId, name: unitName }])).values(),
  ],
  logUrl: (id) => `/k/90/show#record=${id}`,
  recordUrl: (app, id) => `/k/${app}/show#record=${id}`,
};

let root: Root | null = null;
const nowMs = () => NOW_MS;

let closeDrawer = (): void => undefined;

const api = {
  closeDrawer: () => closeDrawer(),
  followed,
  queries,
  stops,
  /** `after`: null as on the settings page, where no run can be started. */
  show(language: Language, next: typeof answer = 'runs', after: RunAfter | null = source.after) {
    answer = next;
    root?.unmount();
    const space = document.getElementById('space');
    if (space === null) return;
    root = createRoot(space);
    root.render(
      <LogPanel source={{ ...source, after }} language={language} timeZone="Asia/Tokyo" nowMs={nowMs} />,
    );
  },
  drawer(language: Language, problem = '') {
    answer = 'runs';
    root?.unmount();
    root = null;
    const space = document.getElementById('space');
    if (space === null) return;
    const open = async () =>
      problem === '' ? source : { kind: 'problem' as const, failure: failure(problem) };
    closeDrawer = openLogDrawer({ space, open, language, timeZone: 'Asia/Tokyo', nowMs });
  },
  /** What the next test of a connection finds. */
  tested(isGood: boolean, code: string, params: Failure['params']) {
    tested = { isGood, failure: failure(code, params) };
  },
  answer(next: typeof answer) {
    answer = next;
  },
};

export type LogHarness = typeof api;

(globalThis as unknown as { logHarness: LogHarness }).logHarness = api;
