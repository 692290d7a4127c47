import { QUIET_UNIT } from '../../src/definition/create';
import type { Command, ExecutionUnit, Flow, Settings } from '../../src/definition/types';
import type {
  JournalEntry,
  PresencePort,
  RunHandle,
  RunNews,
  RunPorts,
  RunRequest,
  RunStatus,
} from '../../src/run';
import type { KintoneFields } from '../../src/table';
import { MemoryKintone, RECORD_FACTS } from './memory-kintone';
import { VirtualClock } from './virtual-clock';

export const SOURCE = '10';
export const TARGET = '20';
export const LOG = '30';
export const UNIT = 'aaaaaaaaaaaaaa';

const field = (type: string, code: string, extra: object = {}) => ({ type, code, label: code, ...extra });

export const SOURCE_FIELDS: KintoneFields = {
  customer: field('SINGLE_LINE_TEXT', 'customer'),
  amount: field('NUMBER', 'amount'),
};

export const TARGET_FIELDS: KintoneFields = {
  key: field('SINGLE_LINE_TEXT', 'key', { unique: true }),
  total: field('NUMBER', 'total'),
  note: field('SINGLE_LINE_TEXT', 'note'),
  ...RECORD_FACTS,
};

export const command = (id: string, type: string, inputs: string[], settings: object): Command => ({
  id,
  type,
  note: '',
  inputs,
  settings: settings as Command['settings'],
});

export type SumMode = 'update' | 'upsert' | 'append' | 'sync';

/** Reads the source, sums per customer, writes into the target. `output`: other settings of the output command. */
export function sumFlow(id: string, mode: SumMode = 'upsert', output: object = {}): Flow {
  return {
    id,
    name: `flow ${id}`,
    note: '',
    commands: [
      command('in', 'inputApp', [], {
        app: { appId: SOURCE },
        fields: ['customer', 'amount'],
        rename: [],
        condition: null,
      }),
      command('sum', 'group', ['in'], {
        by: ['customer'],
        aggregates: [{ column: 'amount', method: 'sum', as: 'total', label: 'total' }],
      }),
      command('out', 'outputApp', ['sum'], {
        app: { appId: TARGET },
        mode,
        keys: mode === 'append' ? [] : ['key'],
        mapping: [
          { from: 'customer', to: 'key' },
          { from: 'total', to: 'total' },
        ],
        ...output,
      }),
    ],
  };
}

export function unitOf(flowIds: readonly string[], change: Partial<ExecutionUnit> = {}): ExecutionUnit {
  return {
    id: UNIT,
    name: 'monthly',
    note: '',
    enabled: true,
    ...QUIET_UNIT,
    button: { enabled: true, label: '', placement: { kind: 'headerMenu' }, condition: null, users: [] },
    flowIds,
    ...change,
  };
}

export function settingsOf(flows: readonly Flow[], change: Partial<ExecutionUnit> = {}): Settings {
  return {
    version: 2,
    logApp: { appId: LOG },
    holidays: [],
    units: [
      unitOf(
        flows.map((flow) => flow.id),
        change,
      ),
    ],
    flows,
  };
}

/** `rows` customers with one order each; more rows than one commit takes, if asked for. */
export const orders = (rows: number): Record<string, unknown>[] =>
  Array.from({ length: rows }, (_unused, index) => ({ customer: `c${index}`, amount: String(index + 1) }));

export interface World {
  readonly kintone: MemoryKintone;
  readonly clock: VirtualClock;
  /** Ports of one tab. `browser` groups tabs that see each other's locks. */
  tab(name: string, browser?: string): RunPorts;
  /** The tab's page is gone: its locks are free. */
  close(name: string): void;
  /** The tab stands still (a sleeping laptop): nothing it waits for comes back until `thaw`. Its locks stay. */
  freeze(name: string): void;
  thaw(name: string): void;
}

