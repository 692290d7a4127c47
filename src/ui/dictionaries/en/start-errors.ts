import { type FailureText, failureText as text } from '../../i18n';
import type { startErrors as ja } from '../ja/start-errors';

export const startErrors = {
  queueFull: text(
    'The run was not started, because too many runs are waiting (at most {limit}).',
    'Run it again when fewer runs are waiting.',
  ),
  expired: text(
    'Its turn did not come within {minutes} minutes, so the run was given up. Nothing was written.',
    'Run it again, or look into the run log to see what is going on.',
  ),
  queuePlaceLost: text(
    'This screen stood still for a while and lost its place in the queue. Nothing was written.',
    'Run it again.',
  ),
  watchedRunGone: text(
    'The run of {user} that was shown here stopped before it wrote anything.',
    'Run it again.',
  ),
  watchedRunSays: text('{message}'),
  noServer: text(
    'No server picked the run up within {minutes} minutes, so it was given up. Nothing was written.',
    'Ask the app administrator whether the server (nagare serve) is running.',
  ),
  requestDamaged: text('The request to the server is damaged.', 'Run it again.'),
  switchedOff: text(
    'The unit "{name}" was disabled automatically, because it was run again and again in a short time ({since}, last by {user}).',
    'An app administrator can enable it again with "Enable again" in the plug-in settings or the run log.',
  ),
  switchedOffNow: text(
    'The unit "{name}" was run beyond its limit {refusals} times within {minutes} minutes and has been disabled.',
    'Find the button or program that keeps starting it. An app administrator can then enable it again in the plug-in settings or the run log.',
  ),
  startUnitFailed: text(
    'The unit "{name}" that was started did not succeed. {message}',
    'The run log shows the details of that run.',
  ),
  startUnitInterrupted: text(
    'The unit "{name}" that was started stopped half-way through writing.',
    'Run that unit and choose "Continue" or "Start over", then continue this run.',
  ),
  startUnitLoop: text(
    'The unit "{name}" was about to start itself by way of other units.',
    'Correct the settings of "Start unit" in the flow.',
  ),
  startUnitTooDeep: text(
    'Units can start units at most {limit} levels deep.',
    'Make the chain of units shorter.',
  ),
  startUnitDisabled: text(
    'The unit to be started, "{name}", is disabled.',
    'Enable that unit, or correct the settings of the flow.',
  ),
} satisfies Record<keyof typeof ja, FailureText>;
