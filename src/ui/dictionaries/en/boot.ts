import type { Shape } from '../../i18n';
import type { boot as ja } from '../ja/boot';

export const boot = {
  run: 'Run',
  menu: 'Choose what to run',
  group: 'Run buttons',
  running: 'Running…',
  preparing: 'Preparing…',
  busy: (unit: string) => `"${unit}" is running. Please wait until it has finished.`,
  elsewhere: (units: string, isShown: boolean) =>
    `Running in another tab: ${units}.${isShown ? ' Press the button to see that run.' : ''}`,
  testEnvironment:
    'Not available in the test environment, because it would change production data. Update the app, then run it on a record in production.',
  loadFailed:
    'The run screen could not be opened. Reload the page; if it happens again, contact the app administrator.',
  stopped: (unit: string, reason: string) =>
    `Nothing was saved, because "${unit}" could not be run. ${reason}`,
  log: 'Run log',
} satisfies Shape<typeof ja>;
