/**
 * Waiting for a turn. A start that waits has its run record already (`queued`, without the lock); whoever is first
 * in line takes the lock by a compare-and-set of its own record, and the unique `lock_key` decides. The line is read
 * from the log app, so it is one line for all users and browsers, and nobody has to keep it.
 */
import { FailureError, failure } from '../definition/errors';
import { closeDead } from './close-dead';
import { endingOf } from './endings';
import { BEAT_MS, LEASE_MS, lifeOf, type Observations, standingOf } from './lease';
import { lookAtLine } from './limits';
import type { JournalEntry, StartFacts } from './ports';
import { closeUnclear } from './remote-unit/dead';
import type { Ending, LoggedScope } from './scope';
import { moveOf } from './stand-still';
import { stopEnding } from './stops';

/** A longer line than this is a sign that the unit is started too often, not that people are patient. */
export const QUEUE_MAX = 20;
/**
 * Between two looks at the line. With a look every 5 s and a sign of life every 30 s a waiting start costs 14
 * requests a minute; pages of the same browser are woken at once (`NewsPort`).
 */
const LOOK_EVERY_MS = 5_000;
/** Page clocks may differ by this much when a waiting time is judged that somebody else's clock began. */
const CLOCK_DIFFERENCE_MS = 5 * 60_000;

export const waiting = (facts: readonly StartFacts[]): readonly StartFacts[] =>
  facts.filter((one) => one.reason === 'queued');

/** Who goes first: the higher priority, then the older record. */
export const inOrder = (line: readonly StartFacts[]): readonly StartFacts[] =>
  [...line].sort((a, b) => b.priority - a.priority || Number(a.journalId) - Number(b.journalId));

/** How the wait ended: with the lock (null), or without. `holder`: the half written run that stands in the way. */
export type Turn = null | { readonly ending: Ending; readonly holder: JournalEntry | null };

/** Waits until the start may run. Its record is `queued` and owned by `scope.request.owner`. */
export async function waitForTurn(scope: LoggedScope, observations: Observations): Promise<Turn> {
  const { ports } = scope;
  const bell = newsBell(scope);
  try {
    return await new Waiter(scope, observations, ports.clock.monotonicMs()).wait(bell);
  } finally {
    bell.release();
    scope.store.update((status) => ({ ...status, queue: null }));
  }
}

class Waiter {
  private readonly scope: LoggedScope;
  private readonly observations: Observations;
  private readonly untilMs: number;
  private beatAtMs: number;
  /** When this start, now first, may ask its person what shall become of a half written run. */
  private askAtMs: number | null = null;
  private isFirstLook = true;

  constructor(scope: LoggedScope, observations: Observations, nowMs: number) {
    this.scope = scope;
    this.observations = observations;
    this.untilMs = nowMs + scope.unit.queueTtlMinutes * 60_000;
    this.beatAtMs = nowMs + BEAT_MS;
  }

  async wait(bell: Bell): Promise<Turn> {
    const { ports, cancel } = this.scope;
    for (;;) {
      if (cancel.signal.aborted) return this.over(stopEnding(this.scope));
      const step = await this.look();
      if (step !== 'again' && step !== 'wait') return step;
      const nowMs = ports.clock.monotonicMs();
      if (nowMs >= this.untilMs) return this.over(this.expired());
      if (step === 'again') continue;
      if (nowMs >= this.beatAtMs) {
        const ended = await this.beat(nowMs);
        if (ended !== null) return ended;
      }
      const jitter = 0.75 + ports.random.unit() / 2;
      await bell.sleep(Math.min(LOOK_EVERY_MS * jitter, this.untilMs - nowMs));
    }
  }

  private async look(): Promise<Turn | 'again' | 'wait'> {
    const { scope } = this;
    const { unit, journal } = scope;
    let facts: readonly StartFacts[];
    try {
      facts = await lookAtLine(scope);
    } catch (error) {
      // Out of reach or logged out: the place in line stays, and the waiting time runs.
      if (error instanceof FailureError) return 'wait';
      throw error;
    }
    const own = facts.find((one) => one.journalId === journal.journalId);
    // The answer to an earlier try got lost, and the lock is ours after all.
    if (own?.lockKey === unit.id && own.endedAtMs === null && own.owner === scope.request.owner) return null;
    if (own === undefined || own.reason !== 'queued' || own.owner !== scope.request.owner)
      return this.over(this.placeLost());
    if (own.cancelRequestedBy !== '') return this.over(this.cancelledBy(own.cancelRequestedBy));
    const line = inOrder(waiting(facts));
    const holder = facts.find((one) => one.lockKey === unit.id) ?? null;
    const before = line.slice(0, line.indexOf(own));
    const ahead: StartFacts[] = [];
    for (const one of before) if (!(await this.passedOver(one))) ahead.push(one);
    this.show(ahead, holder);
    const isFirst = ahead.length === 0;
    if (!isFirst) {
      this.askAtMs = null;
      this.isFirstLook = false;
      return 'wait';
    }
    // Whoever was first before has been asked already; its person gets time to go on with that run.
    const nowMs = scope.ports.clock.monotonicMs();
    this.askAtMs ??= this.isFirstLook ? nowMs : nowMs + LEASE_MS;
    this.isFirstLook = false;
    return holder === null ? this.takeTurn() : this.faceHolder(holder);
  }

