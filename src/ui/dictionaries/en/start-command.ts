import { type Shape, failureText as text } from '../../i18n';
import type { startCommand as ja, startProblems as jaProblems } from '../ja/start-command';

/** The form of the command that starts a unit. */
export const startCommand = {
  startUnit: {
    unit: 'Unit to start',
    none: 'Please choose',
    unknown: '(unknown unit)',
    when: 'Start it',
    always: 'whenever the flow has ended',
    hasRows: 'when there are rows here',
    changed: 'when the flow has written something',
    wait: 'Wait until it has ended',
    waitHint: 'If it waits, this flow fails when the started run fails. If not, the run is only started.',
    hint: 'The started run writes without asking. Its calling record is the one of this run.',
    waits: 'waits',
  },
} satisfies Shape<typeof ja>;

/** What can be wrong with its settings. */
export const startProblems = {
  unitNotChosen: text('No unit to start is chosen.', 'Choose a unit.'),
  startedUnitUnknown: text('The unit to start does not exist ({unitId}).', 'Choose another unit.'),
  startedUnitCircular: text(
    'Starting the unit "{name}" would lead back to this unit, in a circle.',
    'Choose a unit that does not start this one.',
  ),
  startedUnitDisabled: text(
    'The unit to start, "{name}", is disabled. Runs will fail like this.',
    'Enable that unit.',
  ),
} satisfies Shape<typeof jaProblems>;
