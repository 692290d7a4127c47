import { formatCount, type Shape } from '../../i18n';
import type { waiting as ja } from '../ja/waiting';

const n = (value: number): string => formatCount(value, 'zh');

export const waiting = {
  next: '下一个就轮到本次执行。',
  position: (position: number) => `正在排队，第 ${n(position)} 位。`,
  holder: (user: string, since: string) => `${user} 从 ${since} 开始正在执行。`,
  free: '前面的执行已结束，即将开始。',
  ahead: (users: string) => `排在前面的人：${users}`,
  join: '、',
  until: (time: string) => `如果到 ${time} 仍未轮到，将放弃执行。`,
  stay: '请保持此页面打开。轮到时会自动开始。',
  leave: '不再等待',
  leaveLabel: (unit: string) => `不再等待“${unit}”`,
  joined: (user: string, since: string) => `正在显示 ${user} 于 ${since} 开始的执行。`,
  joinedNote: '该执行在其他画面中进行。关闭此页面不会使其停止。',
  joinedAsks: '正在等待对方确认。',
  requested: '正在等待服务器接手。关闭此页面不会取消。',
  onServer: '正在服务器上执行。关闭此页面不会使其停止。',
  starts: (unit: string) => `结束后将启动执行单元“${unit}”。`,
  startsWait: (unit: string) => `写入后将启动执行单元“${unit}”，并等待其结束。`,
  startsNote: '所启动的执行单元的写入不包含在此确认中，将不经确认直接写入。',
  said: (position: number) => `正在排队，第 ${n(position)} 位。`,
} satisfies Shape<typeof ja>;
