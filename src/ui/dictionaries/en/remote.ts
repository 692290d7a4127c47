import type { Shape } from '../../i18n';
import type { remote as ja } from '../ja/remote';

export const remote = {
  on: (host: string) => `Running at ${host}.`,
  ask: (host: string) => `${host} is asked to run it. What it is going to write cannot be shown here.`,
  runsAsService:
    'The values of this record are sent. The service writes with its own rights, not with yours.',
  asking: (host: string) => `Asking ${host} to run it.`,
  waits: (host: string) => `Waiting for its turn at ${host}.`,
  followed: (host: string) =>
    `Somebody else's run is going on at ${host}. Your own was not started; that run is shown here.`,
  stay: 'Closing this page does not stop the run, but then its outcome cannot be received.',
  leave: 'Stop watching',
  leaveLabel: (unit: string) => `Stop watching the run of "${unit}"`,
  leaving: 'Asking whether it can be stopped.',
  done: (host: string) => `The run at ${host} has succeeded.`,
  cancelled: (host: string) => `The run at ${host} was stopped. What had been written before stays.`,
  nothing: 'Nothing was started.',
  task: (taskId: string) => `Task: ${taskId}`,
  noWayBack: 'A run at another service cannot be retried, continued or undone from here.',
  title: 'Connection test',
  note: 'Checks whether units that another service runs get an access token. Nothing is run, but every test counts for the runs of the minute.',
  test: (unit: string) => `Test the connection of "${unit}"`,
  check: 'Test the connection',
  testing: 'Test the connection …',
} satisfies Shape<typeof ja>;
