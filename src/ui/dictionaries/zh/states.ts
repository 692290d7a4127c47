import type { Shape } from '../../i18n';
import type { states as ja } from '../ja/states';

export const states = {
  run: { Queuing: '等待中', Running: '执行中', Success: '成功', Failure: '失败' },
  flow: { Queuing: '等待中', Running: '执行中', Success: '完成', Failure: '失败', Cancel: '已取消' },
  command: { waiting: '等待中', running: '处理中', done: '完成', failed: '失败' },
  reason: {
    queued: '排队中',
    requested: '等待服务器',
    checking: '检查中',
    confirming: '等待确认',
    writing: '执行中',
    remote: '服务执行中',
    paused: '已暂停',
    done: '成功',
    noChange: '无变更',
    stopped: '因数据检查停止',
    failed: '失败',
    declined: '已放弃',
    cancelled: '已中止',
    interrupted: '已中断',
    superseded: '已被接管',
    locked: '其他执行进行中',
    rateLimited: '次数达到上限',
    expired: '等待超时',
    timedOut: '运行超时',
    unclear: '结果不明',
    switchedOff: '已自动停用',
  },
} satisfies Shape<typeof ja>;
