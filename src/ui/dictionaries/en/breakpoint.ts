import { formatCount, type Shape } from '../../i18n';
import type { breakpoint as ja } from '../ja/breakpoint';
import { columnTypes } from './type-names';

const n = (value: number): string => formatCount(value, 'en');
const counted = (value: number, one: string, many: string): string =>
  `${n(value)} ${value === 1 ? one : many}`;

export const breakpoint = {
  command: (position: number, name: string) => `${n(position)}. ${name}`,
  title: (command: string) => `Stopped before “${command}”`,
  flow: (flow: string) => `Flow “${flow}”`,
  nothingYet: 'Nothing has been written yet.',
  step: 'To the next command',
  stepLabel: (unit: string) => `To the next command of “${unit}”`,
  noInputs: 'This command reads its data by itself. No rows go into it.',
  from: (command: string, rows: number) => `${counted(rows, 'row', 'rows')} from “${command}”`,
  shownRows: (rows: number) => `the first ${n(rows)} are shown`,
  shownColumns: (shown: number, all: number) => `${n(shown)} of ${n(all)} columns are shown`,
  join: ', ',
  row: 'Row',
  noRows: 'There are no rows.',
  whole: 'Wrap long values',
  clipped: 'Of long values that end in “…” only the first 200 characters are shown.',
  types: columnTypes,
  announce: (unit: string, command: string) =>
    `The run of “${unit}” has stopped before “${command}”. Go on, go to the next command, or stop.`,
} satisfies Shape<typeof ja>;
