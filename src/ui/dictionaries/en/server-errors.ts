import type { FailureText } from '../../i18n';

/** What a server says of runs that it does not start, or does not go on with. */
export const serverErrors = {
  jobExpired: {
    what: 'The run was given up: its turn did not come within {minutes} minutes.',
    todo: 'Look into the run log for a run of the same unit that takes very long.',
  },
  notificationNotVerified: {
    what: 'The run was not started: kintone does not confirm what the notification says ({reason}).',
    todo: 'Check whether the record was deleted meanwhile. If nobody did, change the secret in the address of the webhook.',
  },
  requestForged: {
    what: 'The run was not started: {creator} asked for it in the name of {user}.',
    todo: 'Check who may add records to the log app.',
  },
  planNotOwn: {
    what: 'The plan of the interrupted run cannot be shown to be the one that this server has made.',
    todo: 'Go on from a page, after a look at what will be written.',
  },
} satisfies Record<string, FailureText>;
