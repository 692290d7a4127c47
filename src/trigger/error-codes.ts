/**
 * `errorCode` of a failed task. krewData documents two codes: 33 (settings) and 134 (concurrency). The others are
 * Nagare's own and begin at 1000, away from krewData's. They never change their meaning (table: docs/trigger.md).
 */
import type { Task } from './types';

export const SETTINGS_ERROR = '33';
export const CONCURRENCY_ERROR = '134';

/** Codes of failures by the number that the protocol gives them. */
export const ERROR_CODES: Readonly<Record<string, readonly string[]>> = {
  [SETTINGS_ERROR]: [
    'flowInvalid',
    'unitMissing',
    'unitDisabled',
    'unitWithoutFlows',
    'logAppNotSet',
    'otherGuestSpace',
    'startUnitLoop',
    'startUnitTooDeep',
    'startUnitDisabled',
    'appNotFound',
    'fieldMissing',
    'processOff',
    'actionUnknown',
    'commandUnknown',
    'limitCountInvalid',
    'constantNotConvertible',
    'typeNotConvertible',
    'settingsInvalid',
    'settingsUnknownKey',
    'settingsForbiddenKey',
    'settingsNotJson',
    'settingsTooDeep',
    'settingsTooLarge',
    'settingsVersionNewer',
    'settingsVersionUnknown',
    'storedSettingsDamaged',
    'storedSettingsIncomplete',
    'storedSettingsNewer',
  ],
  [CONCURRENCY_ERROR]: ['locked', 'alreadyStarted', 'queueFull'],
  '1000': ['unexpected', 'commandCrashed', 'needsCommit'],
  '1001': ['rateLimited', 'switchedOff', 'switchedOffNow'],
  '1002': ['cancelled', 'cancelledBy', 'declined', 'confirmTimedOut'],
  '1003': [
    'interruptedRunFound',
    'closedAsInterrupted',
    'engineLost',
    'superseded',
    'resumeEnded',
    'definitionChanged',
    'planDamaged',
    'planVersion',
    'appSettingsChanged',
    'alreadyContinued',
    'continueNotEnded',
    'continueNothing',
    'continueStale',
    'undoNothing',
    'undoNotEnded',
    'runRecordGone',
    'queuePlaceLost',
    'watchedRunGone',
    'watchedRunSays',
    'requestDamaged',
    'startUnitFailed',
    'startUnitInterrupted',
    'planNotOwn',
    'jobExpired',
  ],
  '1004': [
    'noReadPermission',
    'noWritePermission',
    'noLogPermission',
    'sessionExpired',
    'wrongPassword',
    'notificationNotVerified',
    'requestForged',
  ],
  '1005': ['unreachable'],
  '1006': [
    'kintoneRefused',
    'rowRefused',
    'recordChanged',
    'recordGone',
    'recordAddedBefore',
    'lookupRefused',
    'actionRefused',
    'actionNotAllowed',
  ],
  '1007': [
    'blankKey',
    'duplicateKeyInResult',
    'duplicateKeyInApp',
    'numberTooLong',
    'lookupKeyMissing',
    'uniqueSwapped',
    'tableKeyBlank',
    'tableKeyRepeated',
    'optionMissing',
    'valueNotConvertible',
    'valueUnexpected',
    'valueTooManyRows',
    'valueTooLong',
    'joinTooLarge',
    'tooManyRows',
    'valueTooManyRows',
    'valueTooLong',
    'lookupSeveral',
    'lookupMissing',
    'lookupAmbiguous',
    'pivotValueUnknown',
    'notANumber',
    'notADate',
    'notATime',
    'notADateTime',
    'divisionByZero',
    'argumentOutOfRange',
    'dateOutOfRange',
    'textNotFound',
    'noMatch',
    'textTooLong',
    'unknownFormat',
    'formulaErrors',
    'checkStopped',
    'conditionValueInvalid',
    'parameterMissing',
    'inputRequired',
    'inputUnknown',
    'inputNotOption',
    'inputUnreadable',
    'parameterNotUsable',
  ],
  '1008': [
    'httpUrlInvalid',
    'httpUnreachable',
    'httpTimedOut',
    'httpTooLarge',
    'httpStatus',
    'httpNotJson',
    'httpPathMissing',
    'httpNoRows',
    'httpValueInvalid',
    'csvQuoteOpen',
    'csvColumnMissing',
    'csvColumnTwice',
  ],
  '1010': ['expired', 'noServer', 'runTimedOut'],
  '1009': ['logAppMissing', 'logAppIncomplete', 'logRefused', 'journalRefused'],
};

const NUMBERS: ReadonlyMap<string, string> = new Map(
  Object.entries(ERROR_CODES).flatMap(([number, codes]) => codes.map((code) => [code, number] as const)),
);

/** Whether the code has a number that somebody chose for it. */
export const hasErrorCode = (failureCode: string): boolean => NUMBERS.has(failureCode);

/** For run records whose code is blank or has no number. */
const BY_REASON: Partial<Record<Task['reason'], string>> = {
  locked: CONCURRENCY_ERROR,
  rateLimited: '1001',
  cancelled: '1002',
  declined: '1002',
  interrupted: '1003',
  superseded: '1003',
  switchedOff: '1001',
  expired: '1010',
  timedOut: '1010',
  unclear: '1011',
};

/**
 * A failure without a number of its own takes that of the reason. Findings about settings have codes by the
 * hundred, so whatever is left is one: 33.
 */
export function errorCodeOf({ failureCode, reason }: Pick<Task, 'failureCode' | 'reason'>): string {
  const known = NUMBERS.get(failureCode) ?? BY_REASON[reason];
  return known ?? (failureCode === '' ? '1000' : SETTINGS_ERROR);
}
