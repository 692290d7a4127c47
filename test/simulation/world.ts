/**
 * One seeded story: tabs of several users press, stop, die, freeze, resume and start over while kintone
 * loses answers and sessions expire. Time is virtual and every choice comes from the seed, so a story can
 * be told again exactly.
 */
import {
  type CommitRequest,
  type Observations,
  offKey,
  type RunHandle,
  resumeRun,
  startRun,
} from '../../src/run';
import type { Fault } from '../run/memory-kintone';
import { requestOf, SOURCE, TARGET_FIELDS, type World, world } from '../run/setup';
import { type Dice, diceOf } from './random';
import { LOSSES, troubled } from './troubles';
import { APPS, ROWS, type StoryUnit, storySettings, UNITS } from './units';

const STEPS = 40;
/** A unit writes the notes of this one itself. */
const NOTES_APP = '25';
const FAULTS: readonly Fault[] = ['lost before', 'lost after', 'busy', 'late', 'twice'];
/** The lower one is met often; the higher one leaves room for everything else. */
const RATE_LIMITS = [2, 60] as const;

interface Tab {
  readonly name: string;
  readonly browser: string;
  readonly observations: Observations;
  unit: StoryUnit;
  run: RunHandle | null;
  isFrozen: boolean;
  isSignedOut: boolean;
}

const NOTHING = {
  presses: 0,
  deaths: 0,
  freezes: 0,
  resumes: 0,
  restarts: 0,
  faults: 0,
  losses: 0,
  signOuts: 0,
  cancels: 0,
  stops: 0,
  waits: 0,
  joins: 0,
  pauses: 0,
  edits: 0,
};
export type Counts = typeof NOTHING;

export interface Story {
  readonly kintone: World['kintone'];
  readonly rateLimitPerMinute: number;
  readonly counts: Counts;
  /** Turns that were taken although somebody who came earlier waited. */
  readonly jumps: readonly string[];
}

export async function tell(seed: number): Promise<Story> {
  const dice = diceOf(seed);
  const there = world(ROWS, () => dice.unit() * 5_000);
  const story = new Teller(there, dice, { ...NOTHING });
  for (let step = 0; step < STEPS; step += 1) {
    story.step();
    await there.clock.advance(dice.unit() * 40_000);
  }
  await story.end(seed);
  return {
    kintone: there.kintone,
    rateLimitPerMinute: story.rateLimitPerMinute,
    counts: story.counts,
    jumps: story.jumps,
  };
}

class Teller {
  readonly rateLimitPerMinute: number;
  readonly counts: Counts;
  readonly jumps: string[] = [];
  private readonly there: World;
  private readonly dice: Dice;
  private readonly tabs: Tab[];
  private isCalm = false;
  private born = 0;

  constructor(there: World, dice: Dice, counts: Counts) {
    this.there = there;
    this.dice = dice;
    this.counts = counts;
    this.rateLimitPerMinute = dice.choose(RATE_LIMITS);
    for (const app of APPS) there.kintone.addApp(app, TARGET_FIELDS);
    there.kintone.later = (work) => void there.clock.sleep(1 + dice.unit() * 300_000).then(work);
    there.kintone.beforeCommit = (request) => {
      if (!this.isCalm && request.requests.length > 0 && dice.chance(0.2)) this.edit();
      if (!this.isCalm && request.requests.length > 0 && dice.chance(0.25)) {
        counts.faults += 1;
        there.kintone.faults.push(dice.choose(FAULTS));
      }
      return undefined;
    };
    there.kintone.afterCommit = (request) => this.watchTheLine(request);
    this.tabs = [this.newTab(), this.newTab(), this.newTab()];
  }

