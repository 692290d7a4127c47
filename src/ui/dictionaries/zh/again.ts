import { type FailureText, formatCount, type Shape } from '../../i18n';
import type { again as ja, againErrors as jaErrors } from '../ja/again';

const n = (value: number): string => formatCount(value, 'zh');

/** Carrying on from another run, and looking again before one agrees. */
export const again = {
  fromFailed: '从失败的流程开始',
  fromFailedNote:
    '不再执行已完成的流程。将按当前的设置和数据重新计划失败的流程及其后的流程，写入前可以确认。失败的流程已写入的部分会保留，因此没有键的新增可能会重复。',
  doneEarlier: '已完成（上次执行）',
  leftOut: (flows: string) => `上次执行中已完成，本次不再执行：${flows}`,
  checkedAt: (when: string) => `此内容确认于 ${when}。`,
  old: (minutes: number) => `确认后已超过 ${minutes} 分钟，期间数据可能已发生变化。`,
  recheck: '重新确认',
  startOver: {
    title: (unit: string) => `要从头执行“${unit}”吗？`,
    definition: '执行单元和流程按当前的设置执行。如果此次执行之后设置有更改，则使用更改后的设置。',
    record: (id: string) => `使用调用源记录 #${id} 当前的值。`,
    noRecord: '没有调用源记录。',
    input: '首先显示输入栏，其中已填入此次执行的值。',
    written: (count: number) => `此次执行已写入的 ${n(count)} 条会原样保留。没有键的新增可能会重复。`,
    closes: '中途停止的此次执行将作为“中断”结束。',
    asks: '写入前是否确认，取决于执行单元的设置。',
    start: '从头执行',
  },
  log: {
    title: '此次执行之后可以进行的操作',
    elsewhere: '“继续”“从失败的流程开始”“从头开始”“撤销”可在记录列表的执行日志中进行。',
    testEnvironment: '测试环境中不能执行，因为会写入正式的应用。请更新应用后，在正式环境的执行日志中操作。',
    busy: '此页面正在进行其他执行。请在其结束后再次点击。',
  },
} satisfies Shape<typeof ja>;

export const againErrors = {
  flowDoneEarlier: { what: '上次执行中已完成，本次不再执行。', todo: '' },
  fromFailedDone: { what: '此次执行已成功，没有失败的流程。', todo: '如需再次执行，请从头开始。' },
  fromFailedNothing: { what: '此次执行中没有已完成的流程。', todo: '请从头开始执行。' },
  fromFailedChanged: {
    what: '流程“{flow}”的名称或顺序已更改，或已从执行单元中移除，因此无法从中间的流程开始执行。',
    todo: '请恢复设置，或从头开始执行。',
  },
} satisfies Record<keyof typeof jaErrors, FailureText>;
