import { type FailureText, failureText as text } from '../../i18n';
import type { startErrors as ja } from '../ja/start-errors';

export const startErrors = {
  queueFull: text('等待执行的次数已满（最多 {limit} 个），本次没有开始。', '请在等待的执行减少后再执行。'),
  expired: text(
    '等待 {minutes} 分钟后仍未轮到，因此已放弃执行。没有写入任何内容。',
    '请再次执行，或在执行日志中确认正在进行的执行。',
  ),
  queuePlaceLost: text('此画面停顿了一段时间，失去了排队的位置。没有写入任何内容。', '请再次执行。'),
  watchedRunGone: text('此处显示的 {user} 的执行在写入之前中途停止了。', '请再次执行。'),
  watchedRunSays: text('{message}'),
  noServer: text(
    '等待 {minutes} 分钟后仍没有服务器接手，因此已放弃执行。没有写入任何内容。',
    '请向应用管理员确认服务器（nagare serve）是否正在运行。',
  ),
  requestDamaged: text('发送给服务器的请求内容已损坏。', '请再次执行。'),
  switchedOff: text(
    '执行单元“{name}”因短时间内反复执行，已被自动停用（{since}，最后执行者 {user}）。',
    '应用管理员在插件设置画面或执行日志中点击“重新启用”后，即可再次执行。',
  ),
  switchedOffNow: text(
    '{minutes} 分钟内超过上限执行了 {refusals} 次，执行单元“{name}”已被自动停用。',
    '请先找出反复执行的按钮或程序，然后由应用管理员在插件设置画面或执行日志中重新启用。',
  ),
  startUnitFailed: text('所启动的执行单元“{name}”没有成功。{message}', '该次执行的详情可在执行日志中查看。'),
  startUnitInterrupted: text(
    '所启动的执行单元“{name}”在写入途中停止了。',
    '请执行该执行单元并选择“继续”或“从头开始”，然后再继续本次执行。',
  ),
  startUnitLoop: text('执行单元“{name}”即将通过其他执行单元启动自身。', '请修改流程中“启动执行单元”的设置。'),
  startUnitTooDeep: text('执行单元之间最多可以启动 {limit} 层。', '请缩短执行单元之间的连接。'),
  startUnitDisabled: text('要启动的执行单元“{name}”已停用。', '请启用该执行单元，或修改流程的设置。'),
} satisfies Record<keyof typeof ja, FailureText>;