  step(): void {
    const { dice, there, counts } = this;
    if (dice.chance(0.1)) this.enable();
    const tab = dice.choose(this.tabs);
    if (dice.chance(0.06)) {
      counts.signOuts += tab.isSignedOut ? 0 : 1;
      tab.isSignedOut = !tab.isSignedOut;
    }
    if (!isBusy(tab) && !tab.isFrozen) {
      this.act(tab, dice.choose(UNITS));
    } else if (dice.chance(0.15)) {
      counts.deaths += 1;
      there.close(tab.name);
      this.tabs[this.tabs.indexOf(tab)] = this.newTab();
    } else if (dice.chance(0.25)) {
      counts.freezes += 1;
      tab.isFrozen = !tab.isFrozen;
      if (tab.isFrozen) there.freeze(tab.name);
      else there.thaw(tab.name);
    } else if (dice.chance(0.1) && !tab.isFrozen) {
      counts.cancels += 1;
      tab.run?.cancel();
    } else if (dice.chance(0.2)) {
      this.askForStop();
    } else if (dice.chance(0.3) && !tab.isFrozen) {
      this.pauseOrProceed(tab);
    }
  }

  /** What a person does next in a tab: go on with what was found, give it up, or press. */
  private act(tab: Tab, unit: StoryUnit): 'resumed' | 'pressed' {
    const { there, counts, dice } = this;
    const found = tab.run?.getSnapshot();
    const ports = troubled(there.tab(tab.name, tab.browser), {
      isSignedOut: () => tab.isSignedOut,
      loss: () => {
        if (this.isCalm || !dice.chance(0.1)) return null;
        counts.losses += 1;
        return dice.choose(LOSSES);
      },
    });
    const request = (giveUp: string | null) => {
      const made = requestOf(storySettings(this.rateLimitPerMinute), { giveUp, unitId: tab.unit.id });
      return { ...made, owner: `${tab.browser}:${made.pressId}` };
    };
    if (found?.reason === 'interrupted' && found.holder !== null) {
      // Starting over would add keyless rows again, so there only going on is safe to expect.
      if (tab.unit.keyless === null && dice.chance(0.7)) {
        counts.restarts += 1;
        tab.run = startRun(ports, request(found.holder.journalId), tab.observations);
        return 'pressed';
      }
      counts.resumes += 1;
      tab.run = resumeRun(ports, request(null), found.holder, tab.observations);
      return 'resumed';
    }
    counts.presses += 1;
    tab.unit = unit;
    this.sell();
    tab.run = this.counted(startRun(ports, request(null), tab.observations));
    return 'pressed';
  }

  /** Notes whether the start had to wait, or only watched another one. */
  private counted(run: RunHandle): RunHandle {
    let isCounted = false;
    run.subscribe(() => {
      const { queue, watched } = run.getSnapshot();
      if (isCounted || (queue === null && watched === null)) return;
      isCounted = true;
      if (queue === null) this.counts.joins += 1;
      else this.counts.waits += 1;
    });
    return run;
  }

  /** Business goes on, so that every run has something to write. */
  private sell(): void {
    const orders = this.there.kintone.apps.get(SOURCE)?.records ?? new Map();
    for (const [id, order] of orders) {
      orders.set(id, { ...order, amount: { value: String(1 + Math.floor(this.dice.unit() * 1_000)) } });
    }
  }

  /** A run of a unit with a queue goes on only when nobody waits who was written down before it. */
  private watchTheLine({ journalId, patch, requests }: CommitRequest): void {
    const { entries } = this.there.kintone;
    const own = entries.get(journalId);
    const isTurn = requests.length > 0 || (patch.lockKey ?? '') !== '';
    if (own === undefined || !isTurn) return;
    for (const other of entries.values()) {
      if (other.unitId !== own.unitId || other.reason !== 'queued') continue;
      if (Number(other.journalId) < Number(journalId)) {
        this.jumps.push(`run ${journalId} went before ${other.journalId}, which waited`);
      }
    }
  }

  /** Nobody wants a pause any more; a run that stands still for ever would hold its unit for ever. */
  private letAllGoOn(): void {
    const { entries } = this.there.kintone;
    for (const entry of entries.values()) {
      if (entry.endedAtMs !== null || entry.pauseRequestedBy === '') continue;
      const revision = String(Number(entry.revision) + 1);
      entries.set(entry.journalId, { ...entry, pauseRequestedBy: '', revision });
    }
    for (const tab of this.tabs) tab.run?.proceed();
  }

