export { type Observations, WATCH_MS } from './lease';
export * from './ports';
export { hostUnreachable, MAX_REPLY_BYTES, REMOTE_TIMEOUT_MS, replyTooLarge, replyTooLate } from './remote';
export { resumeRun } from './resume';
export { isRetryableCode, retrying } from './retry';
export type { RunRequest } from './scope';
export { previewUnit, startRun } from './start';
export * from './status';
export { undoRun } from './undo';
