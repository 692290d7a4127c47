/** Runs tasks in the order they are given, never more at once than `limit` allows at that moment. */
export interface Parallel {
  run<T>(task: () => Promise<T>): Promise<T>;
  /** Tasks that have not begun will not begin. */
  stop(): void;
}

export function inParallel(limit: () => number): Parallel {
  const waiting: (() => void)[] = [];
  let inFlight = 0;
  let isStopped = false;
  const fill = (): void => {
    while (waiting.length > 0 && (inFlight === 0 || inFlight < limit())) {
      inFlight += 1;
      waiting.shift()?.();
    }
  };
  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        waiting.push(() => {
          begin(task, isStopped)
            .then(resolve, reject)
            .finally(() => {
              inFlight -= 1;
              fill();
            });
        });
        fill();
      }),
    stop() {
      isStopped = true;
    },
  };
}

/** A task that throws before its first wait has failed like any other; else its place would never be given free. */
async function begin<T>(task: () => Promise<T>, isStopped: boolean): Promise<T> {
  if (isStopped) throw new Error('stopped');
  return task();
}
