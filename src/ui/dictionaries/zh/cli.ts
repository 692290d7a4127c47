import { formatCount, type Shape } from '../../i18n';
import type { cli as ja } from '../ja/cli';

const n = (value: number): string => formatCount(value, 'zh');

export const cli = {
  help: `nagare：在终端中执行 Nagare 的执行单元

用法
  nagare run --settings 文件 --unit ID [选项]
  nagare check --settings 文件 [选项]
  nagare serve --settings 文件 --app ID [选项]   (nagare serve --help)

run：执行一个执行单元，并显示状态直到结束
  --settings 文件            插件导出的设置（JSON）
  --unit ID                  执行单元的 ID（14 个小写字母）
  --app ID                   调用记录所在的应用
  --record ID                调用记录（需要 --app）
  --input 名称=值             执行单元输入项的值；没有 --record 时也可作为 --app 字段的值
                             （可重复；多选时每行一个）
  --dry-run                  只显示将写入的内容，不写入
  --json                     结束时输出一个 JSON 对象；状态输出到标准错误
  --on-interrupted 方式      如何处理中途停止的上一次执行：
                               resume   不重新执行，写入上一次剩余的部分（默认）
                               restart  放弃上一次，从头执行
                               fail     报告为失败
  --takeover-after 秒        观察无动静的其他执行的时间（默认 130，0 表示不观察）
  --time-zone 名称           用于“本月”等日期的 IANA 时区（默认为本机时区）

check：读取设置并列出问题
  --settings 文件            同上
  --app ID                   按钮所在的应用（用于检查调用记录的字段）
  指定连接时，还会检查所有应用的表单。

连接
  --base-url URL             或 KINTONE_BASE_URL
  --username 名称            或 KINTONE_USERNAME
  --password 密码            或 KINTONE_PASSWORD
  --api-token 令牌[,令牌]    或 KINTONE_API_TOKEN；需要所有读写应用和日志应用的令牌
  --basic-auth-username 名称、--basic-auth-password 密码
                             或 KINTONE_BASIC_AUTH_USERNAME、KINTONE_BASIC_AUTH_PASSWORD
  --guest-space-id ID        --app 所在的访客空间
  --env-file 文件            从文件读取环境变量（每行 NAME=value）
  以选项传递的密码和令牌会显示在进程列表中，请使用环境变量。

其他
  --lang ja|en|zh            消息的语言（默认为 LANG）
  --help、--version

退出码：0 成功，1 失败，2 参数错误
按 Ctrl+C 会在下一次写入前停止；再按一次立即结束。
`,
  usageHint: '使用 nagare --help 查看用法。',
  bad: {
    noCommand: '未指定命令。',
    unknownCommand: (name: string) => `没有“${name}”命令。`,
    missing: (option: string) => `请指定 ${option}。`,
    needs: (option: string, other: string) => `${option} 还需要 ${other}。`,
    notANumber: (option: string, value: string) => `${option} 必须是整数，不能是“${value}”。`,
    notAPair: (option: string, value: string) => `${option} 的形式应为“名称=值”，而不是“${value}”。`,
    repeated: (option: string, name: string) => `${option} 重复指定了“${name}”。`,
    notOneOf: (option: string, values: string) => `${option} 必须是 ${values} 之一。`,
    noConnection: '请指定 --base-url 或 KINTONE_BASE_URL。',
    baseUrl: (value: string) => `“${value}”不是 kintone 的地址（https://…）。`,
    noCredentials: '请指定用户名和密码，或 API 令牌。',
    timeZone: (value: string) => `没有“${value}”时区。`,
    file: (path: string, reason: string) => `无法读取 ${path}：${reason}`,
    unit: (id: string) => `设置中没有执行单元“${id}”。现有：`,
  },
  run: {
    read: (rows: number) => `读取 ${n(rows)} 条`,
    planned: (changes: string) => `计划：${changes}`,
    written: (rows: number, planned: number) => `${n(rows)} / ${n(planned)} 条`,
    watching: (user: string) => `${user} 的执行占用着该单位，正在确认它是否仍在运行。`,
    resuming: (user: string, written: number, planned: number) =>
      `${user} 的执行在 ${n(planned)} 条中的第 ${n(written)} 条停止。将写入剩余部分。`,
    restarting: (user: string) => `放弃 ${user} 中途停止的执行，从头执行。`,
    stopping: '将在下一次写入前停止。再按一次 Ctrl+C 立即结束。',
    output: (app: string, changes: string, unchanged: number) =>
      `${app}：${changes}，无变更 ${n(unchanged)} 条`,
    wouldWrite: '将写入以下内容：',
    estimate: (flow: string) => `“${flow}”的数量在前面的流程写入后确定。`,
    ended: (state: string, duration: string, requests: number) =>
      `${state}（${duration}，API ${n(requests)} 次）`,
    app: (id: string) => `应用 ${id}`,
  },
  check: {
    error: '错误',
    warning: '警告',
    info: '信息',
    summary: (errors: number, warnings: number) => `${n(errors)} 个错误，${n(warnings)} 个警告`,
    formsNotRead: '没有连接，因此未检查应用的表单。',
  },
} satisfies Shape<typeof ja>;
