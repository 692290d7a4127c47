import { formatCount, type Shape } from '../../i18n';
import type { breakpoint as ja } from '../ja/breakpoint';
import { columnTypes } from './type-names';

const n = (value: number): string => formatCount(value, 'zh');

export const breakpoint = {
  command: (position: number, name: string) => `${n(position)}. ${name}`,
  title: (command: string) => `已停在“${command}”之前`,
  flow: (flow: string) => `流程“${flow}”`,
  nothingYet: '尚未写入任何内容。',
  step: '执行到下一个命令',
  stepLabel: (unit: string) => `将“${unit}”执行到下一个命令`,
  noInputs: '此命令自行读取数据，没有输入的行。',
  from: (command: string, rows: number) => `来自“${command}”的 ${n(rows)} 行`,
  shownRows: (rows: number) => `显示前 ${n(rows)} 行`,
  shownColumns: (shown: number, all: number) => `共 ${n(all)} 列，显示 ${n(shown)} 列`,
  join: '，',
  row: '行',
  noRows: '没有行。',
  whole: '将长的值换行显示',
  clipped: '以“…”结尾的长的值仅显示前 200 个字符。',
  types: columnTypes,
  announce: (unit: string, command: string) =>
    `“${unit}”的执行已停在“${command}”之前。可以继续执行、执行到下一个命令或中止。`,
} satisfies Shape<typeof ja>;
