/** What the main thread of a page did, step by step, from the trace of the browser itself. */
import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** Microseconds on the clock, and of computing time of the thread. */
  readonly dur?: number;
  readonly tdur?: number;
}

/** Tasks of the page's main thread, in milliseconds. */
interface Task {
  readonly atMs: number;
  readonly wallMs: number;
  readonly cpuMs: number;
}

const LONG_MS = 50;
const CATEGORIES = [
  'toplevel',
  'disabled-by-default-devtools.timeline',
  'devtools.timeline',
  'blink.user_timing',
];
/** Begins the names of our marks in the trace. */
const MARK = 'step: ';

/** Tasks of the page's main thread by step; a task belongs to the step in which it began. */
function tasksByStep(trace: Buffer): ReadonlyMap<string, readonly Task[]> {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
  const marks = traceEvents
    .filter((event) => event.name.startsWith(MARK))
    .sort((one, other) => one.ts - other.ts);
  // The page marks the steps from its main thread.
  const [first] = marks;
  if (first === undefined) throw new Error('The trace has no marks.');
  const steps = new Map<string, Task[]>();
  for (const { name, ph, pid, tid, ts, dur = 0, tdur = 0 } of traceEvents) {
    if (name !== 'RunTask' || ph !== 'X' || pid !== first.pid || tid !== first.tid) continue;
    const step = marks.findLast((mark) => mark.ts <= ts)?.name.slice(MARK.length);
    if (step === undefined) continue;
    const task = { atMs: (ts - first.ts) / 1000, wallMs: dur / 1000, cpuMs: tdur / 1000 };
    steps.set(step, [...(steps.get(step) ?? []), task]);
  }
  return steps;
}

const longest = (tasks: readonly Task[], of: (task: Task) => number): string =>
  `${Math.round(tasks.reduce((most, task) => Math.max(most, of(task)), 0))} ms`;

/** Computing time is what counts on a machine that does other things; the time on the clock is what a person sees. */
function say(title: string, tasks: readonly Task[]): void {
  const long = tasks.filter((task) => task.wallMs >= LONG_MS);
  console.log(
    `${title}: longest task ${longest(tasks, (task) => task.cpuMs)} of computing, ` +
      `${longest(tasks, (task) => task.wallMs)} on the clock; ${long.length} of ${tasks.length} tasks over ${LONG_MS} ms on the clock`,
  );
  for (const task of long) {
    const [at, wall, cpu] = [task.atMs, task.wallMs, task.cpuMs].map(Math.round);
    console.log(`  at ${at} ms: ${wall} ms on the clock, ${cpu} ms of computing`);
  }
}

export interface Watch {
  /** Names what the page does from now on. */
  step(name: string): Promise<void>;
  /** Ends the trace and prints the long tasks of every step. */
  print(): Promise<void>;
}

/** Watches the main thread of a page; one watch at a time. */
export async function watchTasks(browser: Browser, page: Page): Promise<Watch> {
  await browser.startTracing(page, { categories: CATEGORIES });
  return {
    step: (name) => page.evaluate((mark) => void performance.mark(mark), `${MARK}${name}`),
    async print() {
      for (const [name, tasks] of tasksByStep(await browser.stopTracing())) say(name, tasks);
    },
  };
}
