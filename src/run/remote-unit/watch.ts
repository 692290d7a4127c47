/** Watching a task of a remote service until it has ended, or until nobody wants to wait any longer. */
import { FailureError, failure, type Params } from '../../definition/errors';
import { parseDateTimeText, secondOfTimeText, zoneCalendar } from '../../formula/calendar';
import { endingOf } from '../endings';
import { backoffMs } from '../retry';
import { type Ending, flowEntries, type LoggedScope } from '../scope';
import { moveOf, persist } from '../stand-still';
import type { FlowStatus } from '../status';
import { stopEnding } from '../stops';
import type { RemoteClient } from './client';
import { isStopTaken, type RemoteFlow, type RemoteTask, readTask } from './replies';

/** Between two questions; the last one again and again. The reference's sample asks every 5 s. */
const POLL_AFTER_MS = [2_000, 5_000, 10_000] as const;
/** How long a service that has taken a wish to stop may take to come to a stop. */
const STOP_WITHIN_MS = 90_000;
/** krewData's number for "somebody else is running the unit". */
const CONCURRENCY_ERROR = '134';
/** A watch without a limit would hold the unit for ever where a service loses its task. */
const WATCH_MINUTES = 60;

/** Minutes that a run of a remote unit is watched. */
export const watchMinutes = (maxRunMinutes: number): number =>
  maxRunMinutes === 0 ? WATCH_MINUTES : maxRunMinutes;

export interface Watched {
  /** Memory only. */
  readonly token: string;
  readonly taskId: string;
  /** The task is somebody else's, shown because ours was refused. */
  readonly isFollowed: boolean;
  readonly host: string;
}

/** Answers how the run ends. Lost questions are asked again: a status changes nothing. */
export function watchTask(scope: LoggedScope, client: RemoteClient, watched: Watched): Promise<Ending> {
  return new Watch(scope, client, watched).toItsEnd();
}

class Watch {
  readonly #scope: LoggedScope;
  readonly #client: RemoteClient;
  readonly #watched: Watched;
  /** When a stop that the service has taken must have come about; null: none. */
  #stopUntilMs: number | null = null;
  #written = '';

  constructor(scope: LoggedScope, client: RemoteClient, watched: Watched) {
    this.#scope = scope;
    this.#client = client;
    this.#watched = watched;
  }

