/**
 * Where the engine works: in a worker made from a blob, because kintone serves plug-in files under addresses that
 * cannot be named; in the page's own thread where the browser, or a content security policy, has no such worker.
 */
import { failure } from '../../definition/errors';
import { type Begun, isAsked, isStartProblem } from '../panel/contract';
import { type Caller, connect, type Offered, type Port } from './calls';
import type { EngineCalls, PageCalls, StartOrder } from './messages';
import { type RemoteRun, remoteRun } from './remote-run';

/** A refused worker fires `error`; one that says nothing at all must not keep anybody waiting. */
const FIRST_WORD_MS = 10_000;

export interface EngineThread extends Port {
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

export interface ThreadTools {
  /** May throw. */
  startWorker(): EngineThread;
  /** A port to an engine in this thread. */
  inThisThread(): Promise<Port>;
  /** What the page does for the engine. */
  readonly page: Pick<Offered<PageCalls>, 'requestToken' | 'fetchText'>;
  /** Absent ones switch off the watch over a worker that dies without a word. */
  readonly locks: { request(name: string, granted: () => void): Promise<unknown> } | undefined;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  nowMs(): number;
}

export interface Engine {
  start(order: StartOrder): Promise<Begun>;
}

/** Starts the thread with the first order; a thread that is lost is replaced with the next one. */
export function engine(tools: ThreadTools): Engine {
  let thread: Promise<Connection> | null = null;
  const lost = (): void => {
    thread = null;
  };
  return {
    async start(order) {
      thread ??= openThread(tools, lost);
      const { calls, runs } = await thread.catch((error: unknown) => {
        lost();
        throw error;
      });
      const started = await calls.call('start', order);
      if (isStartProblem(started) || isAsked(started)) return started;
      const run = remoteRun(calls, started.run, started.status, tools.nowMs);
      runs.set(started.run, run);
      void run.handle.ended.then(() => runs.delete(started.run));
      return run.handle;
    },
  };
}

interface Connection {
  readonly calls: Caller<EngineCalls>;
  readonly runs: Map<number, RemoteRun>;
}

async function openThread(tools: ThreadTools, onLost: () => void): Promise<Connection> {
  return (await inWorker(tools, onLost)) ?? connection(await tools.inThisThread(), tools, () => undefined);
}

function connection(port: Port, tools: ThreadTools, onReady: (lock: string) => void): Connection {
  const runs: Connection['runs'] = new Map();
  const calls = connect<EngineCalls, PageCalls>(port, {
    ready: onReady,
    status: (update) => runs.get(update.run)?.receive(update),
    requestToken: tools.page.requestToken,
    fetchText: tools.page.fetchText,
  });
  return { calls, runs };
}

/** null where no worker comes up; nothing has been asked of it then. */
function inWorker(tools: ThreadTools, onLost: () => void): Promise<Connection | null> {
  let worker: EngineThread;
  try {
    worker = tools.startWorker();
  } catch {
    return Promise.resolve(null);
  }
  return new Promise((resolve) => {
    const waiting = new AbortController();
    const giveUp = (): void => {
      if (waiting.signal.aborted) return;
      waiting.abort();
      worker.terminate();
      resolve(null);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      giveUp();
    };
    const made = connection(worker, tools, (lock) => {
      waiting.abort();
      watch(worker, lock, tools, () => {
        made.calls.close(failure('engineLost'));
        onLost();
      });
      resolve(made);
    });
    void tools.sleep(FIRST_WORD_MS, waiting.signal).then(giveUp);
  });
}

/** Calls `onLost` once when the worker is no more: by its error, or by the lock that the browser frees at its death. */
function watch(worker: EngineThread, lock: string, tools: ThreadTools, onLost: () => void): void {
  let isLost = false;
  const lose = (): void => {
    if (isLost) return;
    isLost = true;
    // After an error nobody knows what it would do next.
    worker.terminate();
    onLost();
  };
  worker.onerror = lose;
  if (lock === '') return;
  tools.locks?.request(lock, lose).catch(() => undefined);
}
