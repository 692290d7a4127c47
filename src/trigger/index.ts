/** token / run / status: the trigger protocol, one implementation behind all doors. */
export { errorCodeOf, hasErrorCode } from './error-codes';
export { taskOfEntry, taskOfStatus } from './task';
export { memoryTokenStore, TOKEN_KEPT_MS, TOKEN_VALID_MS } from './tokens';
export { createTrigger } from './trigger';
export * from './types';
export { triggerUnit } from './unit';
