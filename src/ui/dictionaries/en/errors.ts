import type { FailureText } from '../../i18n';
import type { errors as ja } from '../ja/errors';
import { againErrors } from './again';
import { httpErrors } from './http-errors';
import { inputErrors } from './input-errors';
import { remoteErrors } from './remote-errors';
import { serverErrors } from './server-errors';
import { startErrors } from './start-errors';
import { triggerErrors } from './trigger';
import { writeErrors } from './write-errors';

/** For codes without a text of their own. */
export const unknownError: FailureText = {
  what: 'An unexpected error occurred ({code}).',
  todo: 'Try again. If it happens again, give this code to the app administrator.',
};

export const errors = {
  ...httpErrors,
  ...remoteErrors,
  ...serverErrors,
  ...triggerErrors,
  ...startErrors,
  ...againErrors,
  ...inputErrors,
  ...writeErrors,
  // Starting and ending a run
  alreadyStarted: { what: 'This press has already started a run.', todo: 'See the run log for its state.' },
  locked: { what: '{user} is running this now.', todo: 'Try again when that run has finished.' },
  rateLimited: {
    what: 'The run was not started, because the unit was run too often (at most {limit} times a minute).',
    todo: 'Wait about {waitSeconds} seconds, then run it again.',
  },
  interruptedRunFound: {
    what: 'The run of {user} stopped half-way ({written} of {planned} records written).',
    todo: 'Choose "Continue" or "Start over".',
  },
  closedAsInterrupted: {
    what: 'It had stopped half-way and was closed when {user} started a new run.',
    todo: 'What had been written stays.',
  },
  closedFromLog: {
    what: 'Nobody was working on it any more, so {user} closed it from the run log.',
    todo: 'What had been written stays.',
  },
  holderNotClosed: {
    what: 'A run of {user} stopped half-way and still holds the unit. You may not close it. kintone says: {message} ({code})',
    todo: 'Ask {user} or the app administrator to close it in the run log (log record {logRecord}). Everybody who runs units needs permission to edit records of the log app.',
  },
  engineLost: {
    what: 'The browser stopped the run that was working in this page. Some of it may have been written.',
    todo: 'Press the button again: if something was written, you can go on from there. If it happens again, close other tabs or read fewer records at once.',
  },
  declined: { what: '{user} cancelled at the confirmation. Nothing was written.', todo: '' },
  confirmTimedOut: {
    what: 'The confirmation was open for 10 minutes without an answer, so the run was given up. Nothing was written.',
    todo: 'Run it again.',
  },
  cancelled: { what: 'The run was stopped.', todo: '' },
  cancelledBy: { what: '{user} stopped the run.', todo: '' },
  superseded: {
    what: 'Another screen took this run over, so this screen stopped writing.',
    todo: 'The run log shows the result.',
  },
  resumeEnded: {
    what: 'This run has already ended in another screen.',
    todo: 'The run log shows the result.',
  },
  definitionChanged: {
    what: 'The settings changed while the run was stopped, so the remaining flows cannot be continued.',
    todo: 'Start over. Rows that were written already count as unchanged.',
  },
  unitMissing: { what: 'This unit has been removed from the settings.', todo: 'Reload the page.' },
  unitDisabled: {
    what: 'The unit "{name}" is disabled.',
    todo: 'Ask the app administrator to enable it on the settings page.',
  },
  unitWithoutFlows: {
    what: 'The unit "{name}" has no flow that could run.',
    todo: 'Ask the app administrator to add a flow on the settings page.',
  },
  // The log app
  logAppNotSet: {
    what: 'No log app is set. It is needed to record runs and to prevent double runs.',
    todo: 'App administrator: create or choose one under "Log app" on the settings page of the plug-in, then update the app.',
  },
  logAppMissing: {
    what: 'The log app was not found. It may have been deleted.',
    todo: 'App administrator: set the log app again on the settings page of the plug-in.',
  },
  noLogPermission: {
    what: 'You may not add records to the log app, so nothing can be run.',
    todo: 'Ask the app administrator for permission to view, add and edit records of the log app.',
  },
  logAppIncomplete: {
    what: 'The log app lacks a field that Nagare needs.',
    todo: 'App administrator: check and repair the log app on the settings page of the plug-in.',
  },
  logRefused: {
    what: 'The run could not be recorded in the log app, so it was not started. kintone says: {message} ({code})',
    todo: 'App administrator: check and repair the log app on the settings page.',
  },
  journalRefused: {
    what: 'kintone refused to update the run log: {message} ({code})',
    todo: 'Writing stopped here. App administrator: check the permissions and fields of the log app.',
  },
  planDamaged: {
    what: 'The file with the planned writes, needed to continue, is damaged.',
    todo: 'Start over.',
  },
  planVersion: {
    what: 'The file with the planned writes has a format that this version cannot read ({version}).',
    todo: 'Reload the page. If that does not help, start over.',
  },
  // kintone's answers
  appNotFound: {
    what: 'The app was not found. It was deleted or is not published.',
    todo: 'App administrator: check the input and output apps of the flow.',
  },
  noReadPermission: {
    what: 'You may not view records of this app.',
    todo: 'Ask the app administrator for permission to view them.',
  },
  noWritePermission: {
    what: 'You may not change these records or fields.',
    todo: 'Ask the app administrator for permission to add, edit and delete records.',
  },
  fieldMissing: {
    what: 'A field that the flow uses does not exist in the app.',
    todo: 'App administrator: check whether the field was deleted or its code changed, and correct the flow.',
  },
  rowRefused: {
    what: 'kintone did not accept a value: {message}',
    todo: 'Check the field named below (required, unique, length …) and the value that is written into it.',
  },
  recordChanged: {
    what: 'Somebody updated a record after the check. Writing stopped, so that nothing is overwritten.',
    todo: 'Run again to check with the latest data.',
  },
  callingRecordGone: {
    what: 'The calling record #{recordId} was not found: it was deleted, or you may not view it.',
    todo: 'Run the unit from another record.',
  },
  recordGone: {
    what: 'A record that was to be written has been deleted since the check.',
    todo: 'Run again to check with the latest data.',
  },
  kintoneRefused: {
    what: 'kintone refused the request: {message} ({code})',
    todo: 'Check the message and run again. If it happens again, contact the app administrator.',
  },
  sessionExpired: {
    what: 'Your login has expired.',
    todo: 'Log in to kintone in another tab, then run again. A run that had begun writing can be continued.',
  },
  wrongPassword: { what: 'The login name or password is wrong.', todo: 'Check the connection settings.' },
  unreachable: {
    what: 'kintone cannot be reached ({cause}).',
    todo: 'Check the network. Run again to find out what has arrived; nothing is written twice.',
  },
  otherGuestSpace: {
    what: 'The output app ({app}) is in another space than the log app, so they cannot be written together.',
    todo: 'App administrator: create the log app in the same guest space as the output app.',
  },
  // The flow and its data
  flowInvalid: {
    what: 'The flow cannot run because of a mistake in its settings ({problem}).',
    todo: 'App administrator: see the problems of the flow on the settings page and correct them.',
  },
  needsCommit: {
    what: 'A field was to be read whose value is known only after an earlier flow has written.',
    todo: 'It can be computed once the earlier flow has written.',
  },
  blankKey: {
    what: 'The key ({keys}) is blank in {count} rows.',
    todo: 'Filter these rows out or correct the input data.',
  },
  duplicateKeyInResult: {
    what: 'The result has several rows with the same key ({keys}): {values}',
    todo: 'Group the rows, or use more key fields.',
  },
  duplicateKeyInApp: {
    what: 'The output app has several records with the same key ({keys}): {values}',
    todo: 'It is not clear which one to write. Remove the duplicates from the output app.',
  },
  numberTooLong: {
    what: 'A number has too many digits for kintone: {value} (at most {digits} digits)',
    todo: 'Round it in a formula, or change the number precision of the app.',
  },
  lookupKeyMissing: {
    what: 'The app ({app}) that the lookup "{field}" refers to lacks records for {count} values: {values}',
    todo: 'Nothing has been written. Add the records there, or correct the values of the records in brackets.',
  },
  lookupRefused: {
    what: 'The app that the lookup refers to has no record with this value: {message}',
    todo: 'Add the record there, or correct the value in the flow.',
  },
  uniqueSwapped: {
    what: 'The records {values} would swap values of "{field}", which prohibits duplicates.',
    todo: 'Give one of them another value first, then run again.',
  },
  tableKeyBlank: {
    what: 'The key "{key}" is blank in {count} rows for the table "{field}".',
    todo: 'Correct the data, or have the rows replaced.',
  },
  tableKeyRepeated: {
    what: 'The table "{field}" has several rows with the same key "{key}": {values}',
    todo: 'It is not clear which one to write. Remove the duplicates.',
  },
  recordAddedBefore: {
    what: 'An earlier output of this flow adds the record "{label}".',
    todo: 'Put both into one output, or into separate flows.',
  },
  processOff: {
    what: 'Process management of the app is off.',
    todo: 'App manager: switch it on in the settings of the app.',
  },
  actionUnknown: {
    what: 'The process of the app has no action "{action}".',
    todo: 'App manager: check whether the action has been renamed.',
  },
  actionNotAllowed: {
    what: 'The action "{action}" is not possible in the status "{status}" ({count} records): {values}',
    todo: 'Filter the rows, or have such records skipped.',
  },
  actionRefused: {
    what: 'kintone refused the change of status: {message}',
    todo: 'Check the condition of the action and the present assignee.',
  },
  optionsBlanked: {
    what: 'Values that are no options of "{field}" ({values}) were left blank.',
    todo: 'To keep them, add the options in the settings of the app.',
  },
  blankKeysSkipped: {
    what: 'Rows with a blank key ({keys}) were left out.',
    todo: 'If they should be written, correct the data.',
  },
  duplicateKeysSkipped: {
    what: 'Of rows with the same key ({keys}), only one is used: {values}',
    todo: 'Check that the order of the rows picks the right one.',
  },
  optionMissing: {
    what: '"{value}" is not an option of the field "{field}".',
    todo: 'Add the option, or replace the value in the flow.',
  },
  valueNotConvertible: {
    what: 'The value "{value}" of the column "{column}" cannot be written into the field "{field}".',
    todo: 'Convert it in an edit command, or correct the input data.',
  },
  valuesNotConverted: {
    what: 'Values that could not be converted were left blank.',
    todo: 'Check the input data if this was not intended.',
  },
  duplicatesRemoved: { what: 'Duplicate rows were taken out.', todo: '' },
  rowsBeyondLimit: { what: 'Rows beyond the number were left out.', todo: '' },
  limitCountInvalid: {
    what: 'The value "{value}" of the parameter "{parameter}" is no number of rows.',
    todo: 'Enter an integer, 0 or more.',
  },
  joinLeftDropped: { what: 'Rows of the left data without a partner are not in the result.', todo: '' },
  joinRightDropped: { what: 'Rows of the right data without a partner are not in the result.', todo: '' },
  emptyTablesDropped: { what: 'Records whose table "{table}" is empty were left out.', todo: '' },
  unpivotRowsDropped: { what: 'Rows with blank values only were left out.', todo: '' },
  joinTooLarge: {
    what: 'The join would give too many rows ({rows}).',
    todo: 'The keys repeat too often. Add a key, or group the rows before.',
  },
  lookupAmbiguous: {
    what: '{count} rows find several rows of the master ({keys}): {values}',
    todo: 'Remove the duplicates from the master, or choose to use the first or last.',
  },
  lookupMissing: {
    what: '{count} rows are not found in the master ({keys}): {values}',
    todo: 'Add them to the master, or correct the input data.',
  },
  lookupSeveral: {
    what: 'The master had several rows, one of them was used ({keys}): {values}',
    todo: 'Check the master for duplicates.',
  },
  lookupBlank: {
    what: 'Not found in the master, the columns were left blank ({keys}): {values}',
    todo: 'Check the master and the input data.',
  },
  lookupDropped: { what: 'Rows not found in the master were left out ({keys}): {values}', todo: '' },
  blankRowsDropped: { what: 'Rows without any value did not go into the table "{table}".', todo: '' },
  pivotValueUnknown: {
    what: 'Column "{column}" has values that no column is listed for ({count} rows): {values}',
    todo: 'App administrator: add them to the values that become columns, or leave out or gather such rows.',
  },
  pivotRowsIgnored: {
    what: 'Rows were left out, because no column is listed for their value of "{column}": {values}',
    todo: 'Check the input data to see whether this is intended.',
  },
  valueTooManyRows: {
    what: 'There are too many rows to return ({count}; at most {limit}).',
    todo: 'Take fewer with "First N rows" or "Filter", or write them into an app.',
  },
  valueTooLong: {
    what: 'The value to return is too large ({count} characters of JSON; at most {limit}).',
    todo: 'Return fewer columns or rows, or write them into an app.',
  },
  tooManyRows: {
    what: 'There would be too many rows ({count}; {limit} at most).',
    todo: 'Filter the rows before, or turn fewer columns into rows.',
  },
  constantNotConvertible: {
    what: 'The value "{value}" of the parameter does not fit the column "{column}".',
    todo: 'Correct the value in the calling record, or the type of the column.',
  },
  typeNotConvertible: {
    what: '{count} values of the column "{column}" do not fit the new type: {values}',
    todo: 'Correct the values, or choose what happens to values that do not fit.',
  },
  typeLeftBlank: {
    what: 'Values of the column "{column}" did not fit the new type and were left blank: {values}',
    todo: 'Check the input data if this was not intended.',
  },
  typeKeptAsText: {
    what: 'Values of the column "{column}" did not fit the new type and were kept in another column: {values}',
    todo: '',
  },
  typeFirstOption: {
    what: 'Values of the column "{column}" are no options and became the first one: {values}',
    todo: 'Check the input data if this was not intended.',
  },
  checkStopped: {
    what: 'The data check found errors in {count} rows and stopped the flow. This flow wrote nothing.',
    todo: 'Correct what was found, then run again.',
  },
  checkMessage: { what: '{message} (rows {rows})', todo: '' },
  checkRequired: { what: '"{column}" is blank (rows {rows}).', todo: '' },
  checkRange: { what: '"{column}" is out of range (rows {rows}: {values}).', todo: '' },
  checkCompare: { what: '"{column}" does not fulfil the comparison (rows {rows}: {values}).', todo: '' },
  checkPattern: { what: '"{column}" does not have the right format (rows {rows}: {values}).', todo: '' },
  checkExists: {
    what: 'Values of "{column}" do not exist in the other app (rows {rows}: {values}).',
    todo: '',
  },
  checkOption: { what: 'Values of "{column}" are no options (rows {rows}: {values}).', todo: '' },
  checkFormula: { what: 'The formula of check {number} is not TRUE (rows {rows}).', todo: '' },
  checkNoRow: { what: 'There is no row at all.', todo: '' },
  valueUnexpected: {
    what: 'The value of the field "{field}" could not be read.',
    todo: 'Contact the app administrator.',
  },
  formulaErrors: {
    what: 'The formula of the column "{column}" gave an error ({error}) in {count} rows.',
    todo: 'Check the formula and the values of these rows.',
  },
  conditionValueInvalid: {
    what: 'The value "{value}" of a condition cannot be compared with "{field}".',
    todo: 'App administrator: correct the value of the condition.',
  },
  parameterMissing: {
    what: 'The parameter "{parameter}" has no value.',
    todo: 'Check the fields of the calling record and the settings of the flow.',
  },
  parameterNotUsable: {
    what: 'The parameter "{parameter}" cannot be used in this condition.',
    todo: 'App administrator: choose a text, number or date field.',
  },
  commandUnknown: {
    what: 'The flow uses a command that this version does not have ({type}).',
    todo: 'Install the latest version of the plug-in.',
  },
  commandCrashed: {
    what: 'The plug-in made a mistake while working on a command: {message}',
    todo: 'Please report it to the makers of the plug-in with the copied report.',
  },
  unexpected: {
    what: 'An unexpected error occurred: {message}',
    todo: 'Try again. If it happens again, tell the app administrator.',
  },
  // Reading and saving the settings
  settingsInvalid: {
    what: 'The settings are not valid at "{path}".',
    todo: 'App administrator: correct them on the settings page, or check the exported file.',
  },
  settingsUnknownKey: {
    what: 'The settings contain "{path}", which this version does not know.',
    todo: 'Install the latest version of the plug-in.',
  },
  settingsForbiddenKey: {
    what: 'The settings contain the name "{key}", which must not be used.',
    todo: 'Correct the file at "{path}".',
  },
  settingsNotJson: {
    what: 'The settings file is not readable as JSON: {reason}',
    todo: 'Choose the file exactly as it was exported.',
  },
  settingsTooDeep: {
    what: 'The settings are nested too deeply (at most {limit} levels).',
    todo: 'Choose the file exactly as it was exported.',
  },
  settingsTooLarge: {
    what: 'The settings are too large ({bytes} bytes; the limit is {limitBytes} bytes).',
    todo: 'Split the flows, or delete those that are not used.',
  },
  settingsOverQuota: {
    what: 'The settings exceed what kintone can store ({bytes} bytes; the limit is {limitBytes} bytes).',
    todo: 'Delete unused flows, or export them and move them to another app.',
  },
  settingsSaveFailed: {
    what: 'The settings could not be saved: {message}',
    todo: 'Save again. If it fails again, export the settings and reload the page.',
  },
  settingsChangedElsewhere: {
    what: '{savedBy} saved the settings after this page was opened.',
    todo: 'Choose which version to keep.',
  },
  settingsVersionNewer: {
    what: 'The settings have a newer format ({version}) than this plug-in knows.',
    todo: 'Install the latest version of the plug-in.',
  },
  settingsVersionUnknown: {
    what: 'The format of the settings ({version}) is not known.',
    todo: 'Choose the file exactly as it was exported.',
  },
  storedSettingsDamaged: {
    what: 'The stored settings are damaged ({reason}).',
    todo: 'App administrator: import an exported file on the settings page and save.',
  },
  storedSettingsIncomplete: {
    what: 'A part of the stored settings ({key}) is missing.',
    todo: 'App administrator: import an exported file on the settings page and save.',
  },
  storedSettingsNewer: {
    what: 'The stored settings have a newer format than this plug-in knows.',
    todo: 'Install the latest version of the plug-in.',
  },
  // Errors of single rows in formulas
  notANumber: {
    what: 'A text cannot be read as a number.',
    todo: 'Correct the value, or choose another one with IFERROR.',
  },
  notADate: { what: 'A text cannot be read as a date.', todo: 'Write it as 2026-01-31 or 2026/1/31.' },
  notATime: { what: 'A text cannot be read as a time.', todo: 'Write it as 9:30.' },
  notADateTime: { what: 'A text cannot be read as a date and time.', todo: 'Write it as 2026-01-31 09:30.' },
  divisionByZero: { what: 'A number is divided by 0.', todo: 'Choose a value for 0 with IF.' },
  argumentOutOfRange: {
    what: 'A function was given a value that it does not accept.',
    todo: 'Check the arguments of the function.',
  },
  dateOutOfRange: {
    what: 'A date is before year 1 or after year 9999.',
    todo: 'Check how the date is computed.',
  },
  textNotFound: {
    what: 'The text that is looked for was not found.',
    todo: 'Choose a value for this case with IFERROR.',
  },
  noMatch: { what: 'No condition or value fits.', todo: 'Add a value for all other cases at the end.' },
  textTooLong: {
    what: 'A text is longer than 65,536 characters, or the column holds too much text.',
    todo: 'Change the formula so that the text is shorter.',
  },
  unknownFormat: {
    what: 'The format given to TEXT does not fit this kind of value.',
    todo: 'Correct the format.',
  },
  undoNothing: {
    what: 'This run kept no record of its writes, so it cannot be undone.',
    todo: 'Look at the plan attached to its log record.',
  },
  planRemoved: {
    what: 'The plan of this run was removed after a later run by {user} had succeeded, because the unit keeps only the plan of its last run.',
    todo: 'Undo the last run, or correct the records by hand. To be able to undo older runs from now on, let the unit keep the records of every run.',
  },
  undoNotEnded: {
    what: 'A run that has not ended cannot be undone.',
    todo: 'Stop the run, or wait until it has ended.',
  },
  undoChangedSince: {
    what: '{count} records that were changed after the run stay as they are: {values}',
    todo: 'Open them and correct them if needed.',
  },
  undoGoneSince: {
    what: '{count} records that were deleted after the run cannot be brought back: {values}',
    todo: '',
  },
  undoIdsUnknown: {
    what: '{count} added records are not deleted, because their ids are not known.',
    todo: 'Look in the output app for records added at the time of the run.',
  },
  undoStatusStays: {
    what: '{count} records keep the process status that the run gave them: {values}',
    todo: 'Change the status on the record if needed.',
  },
  undoAddedAnew: { what: '{count} deleted records are added again with new numbers.', todo: '' },
  appSettingsChanged: {
    what: 'The settings of the app were changed after this page was opened.',
    todo: 'Check what changed, then overwrite or open the page again.',
  },
  continueNotEnded: {
    what: 'A run that has not ended cannot be continued.',
    todo: 'Wait until it has ended, or stop it.',
  },
  continueNothing: { what: 'This run left no plan to finish.', todo: 'Run again.' },
  continueStale: {
    what: 'A run by {user} has written since. Finishing this one could bring old values back.',
    todo: 'Run again to check against the data of now.',
  },
  alreadyContinued: {
    what: 'The rest of this run has already been written by another run.',
    todo: 'Look in the run log.',
  },
  runRecordGone: {
    what: 'The log record of this run cannot be found.',
    todo: 'Ask the app administrator whether log records were deleted.',
  },
} satisfies Record<keyof typeof ja, FailureText>;
