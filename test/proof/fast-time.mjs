/**
 * Preloaded into a process under test (`node --import`): its clock and its long timers run this many times
 * faster, so that a lease of two minutes takes two seconds. Safety may not depend on any of it.
 */
import process from 'node:process';

const factor = Number(process.env.NAGARE_TIME_FACTOR ?? 1);
const realNow = performance.now.bind(performance);
performance.now = () => realNow() * factor;
const realSetTimeout = globalThis.setTimeout;
/** Short timers are left alone: pauses between attempts are about load, not about leases. */
const SHORT_MS = 1_000;
globalThis.setTimeout = (work, ms, ...args) =>
  realSetTimeout(work, ms > SHORT_MS ? ms / factor : ms, ...args);