  /** Somebody who looks after the units enables what was switched off. */
  private enable(): void {
    const { entries } = this.there.kintone;
    for (const entry of entries.values()) {
      if (entry.lockKey !== offKey(entry.unitId)) continue;
      const revision = String(Number(entry.revision) + 1);
      entries.set(entry.journalId, { ...entry, lockKey: '', revision });
    }
  }

  /** Somebody writes a name into the log record of a run that is going on. */
  private askForStop(): void {
    const { entries } = this.there.kintone;
    const open = [...entries.values()].filter(
      (entry) => entry.endedAtMs === null && (entry.lockKey !== '' || entry.reason === 'queued'),
    );
    if (open.length === 0) return;
    const entry = this.dice.choose(open);
    this.counts.stops += 1;
    entries.set(entry.journalId, {
      ...entry,
      cancelRequestedBy: 'Suzuki',
      revision: String(Number(entry.revision) + 1),
    });
  }

  /** From the page itself, or from elsewhere through the log record. */
  private pauseOrProceed(tab: Tab): void {
    const { entries } = this.there.kintone;
    const status = tab.run?.getSnapshot();
    const isWanted = status?.pause === null && !status.pauseRequested;
    this.counts.pauses += isWanted ? 1 : 0;
    const entry = entries.get(status?.journalId ?? '');
    if (this.dice.chance(0.5) || entry === undefined || entry.endedAtMs !== null) {
      if (isWanted) tab.run?.pause();
      else tab.run?.proceed();
      return;
    }
    const pauseRequestedBy = isWanted ? 'Suzuki' : '';
    const revision = String(Number(entry.revision) + 1);
    entries.set(entry.journalId, { ...entry, pauseRequestedBy, revision });
  }

  /** Somebody writes a note into a record that a run may be about to write. */
  private edit(): void {
    const apps = UNITS.flatMap((unit) => unit.keyedApps).filter((app) => app !== NOTES_APP);
    const records = this.there.kintone.apps.get(this.dice.choose(apps))?.records;
    const ids = [...(records?.keys() ?? [])];
    if (records === undefined || ids.length === 0) return;
    const id = this.dice.choose(ids);
    const record = records.get(id) ?? {};
    this.counts.edits += 1;
    records.set(id, {
      ...record,
      note: { value: `note ${this.counts.edits}` },
      $revision: { value: String(Number(record['$revision']?.value) + 1) },
    });
  }

  private newTab(): Tab {
    this.born += 1;
    return {
      name: `tab${this.born}`,
      browser: this.dice.choose(['b1', 'b2']),
      observations: new Map(),
      unit: UNITS[0] as StoryUnit,
      run: null,
      isFrozen: false,
      isSignedOut: false,
    };
  }

  /** All troubles are over: every unit must come to a good end by somebody who keeps trying. */
  async end(seed: number): Promise<void> {
    this.isCalm = true;
    for (const tab of this.tabs) {
      tab.isSignedOut = false;
      this.there.thaw(tab.name);
    }
    for (const unit of UNITS) await this.finish(unit, seed);
  }

  private async finish(unit: StoryUnit, seed: number): Promise<void> {
    const closer = this.newTab();
    closer.unit = unit;
    let last = '';
    for (let tries = 0; tries < 60; tries += 1) {
      // A pause that is heard of late is ended as well.
      for (const tab of this.tabs) tab.run?.proceed();
      this.enable();
      this.letAllGoOn();
      const how = this.act(closer, unit);
      const ended = await this.there.clock.until((closer.run as RunHandle).ended);
      // What was resumed wrote the values of its own time; the last word belongs to a run of today.
      const isOwn = how === 'pressed' && ended.watched === null;
      if (isOwn && ended.state === 'Success' && !this.tabs.some(isBusy)) return;
      last = `${ended.reason} ${JSON.stringify(ended.failure)}`;
      // Longer than the lease: whoever is really gone can be taken over now.
      await this.there.clock.advance(130_000);
    }
    throw new Error(`seed ${seed}: no run of ${unit.id} could end well: ${last}`);
  }
}

const isBusy = (tab: Tab): boolean => tab.run !== null && tab.run.getSnapshot().endedAtMs === null;
