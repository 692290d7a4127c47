/** The page's own door over the real engine and a kintone in memory; time stands still until it is moved. */
import type { Settings } from '../../src/definition/types';
import type { StoredConfig } from '../../src/kintone/boot-index';
import { encodeSettings } from '../../src/kintone/settings-codec';
import { createDoor } from '../../src/record/api/door';
import type { PluginDoor } from '../../src/record/api/plugin-door';
import type { ApiPress } from '../../src/record/panel/contract';
import { type Observations, type RunHandle, startRun } from '../../src/run';
import type { KintoneRecord } from '../../src/table';
import { trigger as texts } from '../../src/ui/dictionaries/ja/trigger';
import { LOG, requestOf, sumFlow, unitOf, untilAsked, type World, world } from '../run/setup';
import type { DoorWorld } from './error-rows';

export const APP_ID = '40';
const ORIGIN = 'https://example.cybozu.com';

export const UNITS = {
  usable: 'abcdefghijklmn',
  notByApi: 'bbbbbbbbbbbbbb',
  disabled: 'cccccccccccccc',
  withoutFlows: 'dddddddddddddd',
};

const SETTINGS: Settings = {
  version: 2,
  logApp: { appId: LOG },
  holidays: [],
  flows: [sumFlow('f1'), { ...sumFlow('f2'), name: 'flow f2' }],
  units: [
    unitOf(['f1', 'f2'], { id: UNITS.usable, name: 'usable', api: true }),
    unitOf(['f1'], { id: UNITS.notByApi, name: 'not by api' }),
    unitOf(['f1'], { id: UNITS.disabled, name: 'disabled', api: true, enabled: false }),
    unitOf([], { id: UNITS.withoutFlows, name: 'without flows', api: true }),
  ],
};

const configs = new Map<Settings, Promise<StoredConfig>>();

/** What the settings page would have stored. */
function stored(settings: Settings): Promise<StoredConfig> {
  const known = configs.get(settings);
  if (known !== undefined) return known;
  const made = encodeSettings(settings, { savedAtMs: 0, savedBy: { code: 'admin', name: 'admin' } }).then(
    (encoded) => {
      if (!encoded.ok) throw new Error(encoded.error.code);
      return encoded.value.config;
    },
  );
  configs.set(settings, made);
  return made;
}

export interface PageWorld extends DoorWorld, Pick<World, 'kintone' | 'clock'> {
  readonly plugin: PluginDoor;
  readonly presses: readonly ApiPress[];
  /** Runs that the door has started, in order. */
  readonly runs: readonly RunHandle[];
  /** The page's runs that start from now on stand still once they are in the log, at their next request. */
  pause(): void;
  goOn(): void;
  /** From now on the page is one of kintone's test environment. */
  enterTestEnvironment(): void;
  change(unitId: string, change: Partial<Settings['units'][number]>): void;
}

export async function pageWorld(): Promise<PageWorld> {
  const there = world();
  const { kintone, clock, tab } = there;
  const observations: Observations = new Map();
  const presses: ApiPress[] = [];
  const runs: RunHandle[] = [];
  let settings = SETTINGS;
  let isTestEnvironment = false;
  let isPausing = false;
  const ports = tab('page');
  const plugin = createDoor({
    origin: ORIGIN,
    appId: APP_ID,
    guestSpaceId: undefined,
    timeZone: 'Asia/Tokyo',
    userName: '佐藤',
    texts,
    config: () => stored(settings),
    describe: ports.describe,
    journal: () => ports.journal,
    clock: ports.clock,
    random: { uuid: ports.random.uuid, bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
    isTestEnvironment: async () => isTestEnvironment,
    async startFromCode(press) {
      presses.push(press);
      const { pressId, isConfirmed, input } = press.start;
      const handle = startRun(
        ports,
        requestOf(settings, {
          unitId: press.unitId,
          calling: {
            appId: String(press.event.appId),
            recordId: String(press.event.recordId),
            record: (press.event.record ?? null) as KintoneRecord | null,
            fields: {},
          },
          method: 'api',
          pressId,
          isConfirmed,
          input,
        }),
        observations,
      );
      runs.push(handle);
      const stop = handle.subscribe(() => {
        if (handle.getSnapshot().journalId === null) return;
        stop();
        if (isPausing) there.freeze('page');
      });
      return handle;
    },
  });
  const change: PageWorld['change'] = (unitId, given) => {
    const units = settings.units.map((unit) => (unit.id === unitId ? { ...unit, ...given } : unit));
    settings = { ...settings, units };
  };
  const other = tab('other');
  return {
    kintone,
    clock,
    plugin,
    presses,
    runs,
    enterTestEnvironment() {
      isTestEnvironment = true;
    },
    change,
    door: { send: (path, body) => clock.until(plugin.handle(path, body)) },
    units: UNITS,
    appUrl: `${ORIGIN}/k/${APP_ID}/`,
    appId: APP_ID,
    serialNumber: 'whatever',
    record: { $id: { type: '__ID__', value: '7' }, memo: { type: 'SINGLE_LINE_TEXT', value: 'a' } },
    advance: (ms) => clock.advance(ms),
    async exhaustRateLimit(unitId) {
      const request = requestOf(settings, { unitId, isConfirmed: true });
      await clock.until(startRun(other, request, observations).ended);
      // All five at this very moment, whatever the first one took.
      const [id, entry] = [...kintone.entries].at(-1)!;
      for (let count = 0; count < 5; count += 1) {
        const journalId = String(Number(id) + count);
        const runId = `${entry.runId}-${count}`;
        kintone.entries.set(journalId, { ...entry, journalId, runId, startedAtMs: clock.nowMs() });
      }
    },
    async occupy(unitId) {
      const run = startRun(other, requestOf(settings, { unitId }), observations);
      await untilAsked(there, run);
      // Alive, and not going on: the question stays open however far time moves meanwhile.
      there.freeze('other');
      return run.getSnapshot().runId;
    },
    pause() {
      isPausing = true;
    },
    goOn() {
      isPausing = false;
      there.thaw('page');
    },
    forbidApi: (unitId) => change(unitId, { api: false }),
    close: async () => undefined,
  };
}