  /** A dead one is closed by whoever finds it, so that it never holds its place for longer than the lease. */
  private async passedOver(one: StartFacts): Promise<boolean> {
    const { scope } = this;
    const { clock, journal } = scope.ports;
    const isOverdue =
      clock.nowMs() > one.startedAtMs + scope.unit.queueTtlMinutes * 60_000 + CLOCK_DIFFERENCE_MS;
    // Being passed over takes nothing from a start but its place, so here another clock may be believed.
    if (!isOverdue && (await lifeOf(one, scope.ports, this.observations)) !== 'dead') return false;
    const entry = await journal.read(one.journalId).catch(() => null);
    if (entry === null || entry.revision !== one.revision) return false;
    // It must not be in line any more when this start goes on; where kintone forbids closing it, it is passed by.
    return (await closeDead(scope, entry)) !== 'unclear';
  }

  private async takeTurn(): Promise<Turn | 'wait'> {
    const { scope } = this;
    const place = { unitId: scope.unit.id };
    const outcome = await scope.journal.write(
      { lockKey: scope.unit.id, reason: 'checking' },
      [],
      [moveOf(scope, { state: 'Queuing', reason: 'checking' })],
    );
    switch (outcome.kind) {
      case 'committed':
        scope.store.update((status) => ({ ...status, reason: 'checking' }));
        return null;
      case 'refused':
        // Somebody else's start took the free unit in the same moment.
        if (outcome.refusal.rows.some((row) => row.field === 'lock_key')) return 'wait';
        return this.over(
          endingOf(
            'failed',
            failure('logRefused', { code: outcome.refusal.code, message: outcome.refusal.message }, place),
          ),
        );
      case 'unreachable':
      // Only writes with data are kept back for a pause; the run stands still before its first one.
      case 'pauseRequested':
        return 'wait';
      case 'fenced':
        return this.over(this.placeLost());
      case 'cancelRequested':
        return this.over(this.cancelledBy(outcome.by));
    }
  }

  private async faceHolder(holder: StartFacts): Promise<Turn | 'again' | 'wait'> {
    const { scope } = this;
    if ((await lifeOf(holder, scope.ports, this.observations)) !== 'dead') return 'wait';
    const dead = await scope.ports.journal.read(holder.journalId).catch(() => null);
    if (dead === null || dead.revision !== holder.revision) return 'wait';
    const standing = standingOf(dead, 'dead');
    if (standing === 'unclear') {
      const found = await closeUnclear(scope, dead);
      return found === 'again' ? found : this.over(found);
    }
    if (standing !== 'interrupted' || scope.request.giveUp === dead.journalId) {
      const closed = await closeDead(scope, dead);
      return typeof closed === 'string' ? 'again' : this.over(closed);
    }
    if (scope.ports.clock.monotonicMs() < (this.askAtMs ?? 0)) return 'wait';
    const found = failure(
      'interruptedRunFound',
      { user: dead.user.name, written: dead.cursor, planned: dead.rowsPlanned },
      { unitId: scope.unit.id },
    );
    return { ending: endingOf('interrupted', found), holder: dead };
  }

  private async beat(nowMs: number): Promise<Turn> {
    this.beatAtMs = nowMs + BEAT_MS;
    const outcome = await this.scope.journal.write({});
    if (outcome.kind === 'fenced') return this.over(this.placeLost());
    if (outcome.kind === 'cancelRequested') return this.over(this.cancelledBy(outcome.by));
    return null;
  }

  private show(ahead: readonly StartFacts[], holder: StartFacts | null): void {
    const { store, ports } = this.scope;
    const untilMs = ports.clock.nowMs() + this.untilMs - ports.clock.monotonicMs();
    const names = ahead.map((one) => one.user.name);
    const held = holder === null ? null : { name: holder.user.name, sinceMs: holder.startedAtMs };
    const queue = { position: ahead.length + 1, ahead: names, holder: held, untilMs };
    store.update((status) => ({ ...status, reason: 'queued', queue }));
  }

  private over(ending: Ending): NonNullable<Turn> {
    return { ending, holder: null };
  }

  private expired(): Ending {
    const { unit } = this.scope;
    return endingOf('expired', failure('expired', { minutes: unit.queueTtlMinutes }, { unitId: unit.id }));
  }

  private placeLost(): Ending {
    return endingOf('superseded', failure('queuePlaceLost', {}, { unitId: this.scope.unit.id }));
  }

  private cancelledBy(user: string): Ending {
    return endingOf('cancelled', failure('cancelledBy', { user }, { unitId: this.scope.unit.id }));
  }
}

interface Bell {
  /** Ends early when a run of the unit has ended or was abandoned, or when the start is cancelled. */
  sleep(ms: number): Promise<void>;
  release(): void;
}

function newsBell({ ports, unit, cancel }: LoggedScope): Bell {
  let wake = new AbortController();
  const ring = (): void => wake.abort();
  const release = ports.news.hear((news) => {
    if (news.unitId === unit.id && news.kind !== 'progress') ring();
  });
  cancel.signal.addEventListener('abort', ring);
  return {
    async sleep(ms) {
      if (!cancel.signal.aborted) await ports.clock.sleep(ms, wake.signal);
      wake = new AbortController();
    },
    release() {
      release();
      cancel.signal.removeEventListener('abort', ring);
    },
  };
}
