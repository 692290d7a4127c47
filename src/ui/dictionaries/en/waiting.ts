import { formatCount, type Shape } from '../../i18n';
import type { waiting as ja } from '../ja/waiting';

const n = (value: number): string => formatCount(value, 'en');

export const waiting = {
  next: 'This run is next.',
  position: (position: number) => `Number ${n(position)} in the queue.`,
  holder: (user: string, since: string) => `${user} has been running this since ${since}.`,
  free: 'The run before has ended. This one starts in a moment.',
  ahead: (users: string) => `Waiting before you: ${users}`,
  join: ', ',
  until: (time: string) => `If its turn does not come by ${time}, the run is given up.`,
  stay: 'Keep this page open. The run starts by itself when its turn comes.',
  leave: 'Leave the queue',
  leaveLabel: (unit: string) => `Leave the queue of "${unit}"`,
  joined: (user: string, since: string) => `You see the run that ${user} started at ${since}.`,
  joinedNote: 'It runs in another screen. Closing this page does not stop it.',
  joinedAsks: 'It waits for the confirmation of that person.',
  requested: 'Waiting for a server to pick the run up. Closing this page does not cancel it.',
  onServer: 'A server is running this. Closing this page does not stop it.',
  starts: (unit: string) => `Afterwards it starts the unit "${unit}".`,
  startsWait: (unit: string) => `After writing, it starts the unit "${unit}" and waits until it has ended.`,
  startsNote: 'What units that are started write is not part of this preview. They write without asking.',
  said: (position: number) => `Waiting in the queue, number ${n(position)}.`,
} satisfies Shape<typeof ja>;