  async toItsEnd(): Promise<Ending> {
    const { ports } = this.#scope;
    let answers = 0;
    let misses = 0;
    for (;;) {
      const pauseMs =
        misses > 0
          ? POLL_AFTER_MS[0] + backoffMs(misses, ports.random)
          : (POLL_AFTER_MS[Math.min(answers, POLL_AFTER_MS.length - 1)] ?? 0);
      const ending = (await this.#wait(pauseMs)) ?? (await this.#leave());
      if (ending !== null) return ending;
      const reply = await this.#ask();
      if (reply === 'missed') {
        misses += 1;
        continue;
      }
      if ('reason' in reply) return reply;
      misses = 0;
      answers += 1;
      const end = (await this.#show(reply)) ?? this.#endOf(reply);
      if (end !== null) return end;
    }
  }

  async #wait(ms: number): Promise<null> {
    const { ports, cancel } = this.#scope;
    // After a stop was taken the signal stays set, and there is still something to wait for.
    if (this.#stopUntilMs !== null) await ports.clock.sleep(ms);
    else await ports.clock.sleep(ms, cancel.signal);
    return null;
  }

  /** Null: go on watching. */
  async #leave(): Promise<Ending | null> {
    const { ports, cancel, unit } = this.#scope;
    if (!cancel.signal.aborted) return null;
    if (this.#watched.isFollowed) return endingOf('locked', this.#failure('remoteBusy'));
    if (this.#stopUntilMs !== null)
      return ports.clock.monotonicMs() < this.#stopUntilMs ? null : this.#left();
    if (stopEnding(this.#scope).reason === 'timedOut') {
      const minutes = watchMinutes(unit.maxRunMinutes);
      return endingOf('unclear', this.#failure('remoteWatchOver', { minutes }));
    }
    const { token, taskId } = this.#watched;
    try {
      if (!isStopTaken(await this.#client.stop(token, taskId))) return this.#left();
    } catch {
      return this.#left();
    }
    this.#stopUntilMs = ports.clock.monotonicMs() + STOP_WITHIN_MS;
    return null;
  }

  #left(): Ending {
    const user = stopEnding(this.#scope).failure?.params['user'] ?? this.#scope.request.user.name;
    return endingOf('unclear', this.#failure('remoteLeft', { user }));
  }

  async #ask(): Promise<RemoteTask | Ending | 'missed'> {
    const { cancel } = this.#scope;
    const { token, taskId, isFollowed } = this.#watched;
    const signal = this.#stopUntilMs === null ? cancel.signal : new AbortController().signal;
    try {
      const reply = readTask(await this.#client.status(token, taskId, signal));
      if (reply.kind === 'task') return reply;
      if (reply.kind === 'unreadable' || reply.code === 429) return 'missed';
      // A token reads the status of its own task; krewData may refuse that of another one.
      if (isFollowed) return endingOf('locked', this.#failure('remoteBusy'));
      return endingOf('unclear', this.#failure('remoteStatusRefused', { says: reply.description }));
    } catch (error) {
      if (error instanceof FailureError || cancel.signal.aborted) return 'missed';
      throw error;
    }
  }

  /** The card at every answer, the log record at every change; an ending: the record belongs to somebody else now. */
  async #show(task: RemoteTask): Promise<Ending | null> {
    const scope = this.#scope;
    const { store, ports } = scope;
    const flows = task.flows.map((flow) => flowStatus(flow, scope.request.timeZone));
    const isLive = task.state === 'Queuing' || task.state === 'Running';
    const before = store.getSnapshot().state;
    const state = task.state === 'Queuing' ? 'Queuing' : 'Running';
    store.update((status) => ({ ...status, state, flows }));
    if (!isLive) return null;
    const entries = flowEntries(store.getSnapshot(), ports.describe);
    const text = JSON.stringify([state, entries]);
    if (text === this.#written) return null;
    this.#written = text;
    const to = { state, reason: 'remote' } as const;
    const moves = state === before ? [] : [moveOf(scope, to)];
    const refused = await persist(scope, { ...to, flows: entries }, moves);
    return refused?.reason === 'superseded' ? refused : null;
  }

  #endOf({ state, errorCode, errorMessage }: RemoteTask): Ending | null {
    if (state === 'Queuing' || state === 'Running') return null;
    if (this.#watched.isFollowed)
      return endingOf('locked', this.#failure(state === 'Success' ? 'remoteOtherDone' : 'remoteOtherFailed'));
    if (state === 'Success') return endingOf('done');
    if (this.#stopUntilMs !== null) return endingOf('cancelled', stopEnding(this.#scope).failure);
    if (errorCode === CONCURRENCY_ERROR) return endingOf('locked', this.#failure('remoteBusy'));
    return endingOf(
      'failed',
      this.#failure('remoteFailed', { errorCode: errorCode || '–', errorMessage: errorMessage || '–' }),
    );
  }

  #failure(code: string, params: Params = {}) {
    const { host, taskId } = this.#watched;
    return failure(code, { host, taskId, ...params }, { unitId: this.#scope.unit.id });
  }
}

/** A flow of the service has no commands here, and its rows are not counted. */
function flowStatus(flow: RemoteFlow, timeZone: string): FlowStatus {
  return {
    flowId: flow.key,
    key: flow.key,
    name: flow.name,
    state: flow.state,
    startedAtMs: instantOf(flow.startTime, timeZone),
    endedAtMs: instantOf(flow.endTime, timeZone),
    commands: [],
    outputs: [],
    failure: null,
  };
}

/** The protocol writes times without a zone; they are read in that of the person. */
function instantOf(text: string, timeZone: string): number | null {
  const minutes = text === '' ? null : parseDateTimeText(text, zoneCalendar(timeZone));
  return minutes === null ? null : (minutes * 60 + secondOfTimeText(text)) * 1_000;
}