/** `latencyMs` gives how long the next call of a port takes, on the way there. */
export function world(sourceRows = 3, latencyMs: () => number = () => 0): World {
  const kintone = new MemoryKintone();
  const clock = new VirtualClock();
  kintone.nowMs = () => clock.nowMs();
  kintone.addApp(SOURCE, SOURCE_FIELDS, orders(sourceRows));
  kintone.addApp(TARGET, TARGET_FIELDS);
  const held = new Map<string, string>();
  const dead = new Set<string>();
  const listeners = new Map<(news: RunNews) => void, string>();
  const frozen = new Map<string, (() => void)[]>();
  /** Passes at once for a living tab, when it thaws for a frozen one, never for a dead one. */
  const moment = (name: string) => async (): Promise<void> => {
    while (frozen.has(name) && !dead.has(name)) {
      await new Promise<void>((resolve) => frozen.get(name)?.push(resolve));
    }
    if (dead.has(name)) await new Promise<never>(() => undefined);
  };
  const travel = (name: string) => async (): Promise<void> => {
    await moment(name)();
    await clock.sleep(latencyMs());
    await moment(name)();
  };
  const ids = { next: 0 };
  return {
    kintone,
    clock,
    tab(name, browser = 'b1') {
      const presence: PresencePort = {
        sees: (owner) => owner.startsWith(`${browser}:`),
        claim: async (owner) => {
          if (held.has(owner)) return null;
          held.set(owner, name);
          return { release: () => held.delete(owner) };
        },
      };
      return {
        records: mortal(kintone.records, travel(name)),
        journal: mortal(kintone.journal, travel(name)),
        clock: {
          nowMs: () => clock.nowMs(),
          monotonicMs: () => clock.monotonicMs(),
          sleep: (ms, signal) => clock.sleep(ms, signal).then(moment(name)),
        },
        random: {
          uuid: () => {
            ids.next += 1;
            return `00000000-0000-4000-8000-${String(ids.next).padStart(12, '0')}`;
          },
          unit: () => 0.5,
        },
        presence,
        news: {
          tell: (news) => {
            for (const [listener, where] of listeners) if (where === browser) listener(news);
          },
          hear: (listener) => {
            listeners.set(listener, browser);
            return () => listeners.delete(listener);
          },
        },
        remote: { fetchText: (request) => kintone.answer(request) },
        describe: (failure) => failure.code,
        requestCount: () => kintone.commits.length,
      };
    },
    freeze: (name) => void frozen.set(name, frozen.get(name) ?? []),
    thaw(name) {
      const waiting = frozen.get(name) ?? [];
      frozen.delete(name);
      for (const wake of waiting) wake();
    },
    close(name) {
      dead.add(name);
      for (const [owner, tab] of held) if (tab === name) held.delete(owner);
    },
  };
}

/** Every call passes `moment` on its way out and on its way back. */
function mortal<T extends object>(port: T, moment: () => Promise<void>): T {
  return new Proxy(port, {
    get(target, name, receiver) {
      const member = Reflect.get(target, name, receiver) as unknown;
      if (typeof member !== 'function' || name === 'pages') return member;
      return async (...args: unknown[]) => {
        await moment();
        const reply = await member.apply(target, args);
        await moment();
        return reply;
      };
    },
  });
}

let presses = 0;

export function requestOf(settings: Settings, change: Partial<RunRequest> = {}): RunRequest {
  presses += 1;
  return {
    settings,
    unitId: UNIT,
    calling: { appId: '40', recordId: '1', record: {}, fields: {} },
    user: { code: 'sato', name: 'Sato' },
    method: 'button',
    timeZone: 'Asia/Tokyo',
    pressId: `press-${presses}`,
    owner: `b1:owner-${presses}`,
    definitionHash: 'hash',
    isConfirmed: false,
    observeMs: 0,
    undoOf: null,
    continues: null,
    giveUp: null,
    input: {},
    ...change,
  };
}

/** Until the run's status is as wanted. */
export const until = (there: World, run: RunHandle, wanted: (status: RunStatus) => boolean): Promise<void> =>
  there.clock.until(
    new Promise<void>((resolve) => {
      const look = () => wanted(run.getSnapshot()) && resolve();
      run.subscribe(look);
      look();
    }),
  );

/** Goes on until the run asks the person. */
export const untilAsked = (there: World, run: RunHandle): Promise<void> =>
  until(there, run, ({ reason }) => reason === 'confirming');

export function runRecord(there: World, id = '1'): JournalEntry {
  const entry = there.kintone.entries.get(id);
  if (entry === undefined) throw new Error(`no run record ${id}`);
  return entry;
}

/** Calls `work` once, right after the first commit with data. */
export function afterFirstCommit(there: World, work: () => void): void {
  let isDone = false;
  there.kintone.afterCommit = ({ requests }) => {
    if (requests.length === 0 || isDone) return;
    isDone = true;
    work();
  };
}

/** What the log's button writes into the run record `id` when somebody asks for a stop. */
export function askToStop(there: World, user: string, id = '1'): void {
  const entry = runRecord(there, id);
  const revision = `${Number(entry.revision) + 1}`;
  there.kintone.entries.set(id, { ...entry, cancelRequestedBy: user, revision });
}
