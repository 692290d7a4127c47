import type { Shape } from '../../i18n';
import type { remote as ja } from '../ja/remote';

export const remote = {
  on: (host: string) => `正在 ${host} 执行。`,
  ask: (host: string) => `将请求 ${host} 执行。这里无法显示将写入的内容。`,
  runsAsService: '将发送此记录的值。写入使用该服务的权限，而不是您的权限。',
  asking: (host: string) => `正在请求 ${host} 执行。`,
  waits: (host: string) => `正在 ${host} 等待顺序。`,
  followed: (host: string) => `其他用户的执行正在 ${host} 进行。您的执行没有开始，这里显示该执行。`,
  stay: '关闭此页面不会停止执行，但将无法收到结果。',
  leave: '停止查看',
  leaveLabel: (unit: string) => `停止查看“${unit}”的执行`,
  leaving: '正在确认能否停止。',
  done: (host: string) => `${host} 上的执行已成功。`,
  cancelled: (host: string) => `${host} 上的执行已停止。停止前写入的内容会保留。`,
  nothing: '没有开始任何执行。',
  task: (taskId: string) => `任务编号: ${taskId}`,
  noWayBack: '在其他服务上的执行，无法从这里重试、继续或撤销。',
  title: '连接测试',
  note: '检查由其他服务执行的执行单元能否获得访问令牌。不会执行任何内容，但每次测试都计入每分钟的执行次数。',
  test: (unit: string) => `测试“${unit}”的连接`,
  check: '测试',
  testing: '测试…',
} satisfies Shape<typeof ja>;
