import { failureText as text } from '../../i18n';

/** Values given at the start of a run. */
export const inputErrors = {
  inputUnknown: text('There is no input field "{name}".', 'Fields that can be given: {known}'),
  inputRequired: text('"{label}" has no value.', 'Give a value, then run again.'),
  inputUnreadable: text(
    'The value "{value}" of "{label}" cannot be read.',
    'Give a value of the type “{type}” (a number as 1234.5, a date as 2026-11-28, a time as 09:30, a date and time as 2026-11-28 09:30).',
  ),
  inputNotOption: text('The value "{value}" of "{label}" is not one of its options.', 'Options: {options}'),
  inputNeedsRecord: text(
    'This unit uses values of the record ({fields}) and cannot start without one.',
    'Run it from a record.',
  ),
  inputCancelled: text(
    'The values were not given, so nothing was run.',
    'To run the unit, start it again and give the values.',
  ),
};
