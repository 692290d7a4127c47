import type { FailureText } from '../../i18n';
import type { writeErrors as ja } from '../ja/write-errors';

/** Why runs stand still, stop, or are refused on the writing side. */
export const writeErrors = {
  testRowsCut: { what: '测试最多写入 {limit} 行，其余不写入。', todo: '' },
  testNoCopy: {
    what: '该应用没有测试用副本，因此不写入。',
    todo: '应用管理员：请在执行单元的测试设置中选择副本应用。',
  },
  notOneCommit: {
    what: '需写入 {rows} 行，超出一次写入的上限（约 {limit} 行），因此拒绝执行，没有写入任何内容。',
    todo: '应用管理员：请用条件减少对象，或调整执行单元在写入中途失败时的处理方式。',
  },
  notOneCommitDeferred: {
    what: '有流程必须等待前面流程的写入，无法一次写入全部内容，因此拒绝执行，没有写入任何内容。',
    todo: '应用管理员：请拆分流程，或调整执行单元在写入中途失败时的处理方式。',
  },
  conflictSkipped: {
    what: '确认之后被其他人修改，因此未写入：{values}',
    todo: '再次执行即可用最新内容重新检查。',
  },
  conflictGone: { what: '确认之后已被删除，因此未写入：{values}', todo: '' },
  conflictSame: { what: '确认之后被修改，已与要写入的内容相同：{values}', todo: '' },
  conflictOtherKey: {
    what: '确认之后键值发生变化，已是另一条记录，因此未写入：{values}',
    todo: '再次执行即可用最新内容重新检查。',
  },
  conflictUnsafe: {
    what: '确认之后被修改，原定的删除或状态变更可能不再适用，因此保持原样：{values}',
    todo: '再次执行即可用最新内容重新检查。',
  },
  conflictReplanned: { what: '确认之后被其他人修改，已与最新内容重新比较后写入：{values}', todo: '' },
  conflictOverwritten: { what: '确认之后被其他人修改，按设置覆盖写入：{values}', todo: '' },
  runTimedOut: {
    what: '超过了最长执行时间（{minutes} 分钟），已在写入的间隔处停止。已写入的部分保留。',
    todo: '可以用“继续”写入剩余部分。如果时间不够，请调整执行单元的“最长执行时间”。',
  },
} satisfies Record<keyof typeof ja, FailureText>;
