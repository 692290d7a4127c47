import type { Shape } from '../../i18n';
import type { boot as ja } from '../ja/boot';

export const boot = {
  run: '执行',
  menu: '选择要执行的处理',
  group: '执行按钮',
  running: '执行中…',
  preparing: '准备中…',
  busy: (unit: string) => `正在执行“${unit}”，请等待其结束。`,
  elsewhere: (units: string, isShown: boolean) =>
    `正在其他标签页中执行：${units}。${isShown ? '点击按钮可查看该执行。' : ''}`,
  testEnvironment: '测试环境中不能执行，因为会改写正式环境的数据。请更新应用后，在正式环境的记录上执行。',
  loadFailed: '无法打开执行画面。请重新加载页面；如果仍然发生，请联系应用管理员。',
  stopped: (unit: string, reason: string) => `由于无法执行“${unit}”，此操作已中止。${reason}`,
  log: '执行日志',
} satisfies Shape<typeof ja>;
