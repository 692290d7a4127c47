import { formatCount } from '../../i18n';
import { columnTypes } from './type-names';

const n = (value: number): string => formatCount(value, 'ja');

/** A run in test mode that stands before a command: texts of the run's card. */
export const breakpoint = {
  command: (position: number, name: string) => `${n(position)}. ${name}`,
  title: (command: string) => `「${command}」の直前で止まっています`,
  flow: (flow: string) => `フロー「${flow}」`,
  nothingYet: 'まだ何も書き込んでいません。',
  step: '次のコマンドまで',
  stepLabel: (unit: string) => `「${unit}」の実行を次のコマンドまで進める`,
  noInputs: 'このコマンドは、自分でデータを読み込みます。入ってくる行はありません。',
  from: (command: string, rows: number) => `「${command}」から ${n(rows)} 行`,
  shownRows: (rows: number) => `はじめの ${n(rows)} 行を表示`,
  shownColumns: (shown: number, all: number) => `${n(all)} 列のうち ${n(shown)} 列を表示`,
  join: '、',
  row: '行',
  noRows: '行がありません。',
  whole: '長い値を折り返して表示',
  clipped: '「…」で終わる長い値は、はじめの 200 文字だけを表示しています。',
  types: columnTypes,
  announce: (unit: string, command: string) =>
    `「${unit}」の実行は「${command}」の直前で止まりました。続けるか、次のコマンドまで進めるか、中止するかを選べます。`,
};
