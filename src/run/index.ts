export { type Observations, WATCH_MS } from './lease';
export * from './ports';
export { resumeRun } from './resume';
export { isRetryableCode, retrying } from './retry';
export type { RunRequest } from './scope';
export { previewUnit, startRun } from './start';
export * from './status';
