/** The protocol over scripted units and runs: no engine, no kintone, time by hand. */
import {
  createTrigger,
  memoryTokenStore,
  type StartReply,
  type StartRequest,
  type Task,
  type TriggerDeps,
  type TriggerUnit,
} from '../../src/trigger';
import type { DoorWorld } from './error-rows';

const SITE = { origin: 'https://example.cybozu.com', app: { appId: '123' } };
const SERIAL = 'abcdef-jklmno-pqrstu-xyz123-456789';

const unit = (id: string, change: Partial<TriggerUnit> = {}): TriggerUnit => ({
  id,
  name: id,
  isEnabled: true,
  hasValidFlows: true,
  isApiAllowed: true,
  rateLimitPerMinute: 5,
  inputs: [],
  site: SITE,
  ...change,
});

export interface CoreWorld extends DoorWorld {
  readonly deps: TriggerDeps;
  readonly starts: readonly StartRequest[];
  readonly tasks: Map<string, Task>;
  /** Tasks that were to be stopped, and by whom. */
  readonly stops: readonly (readonly [taskId: string, user: string])[];
  /** What the next start answers. */
  answer(reply: StartReply): void;
}

export function coreWorld(change: Partial<TriggerDeps> = {}): CoreWorld {
  const units = {
    usable: 'abcdefghijklmn',
    notByApi: 'bbbbbbbbbbbbbb',
    disabled: 'cccccccccccccc',
    withoutFlows: 'dddddddddddddd',
  };
  const known = new Map<string, TriggerUnit>([
    [units.usable, unit(units.usable)],
    [units.notByApi, unit(units.notByApi, { isApiAllowed: false })],
    [units.disabled, unit(units.disabled, { isEnabled: false })],
    [units.withoutFlows, unit(units.withoutFlows, { hasValidFlows: false })],
  ]);
  const limited = new Set<string>();
  const holders = new Map<string, string>();
  const tasks = new Map<string, Task>();
  const starts: StartRequest[] = [];
  const stops: (readonly [string, string])[] = [];
  let nowMs = 1_700_000_000_000;
  let scripted: StartReply | null = null;
  let count = 0;
  const deps: TriggerDeps = {
    findUnit: async (id) => known.get(id) ?? null,
    isLicensed: (serialNumber) => serialNumber === SERIAL,
    isRateLimited: async ({ id }) => limited.has(id),
    async start(request) {
      starts.push(request);
      if (scripted !== null) return scripted;
      const holder = holders.get(request.unit.id);
      if (holder !== undefined) return { kind: 'conflict', taskId: holder };
      tasks.set(request.taskId, {
        taskId: request.taskId,
        unitId: request.unit.id,
        state: 'Queuing',
        reason: 'checking',
        endedAtMs: null,
        failureCode: '',
        message: '',
        flows: [{ key: 'k-1', name: 'Flow 1', state: 'Queuing', startedAtMs: null, endedAtMs: null }],
        value: [],
      });
      return { kind: 'started' };
    },
    findTask: async (taskId) => tasks.get(taskId) ?? null,
    stopTask: async (taskId, user) => void stops.push([taskId, user]),
    tokens: memoryTokenStore(),
    clock: { nowMs: () => nowMs },
    random: {
      bytes: (length) => {
        count += 1;
        return Uint8Array.from({ length }, (_unused, index) => (count * 31 + index * 7) % 256);
      },
      uuid: () => {
        count += 1;
        return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
      },
    },
    timeZone: 'Asia/Tokyo',
    texts: { settingsError: 'settings', concurrency: 'concurrency' },
    ...change,
  };
  const trigger = createTrigger(deps);
  return {
    deps,
    starts,
    stops,
    tasks,
    units,
    appUrl: `${SITE.origin}/k/${SITE.app.appId}`,
    appId: SITE.app.appId,
    serialNumber: SERIAL,
    record: {
      $id: { type: '__ID__', value: '7' },
      memo: { type: 'SINGLE_LINE_TEXT', value: 'a' },
      lines: { type: 'SUBTABLE', value: [{ id: '1', value: { item: { type: 'NUMBER', value: '1' } } }] },
    },
    door: { send: (path, body, method = 'POST') => trigger.handle({ path, body, method }) },
    advance: async (ms) => {
      nowMs += ms;
    },
    exhaustRateLimit: async (id) => void limited.add(id),
    occupy: async (id) => {
      holders.set(id, `${id}:another`);
      return `${id}:another`;
    },
    forbidApi: (id) => void known.set(id, unit(id, { isApiAllowed: false })),
    answer: (reply) => {
      scripted = reply;
    },
    close: async () => undefined,
  };
}
