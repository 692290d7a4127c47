import { type Shape, failureText as text } from '../../i18n';
import type { unitProblems as ja } from '../ja/unit-problems';

/** See the Japanese dictionary, which is the type of this one. */
export const unitProblems = {
  unitWithoutStart: text('Nothing starts this unit.', 'Show the run button, or set another way to start it.'),
  eventConditionBlank: text(
    'No field is chosen in the condition for starting.',
    'Choose a field, or delete the condition.',
  ),
  eventBlocksAfter: text(
    'A run that starts after saving cannot stop it.',
    'Choose to be told only, or run before saving.',
  ),
  eventDeletedAfter: text(
    'A run cannot start after a deletion: kintone tells the page only before it.',
    'Set the timing to "before".',
  ),
  eventActionUnused: text(
    'The process action "{action}" counts only when a process action is carried out.',
    'Choose any process action, or another event.',
  ),
  eventRepeated: text(
    'The same action is listed twice.',
    'It would start the unit twice; delete one of them.',
  ),
  executorUrlBlank: text('The URL of the service is blank.', 'Enter it, or choose another place to run.'),
  executorUrlInvalid: text(
    'The URL of the service does not have the right form.',
    'Enter "https://…/trigger/v1/" followed by the unit ID there: 14 small letters.',
  ),
  executorNeedsServer: text(
    'This unit runs on a server.',
    'Without a server that runs "nagare serve", its runs do not begin.',
  ),
  webhooksNeedServer: text(
    'This unit is started by webhooks.',
    'It needs a server that runs "nagare serve", and a webhook in the app settings of kintone.',
  ),
  schedulesNeedServer: text(
    'This unit is started at set times.',
    'It needs a server that runs "nagare serve".',
  ),
  webhooksNotRemote: text(
    'Webhooks cannot start a unit that another service runs: only a page of kintone can ask the service.',
    'Remove the webhooks, or change where it runs.',
  ),
  schedulesNotRemote: text(
    'Schedules cannot start a unit that another service runs: only a page of kintone can ask the service.',
    'Remove the schedules, or change where it runs.',
  ),
  inputNameBlank: text('The input field has no name.', 'Enter a name, or delete the field.'),
  inputNameRepeated: text('Another input field is named "{name}".', 'Choose another name.'),
  inputNameReserved: text(
    '"{name}" cannot be used: names with $ are facts of the run, such as its user and its day.',
    'Choose another name.',
  ),
  inputNameSign: text(
    'The name "{name}" must not contain % or line breaks.',
    'Take them out, so that formulas can use the name.',
  ),
  inputNameIsField: text(
    '"{name}" is also the code of a field of the calling app, so it would not be clear which value is meant.',
    'Choose another name.',
  ),
  inputTypeDiffers: text(
    'The flow "{flow}" is also used by the unit "{other}", where "{name}" has another type.',
    'Give both the same type, or choose another name.',
  ),
  unitInputUnknown: text(
    'The flow "{flow}" uses the input field "{name}", which this unit does not have.',
    'Add a field of that name under "Input", or change the flow.',
  ),
  inputChoicesEmpty: text('There are no choices.', 'Enter one choice per line.'),
  inputChoiceRepeated: text('The choice "{choice}" is listed more than once.', 'Keep one of them.'),
  inputDefaultNotChoice: text('The default "{value}" is not one of the choices.', 'Choose one of them.'),
  inputDefaultType: text('The default "{value}" is no value of this type.', 'Enter it as in the example.'),
  inputRequiredUnattended: text(
    'When a schedule or a webhook starts this unit, nobody is there to fill in "{name}", and the run fails.',
    'Enter a default, or do not require it.',
  ),
  testAppSelf: text('The copy is the real app itself ({app}).', 'Choose an app for testing.'),
  testAppRepeated: text('App {app} has more than one copy.', 'Keep one of them.'),
  testAppIsOutput: text(
    'The app chosen as a copy ({app}) is also a real output app of this unit.',
    'Choose an app for testing.',
  ),
  testAppUnused: text('This unit does not write into app {app}.', 'Remove its copy.'),
  testAppMissing: text(
    'This unit is in test mode, but the output app {app} has no copy.',
    'Nothing is written for this app until you choose one.',
  ),
  breakpointUnknown: text(
    '{count} of the places to pause belong to commands that are not there.',
    'Remove them under "Testing".',
  ),
  scheduleCronInvalid: text(
    'The schedule "{cron}" cannot be read.',
    'Enter five parts separated by spaces (minute, hour, day, month, day of week), or choose from the list.',
  ),
  scheduleTimeZoneUnknown: text('The time zone "{timeZone}" is not known.', 'Choose one from the list.'),
  scheduleNeverStarts: text(
    'No day fits the schedule "{cron}".',
    'Check the day and the month: that date does not exist.',
  ),
} satisfies Shape<typeof ja>;
