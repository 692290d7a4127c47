import type { Shape } from '../../i18n';
import type { runControl as ja } from '../ja/run-control';

/** Standing still and going on: texts of the run's card. */
export const runControl = {
  pause: '暂停',
  pauseLabel: (unit: string) => `暂停执行“${unit}”`,
  proceed: '继续执行',
  proceedLabel: (unit: string) => `继续执行“${unit}”`,
  tryNow: '立即确认',
  soon: '将在下一次写入之前暂停。按“继续执行”可以取消。',
  person: (user: string, since: string) =>
    `${user} 于 ${since} 暂停了执行。已写入的部分保留。按“继续执行”写入剩余部分。`,
  session: 'kintone 登录已失效。在其他标签页重新登录后会自动继续。请不要关闭本页面。',
  offline: '无法连接 kintone。恢复连接后会自动继续。请不要关闭本页面。',
  sure: '已写入的行不会再次写入。',
  test: {
    title: '测试模式',
    limited: (rows: number) => `不会写入正式应用，只向测试用副本写入，最多 ${rows} 行。`,
    planOnly: '不会写入任何内容，仅显示计划写入的内容。',
    cut: (rows: number) => `有 ${rows} 行在本次执行中不写入。`,
    passesStops: '由于不是在页面上由人启动的执行，因此不会在暂停的位置停下。',
    close: '关闭',
    shown: '测试模式的上限为 0 行，因此没有写入任何内容。',
  },
  commits: {
    unit: '要么全部写入，要么都不写入（一次提交）。',
    flow: '每个流程要么全部写入，要么都不写入；前面流程已写入的部分保留。',
    split: '行数较多，将分批写入。中途失败时，已写入的部分保留。',
  },
  announce: (unit: string) => `“${unit}”的执行已暂停。`,
} satisfies Shape<typeof ja>;
