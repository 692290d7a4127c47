import { type Shape, failureText as text } from '../../i18n';
import type { startCommand as ja, startProblems as jaProblems } from '../ja/start-command';

/** The form of the command that starts a unit. */
export const startCommand = {
  startUnit: {
    unit: '要启动的执行单元',
    none: '请选择',
    unknown: '（找不到的执行单元）',
    when: '启动条件',
    always: '流程结束时总是启动',
    hasRows: '此处有行时',
    changed: '流程写入了内容时',
    wait: '等待其结束',
    waitHint: '等待时，如果所启动的执行失败，本流程也会失败。不等待时，仅启动后继续。',
    hint: '所启动的执行不经确认直接写入。调用源记录与本次执行相同。',
    waits: '等待',
  },
} satisfies Shape<typeof ja>;

/** What can be wrong with its settings. */
export const startProblems = {
  unitNotChosen: text('未选择要启动的执行单元。', '请选择执行单元。'),
  startedUnitUnknown: text('找不到要启动的执行单元（{unitId}）。', '请重新选择执行单元。'),
  startedUnitCircular: text('启动执行单元“{name}”会循环启动自身。', '请选择不会形成循环的执行单元。'),
  startedUnitDisabled: text('要启动的执行单元“{name}”已停用，执行将会失败。', '请启用该执行单元。'),
} satisfies Shape<typeof jaProblems>;
