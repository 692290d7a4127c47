import type { Shape } from '../../i18n';
import type { states as ja } from '../ja/states';

export const states = {
  run: { Queuing: 'Waiting', Running: 'Running', Success: 'Succeeded', Failure: 'Failed' },
  flow: { Queuing: 'Waiting', Running: 'Running', Success: 'Done', Failure: 'Failed', Cancel: 'Cancelled' },
  command: { waiting: 'Waiting', running: 'Working', done: 'Done', failed: 'Failed' },
  reason: {
    queued: 'Waiting its turn',
    requested: 'Waiting for a server',
    checking: 'Checking',
    confirming: 'Awaiting approval',
    writing: 'Running',
    remote: 'Running at a service',
    paused: 'Paused',
    done: 'Succeeded',
    noChange: 'No changes',
    stopped: 'Stopped by check',
    failed: 'Failed',
    declined: 'Declined',
    cancelled: 'Cancelled',
    interrupted: 'Interrupted',
    superseded: 'Taken over',
    locked: 'Already running',
    rateLimited: 'Too many runs',
    expired: 'Waited too long',
    timedOut: 'Took too long',
    unclear: 'Outcome unknown',
    switchedOff: 'Switched off',
  },
} satisfies Shape<typeof ja>;
