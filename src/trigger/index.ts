/** token / run / status: the trigger protocol, one implementation behind all doors. */

export { errorCodeOf } from './error-codes';
export { ERRORS, type ErrorName, errorBody, internalError } from './errors';
export { taskOfEntry, taskOfStatus } from './task';
export { isSameText, memoryTokenStore, TOKEN_KEPT_MS, TOKEN_VALID_MS } from './tokens';
export { createTrigger } from './trigger';
export * from './types';
export { triggerUnit } from './unit';
