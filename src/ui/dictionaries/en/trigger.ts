import type { FailureText, Shape } from '../../i18n';
import type { trigger as ja, triggerErrors as jaErrors } from '../ja/trigger';

/** See the Japanese dictionary, which is the type of this one. */
export const trigger = {
  settingsError: 'The settings of a data editing flow are not correct. Correct the errors of the flow.',
  concurrency: 'Another user is running the execution unit. This unit does not allow runs at the same time.',
} satisfies Shape<typeof ja>;

export const triggerErrors = {
  unitNotByApi: {
    what: '"{name}" may not be started by programs.',
    todo: 'Turn on "Programs may start this unit" in the plug-in settings.',
  },
  inputNotAccepted: {
    what: 'The value of the input field "{name}" is missing, or the unit has no such field.',
    todo: 'Check the name and the value.',
  },
  recordNotAccepted: {
    what: 'The record that was handed over does not have the form of a kintone record.',
    todo: 'Hand over event.record as it is.',
  },
  testEnvironment: {
    what: 'Units do not run in the test environment, because they would change production data.',
    todo: 'Update the app, then run the unit on a page of production.',
  },
  pageBusy: {
    what: 'Another run is going on in this page, so the confirmation cannot be shown.',
    todo: 'Run it again when that run has finished.',
  },
} satisfies Record<keyof typeof jaErrors, FailureText>;
