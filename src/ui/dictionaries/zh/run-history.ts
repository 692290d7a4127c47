import { formatCount, type Shape } from '../../i18n';
import type { runHistory as ja } from '../ja/run-history';

const n = (value: number): string => formatCount(value, 'zh');

/** Pausing from the log, and the history of a run: texts of the log panel. */
export const runHistory = {
  pause: {
    ask: '请求暂停',
    goOn: '让其继续',
    asking: '正在通知',
    asked: (user: string) => `${user} 已请求暂停，将在下一次写入之前停下。`,
    failed: (reason: string) => `未能通知。${reason}`,
  },
  title: '状态历史',
  by: (user: string) => `操作者：${user}`,
  folded: (count: number) => `中间的 ${n(count)} 条已省略。`,
  notes: {
    person: '由人暂停',
    session: '登录已失效',
    offline: '无法连接 kintone',
    breakpoint: '断点',
    goesOn: '继续',
    takenOver: '接管',
    stopRequested: '请求中止',
    pauseRequested: '请求暂停',
    pauseLifted: '请求继续',
    planRemoved: '已删除写入计划（按保留设置）',
    enabled: '已重新启用执行单元',
    closedFromLog: '已无页面继续，由人工结束',
  },
} satisfies Shape<typeof ja>;
