import type { FailureText } from '../../i18n';

/** What a server says of runs that it does not start, or does not go on with. */
export const serverErrors = {
  jobExpired: {
    what: '{minutes} 分钟内未轮到，已放弃运行。',
    todo: '请在运行日志中查看同一执行单元是否有长时间未结束的运行。',
  },
  notificationNotVerified: {
    what: 'kintone 未能证实通知的内容，未启动运行（{reason}）。',
    todo: '请确认通知之后记录是否被删除。如无人删除，请更换 Webhook 地址中的密文。',
  },
  requestForged: {
    what: '{creator} 以 {user} 的名义提出请求，未启动运行。',
    todo: '请检查日志应用的添加权限。',
  },
  planNotOwn: {
    what: '无法确认中断的运行计划是由本服务器生成的。',
    todo: '请在页面上确认内容后，从中断处继续。',
  },
} satisfies Record<string, FailureText>;
