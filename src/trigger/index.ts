/** token / run / status: the trigger protocol, one implementation behind all doors. */

export { inputFault, recordIdOf } from './calling';
export { ERROR_CODES, errorCodeOf, hasErrorCode } from './error-codes';
export { isKintoneRecord } from './requests';
export { startReplyOf } from './start-reply';
export { taskOfEntry, taskOfStatus } from './task';
export { memoryTokenStore, TOKEN_KEPT_MS, TOKEN_VALID_MS } from './tokens';
export { createTrigger } from './trigger';
export * from './types';
export { triggerUnit } from './unit';
