/**
 * One seeded story: tabs of several users press, die, freeze, resume and start over while kintone loses
 * answers. Time is virtual and every choice comes from the seed, so a story can be told again exactly.
 */
import type { Flow } from '../../src/definition/types';
import { type Observations, type RunHandle, type RunStatus, resumeRun, startRun } from '../../src/run';
import type { Fault } from '../run/memory-kintone';
import { requestOf, SOURCE, settingsOf, sumFlow, TARGET_FIELDS, world } from '../run/setup';

const ROWS = 5;
export const TARGETS = ['21', '22', '23', '24'] as const;
/** The last output has no key: only the journal keeps its rows from being added twice. */
const MODES = ['upsert', 'upsert', 'upsert', 'append'] as const;
const STEPS = 40;
const FAULTS: readonly Fault[] = ['lost before', 'lost after', 'busy', 'late', 'twice'];

/** Small, fast, and the same everywhere (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Tab {
  readonly name: string;
  readonly browser: string;
  readonly observations: Observations;
  run: RunHandle | null;
  isFrozen: boolean;
}

export interface Counts {
  presses: number;
  deaths: number;
  freezes: number;
  resumes: number;
  faults: number;
}

export interface Story {
  readonly kintone: ReturnType<typeof world>['kintone'];
  /** The run that ended well after all faults were over. */
  readonly last: RunStatus;
  readonly counts: Counts;
}

/** One flow per target app: four commits a run, few rows, so that a story takes milliseconds. */
const flows = (): readonly Flow[] =>
  TARGETS.map((app, index) => {
    const flow = sumFlow(`f${index + 1}`, MODES[index]);
    const commands = flow.commands.map((command) =>
      command.id === 'out' ? { ...command, settings: { ...command.settings, app: { appId: app } } } : command,
    );
    return { ...flow, commands };
  });

export async function tell(seed: number): Promise<Story> {
  const random = randomOf(seed);
  const chance = (probability: number): boolean => random() < probability;
  const choose = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const there = world(ROWS, () => random() * 5_000);
  for (const app of TARGETS) there.kintone.addApp(app, TARGET_FIELDS);
  const settings = settingsOf(flows(), { confirm: 'never', rateLimitPerMinute: 60 });
  const counts: Counts = { presses: 0, deaths: 0, freezes: 0, resumes: 0, faults: 0 };
  let isCalm = false;
  there.kintone.later = (work) => void there.clock.sleep(1 + random() * 300_000).then(work);
  const faulty = there.kintone.beforeCommit;
  there.kintone.beforeCommit = (request) => {
    if (!isCalm && request.requests.length > 0 && chance(0.25)) {
      counts.faults += 1;
      there.kintone.faults.push(choose(FAULTS));
    }
    return faulty(request);
  };

  let born = 0;
  const newTab = (): Tab => {
    born += 1;
    return {
      name: `tab${born}`,
      browser: choose(['b1', 'b2']),
      observations: new Map(),
      run: null,
      isFrozen: false,
    };
  };
  const tabs = [newTab(), newTab(), newTab()];
  const request = (tab: Tab, giveUp: string | null) => {
    const made = requestOf(settings, { giveUp });
    return { ...made, owner: `${tab.browser}:${made.pressId}` };
  };
  const isBusy = (tab: Tab): boolean => tab.run !== null && tab.run.getSnapshot().endedAtMs === null;

  /** Business goes on, so that every run has something to write. */
  const sell = (): void => {
    const orders = there.kintone.apps.get(SOURCE)?.records ?? new Map();
    for (const [id, order] of orders) {
      orders.set(id, { ...order, amount: { value: String(1 + Math.floor(random() * 1_000)) } });
    }
  };

  /** What a person does next in a tab: go on with what was found, or press. */
  const act = (tab: Tab): 'resumed' | 'pressed' => {
    const found = tab.run?.getSnapshot();
    const ports = there.tab(tab.name, tab.browser);
    if (found?.reason === 'interrupted' && found.holder !== null) {
      // Starting over would add the keyless rows again, so only going on is safe to expect here.
      counts.resumes += 1;
      tab.run = resumeRun(ports, request(tab, null), found.holder, tab.observations);
      return 'resumed';
    }
    counts.presses += 1;
    sell();
    tab.run = startRun(ports, request(tab, null), tab.observations);
    return 'pressed';
  };

  for (let step = 0; step < STEPS; step += 1) {
    const tab = choose(tabs);
    if (!isBusy(tab) && !tab.isFrozen) {
      act(tab);
    } else if (chance(0.15)) {
      counts.deaths += 1;
      there.close(tab.name);
      tabs[tabs.indexOf(tab)] = newTab();
    } else if (chance(0.25)) {
      counts.freezes += 1;
      tab.isFrozen = !tab.isFrozen;
      if (tab.isFrozen) there.freeze(tab.name);
      else there.thaw(tab.name);
    }
    await there.clock.advance(random() * 40_000);
  }

  isCalm = true;
  for (const tab of tabs) there.thaw(tab.name);
  const closer = newTab();
  for (let tries = 0; tries < 60; tries += 1) {
    const how = act(closer);
    const ended = await there.clock.until((closer.run as RunHandle).ended);
    // What was resumed wrote the values of its own time; the last word belongs to a run of today.
    if (how === 'pressed' && ended.state === 'Success' && !tabs.some(isBusy))
      return { kintone: there.kintone, last: ended, counts };
    // Longer than the lease: whoever is really gone can be taken over now.
    await there.clock.advance(130_000);
  }
  throw new Error(`seed ${seed}: no run could end well`);
}

export { ROWS };
