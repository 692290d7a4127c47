import type { Shape } from '../../i18n';
import type { server as ja } from '../ja/server';

export const server = {
  help: `nagare serve：不使用浏览器，直接运行执行单元

用法
  nagare serve --settings FILE --app ID [选项]

可由以下方式启动：触发 API（POST /trigger/v1/{执行单元}/token、run、status、stop）、
kintone 的 Webhook（POST /webhook/{执行单元}/{密文}）、执行单元的计划，以及页面的请求（运行位置为“服务器”）。
  --settings FILE        从插件导出的设置（JSON）；收到 SIGHUP 时重新读取
  --app ID               添加了插件的应用，即所有执行单元的调用来源应用
  --guest-space-id ID    该应用所在的访客空间
  --host HOST            监听地址（默认 127.0.0.1）
  --port PORT            默认 8321；0 表示任一空闲端口
  --workers NUMBER       同时运行的数量（默认 4）
  --resume-interrupted UNIT,...
                         页面已关闭、写到一半的运行由服务器继续的执行单元。服务器以自己的权限写入其计划，
                         请先阅读 docs/server.md
  --time-zone NAME       日期和应答时间所用的 IANA 时区名（默认：本机时区）
  --env-file FILE        从文件读取环境变量（每行 NAME=value）

任务与令牌的保存位置
  --data FOLDER          本服务器专用的文件夹（默认 STATE_DIRECTORY，否则 nagare-data）
  --database NAME|FILE   供多台服务器使用的 PostgreSQL：存放 URL 的环境变量名，或写有 URL 的文件路径；
                         不能直接写 URL。省略时使用 NAGARE_DATABASE_URL（如已设置）
  --server-id NAME       本服务器在共用数据库中的名称（默认：计算机名）

环境变量（机密值也可用 NAME_FILE 指定，即只写有该值的文件路径）
  KINTONE_BASE_URL、KINTONE_USERNAME、KINTONE_PASSWORD 或 KINTONE_API_TOKEN
  KINTONE_BASIC_AUTH_USERNAME、KINTONE_BASIC_AUTH_PASSWORD
  NAGARE_SERIAL_NUMBERS  可以请求令牌的序列号；多个用逗号分隔。未设置时任何人都不能请求
  NAGARE_WEBHOOK_SECRET  Webhook 地址的最后一段，32 至 128 个字母和数字。未设置时不接受 Webhook
  NAGARE_DATABASE_URL    postgresql://...

GET /healthz、/readyz、/metrics。日志写到标准输出，每行一个 JSON 对象。
收到 SIGTERM 或 Ctrl+C 时，等正在写入的提交送达后停止；未完成的运行在下次启动时继续。
退出代码：0 按要求停止，1 未能启动，2 参数有误
`,
  bad: {
    secretOption: (option: string, variable: string) =>
      `此处不接受 ${option}：本机任何人都能在进程列表中看到它。请使用 ${variable} 或 ${variable}_FILE。`,
    databaseUrl:
      '--database 应为环境变量名或文件路径，而不是 URL：URL 中的密码会被本机任何人在进程列表中看到。',
    noDatabase: (name: string) => `${name} 中没有 PostgreSQL 的 URL（postgresql://...）。`,
    range: (option: string, min: number, max: number) => `${option} 必须是 ${min} 到 ${max} 的整数。`,
    serverId: (value: string) =>
      `“${value}”不能用作服务器名称：请使用 1 至 40 个字母、数字、点、连字符或下划线。`,
    unitId: (option: string, value: string) => `${option}：“${value}”不是执行单元的 ID（14 个小写字母）。`,
    webhookSecret:
      'NAGARE_WEBHOOK_SECRET 必须是 32 至 128 个字母、数字、连字符或下划线，例如：openssl rand -hex 24',
    envLine: (path: string, line: number) => `${path} 第 ${line} 行：应为 NAME=value 的形式。`,
    bothGiven: (name: string, file: string) => `${name} 与 ${file} 同时被设置，只需其中一个。`,
  },
  store: {
    inUse: (detail: string) => `另一个进程正在使用 ${detail}。请先停止它，或指定其他 --data 或 --server-id。`,
    damaged: (detail: string) =>
      `无法读取已保存的任务（${detail}）。请用备份恢复该文件，或将其移走后重新开始；运行记录保存在日志应用中。`,
    packageMissing: (detail: string) => `未安装软件包 ${detail}：npm install ${detail}`,
    unreachable: (detail: string) => `无法连接到存储：${detail}`,
  },
  notStarted: (reason: string) => `服务器未能启动：${reason}`,
} satisfies Shape<typeof ja>;
