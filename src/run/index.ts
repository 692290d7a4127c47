export { LEASE_MS, type Observations } from './lease';
export * from './ports';
export { resumeRun } from './resume';
export { isRetryableCode, retrying } from './retry';
export { type RunRequest, runIdOf } from './scope';
export { previewUnit, startRun } from './start';
export * from './status';
