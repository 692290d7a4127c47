import { type FailureText, failureText as text } from '../../i18n';
import type { remoteErrors as ja } from '../ja/remote-errors';

export const remoteErrors = {
  remoteUrlInvalid: text(
    'The unit "{name}" has no address of a service that runs it.',
    'An app administrator should check "Where it runs" in the settings of the unit.',
  ),
  remoteOnlyInPage: text(
    'The unit "{name}" is run by another service, so it can be started from kintone pages only.',
    'Start it on a page of a record.',
  ),
  remoteNoTestMode: text(
    'A unit in test mode cannot be run by another service, which would write into the real apps.',
    'Put the unit into productive mode, or prepare a unit for tests at the service.',
  ),
  remoteTestOk: text('The connection works: {host} has issued an access token. Nothing was run.'),
  remoteNotSetUp: text(
    'No serial number or app URL is stored for {host}. Nothing was started.',
    'An app administrator should store them under "Where it runs" in the unit\'s settings, and update the app.',
  ),
  remoteSetUpWrong: text(
    '{host} does not accept the stored serial number or app URL. Nothing was started. ({says})',
    'An app administrator should store them anew under "Where it runs" in the unit\'s settings, and update the app.',
  ),
  remoteUnknownUnit: text(
    '{host} knows no unit at this address. Nothing was started.',
    'Check the address of the unit.',
  ),
  remoteNotByApi: text(
    'The unit at {host} is not set to be started by API. Nothing was started.',
    'Set its way of starting to API in the settings of the service.',
  ),
  remoteUnitInvalid: text(
    'The unit at {host} is disabled, or has no valid flow. Nothing was started.',
    'Enable the unit in the settings of the service, and check its flows.',
  ),
  remoteOtherApp: text(
    'This app is not the calling app of the unit at {host}. Nothing was started.',
    'Check the calling app in the settings of the service.',
  ),
  remoteRecordRefused: text(
    '{host} did not accept the record that was sent. Nothing was started. ({says})',
    'Check the record. If it keeps happening, tell the provider of the service this sentence.',
  ),
  remoteInputRefused: text(
    '{host} did not accept the input. Nothing was started. ({says})',
    'Give this unit the same input fields as the unit at the service.',
  ),
  remoteTokenRefused: text(
    '{host} did not accept the access token it had issued. Nothing was started. ({says})',
    'Run it again.',
  ),
  remoteProtocol: text(
    '{host} speaks the protocol differently. Nothing was started. ({says})',
    'Check the address of the unit. If it keeps happening, tell the app administrator this sentence.',
  ),
  remoteLicense: text(
    '{host} does not take the serial number for a valid one. Nothing was started.',
    'Check your contract and the serial number, and store it anew in the settings of the unit.',
  ),
  remoteDisabled: text(
    'The unit was run too often at {host}, which has disabled it. Enable it again in the settings of krewData.',
    'After that an app administrator should press "Enable again" in the run log. Until then it is not started from here either.',
  ),
  switchedOffRemote: text(
    'The unit "{name}" was disabled automatically ({since}, last by {user}). The service that runs it may have disabled it too.',
    'Enable it again in the settings of the service (krewData, for example); then an app administrator should press "Enable again" in the run log.',
  ),
  remoteRefused: text(
    '{host} refused the run ({code}: {says}). Nothing was started.',
    'Tell the app administrator this sentence.',
  ),
  remoteBusy: text(
    'Somebody else is running this unit at {host}. This run was not started.',
    'Run it again when that run has ended.',
  ),
  remoteOtherDone: text(
    'The other run that was shown here ({taskId}) has succeeded. Your own run was not started.',
    'Run it again if it is still needed.',
  ),
  remoteOtherFailed: text(
    'The other run that was shown here ({taskId}) has failed. Your own run was not started.',
    'Look for the reason in the log of {host} before you run it.',
  ),
  remoteUnreachable: text(
    '{host} could not be reached ({cause}). Nothing was started.',
    'Wait a little and run it again. Every try counts for the limit of runs.',
  ),
  remoteUnreadable: text(
    'The answer of {host} cannot be read (HTTP {status}). Nothing was started.',
    'Check the address of the unit, and whether the service is running.',
  ),
  remoteUnclear: text(
    'The run was requested, but no answer of {host} arrived, so its outcome is unknown ({cause}). It may have been carried out.',
    'Before you run it again, look into the log of {host} to see whether it was.',
  ),
  remoteLeft: text(
    '{user} stopped watching. The run at {host} ({taskId}) was not stopped and goes on.',
    'See its outcome in the log of {host}.',
  ),
  remoteWatchOver: text(
    'The run at {host} ({taskId}) did not end within {minutes} minutes and is no longer watched. It may go on.',
    'See its outcome in the log of {host}. "Longest run (minutes)" of the unit changes how long it is watched.',
  ),
  remoteStatusRefused: text(
    '{host} does not tell how the requested run ({taskId}) is going ({says}). It may go on.',
    'Before you run it again, see its outcome in the log of {host}.',
  ),
  remoteFailed: text(
    'The run at {host} ({taskId}) has failed ({errorCode}: {errorMessage}).',
    'See in the log of {host} what was written, and why it failed.',
  ),
  remoteLost: text(
    'The page of {user} that had requested the run was closed, so its outcome is unknown (task {taskId}). It may have been carried out.',
    'See its outcome in the log of the service.',
  ),
  remoteUnclearFound: text(
    'The outcome of the run before, by {user} (task {taskId}), is unknown, so this one was not started. The run before was recorded as "outcome unknown".',
    'See its outcome in the log of the service, then run it again.',
  ),
} satisfies Record<keyof typeof ja, FailureText>;
