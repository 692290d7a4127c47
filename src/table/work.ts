/**
 * Long work in pieces. A page that stands still for more than a few frames feels broken, and a table of a
 * hundred thousand rows takes longer than that to sort; so such work is written as a generator that yields
 * where it can rest, and whoever runs it decides whether it does.
 */
export type Work<T> = Generator<undefined, T, undefined>;

/** All at once. */
export function workThrough<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** With a rest after each piece, as long as `rest` sees fit; its rejection ends the work. */
export async function workInPieces<T>(work: Work<T>, rest: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await rest();
  }
}
