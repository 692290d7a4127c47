/** A way to stop in the middle of runs and leave each as a run that can be gone on with. */
import type { JournalPort } from '../../run';

export interface Drain {
  /** The journal of a run: after `stop` none of its writes leaves any more. */
  guard(journal: JournalPort): JournalPort;
  /** No new write begins; resolves when those on their way have come back. */
  stop(): Promise<void>;
  readonly isStopping: () => boolean;
}

export function createDrain(): Drain {
  let isStopping = false;
  const underWay = new Set<Promise<unknown>>();

  function pass<T>(work: () => Promise<T>): Promise<T> {
    // The run stands still here. To kintone it looks like one whose process was killed, only tidier.
    if (isStopping) return new Promise<never>(() => undefined);
    const result = work();
    underWay.add(result);
    const gone = (): void => void underWay.delete(result);
    result.then(gone, gone);
    return result;
  }

  return {
    isStopping: () => isStopping,
    guard: (journal) => ({
      ...journal,
      create: (entry) => pass(() => journal.create(entry)),
      commit: (request) => pass(() => journal.commit(request)),
      upload: (name, bytes) => pass(() => journal.upload(name, bytes)),
    }),
    async stop() {
      isStopping = true;
      await Promise.allSettled([...underWay]);
    },
  };
}
