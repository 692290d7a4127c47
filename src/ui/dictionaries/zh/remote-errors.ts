import { type FailureText, failureText as text } from '../../i18n';
import type { remoteErrors as ja } from '../ja/remote-errors';

export const remoteErrors = {
  remoteUrlInvalid: text(
    '执行单元“{name}”没有设置负责执行的服务地址。',
    '请应用管理员检查执行单元设置中的“执行位置”。',
  ),
  remoteOnlyInPage: text(
    '执行单元“{name}”由其他服务执行，因此只能从 kintone 的页面启动。',
    '请在记录页面上执行。',
  ),
  remoteNoTestMode: text(
    '测试模式的执行单元不能由其他服务执行，因为该服务会写入正式的应用。',
    '请将执行单元改为正式模式，或在该服务中准备测试用的执行单元。',
  ),
  remoteTestOk: text('连接正常：{host} 已发放访问令牌。没有执行任何内容。'),
  remoteNotSetUp: text(
    '没有保存发送给 {host} 的序列号或专用应用的 URL。没有开始任何执行。',
    '请应用管理员在执行单元设置的“执行位置”中保存，并更新应用。',
  ),
  remoteSetUpWrong: text(
    '{host} 不接受已保存的序列号或专用应用的 URL。没有开始任何执行。（{says}）',
    '请应用管理员在执行单元设置的“执行位置”中重新保存，并更新应用。',
  ),
  remoteUnknownUnit: text('{host} 中没有此地址的执行单元。没有开始任何执行。', '请检查执行单元的地址。'),
  remoteNotByApi: text(
    '{host} 的执行单元未设置为通过 API 执行。没有开始任何执行。',
    '请在该服务的设置中把执行方法设为 API。',
  ),
  remoteUnitInvalid: text(
    '{host} 的执行单元已停用，或没有有效的数据编辑流程。没有开始任何执行。',
    '请在该服务的设置中启用执行单元，并检查数据编辑流程。',
  ),
  remoteOtherApp: text(
    '{host} 的执行单元没有把此应用设为调用方应用。没有开始任何执行。',
    '请在该服务的设置中检查调用方应用。',
  ),
  remoteRecordRefused: text(
    '{host} 没有接受发送的记录。没有开始任何执行。（{says}）',
    '请检查记录内容。如果持续发生，请把这句话告知服务提供方。',
  ),
  remoteInputRefused: text(
    '{host} 没有接受输入值。没有开始任何执行。（{says}）',
    '请使此执行单元的输入项与服务中的执行单元一致。',
  ),
  remoteTokenRefused: text('{host} 没有接受其发放的访问令牌。没有开始任何执行。（{says}）', '请再执行一次。'),
  remoteProtocol: text(
    '与 {host} 的通信格式不一致。没有开始任何执行。（{says}）',
    '请检查执行单元的地址。如果持续发生，请把这句话告知应用管理员。',
  ),
  remoteLicense: text(
    '{host} 不认可该序列号。没有开始任何执行。',
    '请确认合同期限和序列号，并在执行单元的设置中重新保存。',
  ),
  remoteDisabled: text(
    '在 {host} 的执行次数超过上限，执行单元已被停用。请在 krewData 的设置中重新启用。',
    '之后请应用管理员在执行日志中按“重新启用”。在此之前，这里也不会执行。',
  ),
  switchedOffRemote: text(
    '执行单元“{name}”已被自动停用（{since}，最后由 {user} 执行）。负责执行的服务也可能已将其停用。',
    '请先在服务（如 krewData）的设置中重新启用，再请应用管理员在执行日志中按“重新启用”。',
  ),
  remoteRefused: text(
    '{host} 拒绝了执行（{code}: {says}）。没有开始任何执行。',
    '请把这句话告知应用管理员。',
  ),
  remoteBusy: text('其他用户正在 {host} 执行此执行单元。本次没有开始执行。', '请在其结束后再执行。'),
  remoteOtherDone: text(
    '显示的其他用户的执行（{taskId}）已成功。您的执行没有开始。',
    '如有需要，请再执行一次。',
  ),
  remoteOtherFailed: text(
    '显示的其他用户的执行（{taskId}）失败了。您的执行没有开始。',
    '请先在 {host} 的日志中确认原因，再执行。',
  ),
  remoteUnreachable: text(
    '无法连接 {host}（{cause}）。没有开始任何执行。',
    '请稍后再执行。每次尝试都计入执行次数上限。',
  ),
  remoteUnreadable: text(
    '无法读取 {host} 的回复（HTTP {status}）。没有开始任何执行。',
    '请检查执行单元的地址以及服务是否在运行。',
  ),
  remoteUnclear: text(
    '已请求执行，但没有收到 {host} 的回复，结果不明（{cause}）。可能已经执行。',
    '再次执行之前，请在 {host} 的日志中确认是否已执行。',
  ),
  remoteLeft: text(
    '{user} 已停止查看。{host} 上的执行（{taskId}）没有停止，仍在继续。',
    '请在 {host} 的日志中确认结果。',
  ),
  remoteWatchOver: text(
    '{host} 上的执行（{taskId}）在 {minutes} 分钟内没有结束，已停止查看。执行可能仍在继续。',
    '请在 {host} 的日志中确认结果。可用执行单元的“执行时间上限（分钟）”更改等待时间。',
  ),
  remoteStatusRefused: text(
    '{host} 不回答所请求的执行（{taskId}）的状态（{says}）。执行可能仍在继续。',
    '再次执行之前，请在 {host} 的日志中确认结果。',
  ),
  remoteFailed: text(
    '{host} 上的执行（{taskId}）失败了（{errorCode}: {errorMessage}）。',
    '请在 {host} 的日志中确认已写入的内容和原因。',
  ),
  remoteLost: text(
    '请求执行的 {user} 的页面已关闭，结果不明（任务编号 {taskId}）。可能已经执行。',
    '请在该服务的日志中确认结果。',
  ),
  remoteUnclearFound: text(
    '{user} 上一次执行（任务编号 {taskId}）的结果不明，因此本次没有开始。上一次执行已记录为“结果不明”。',
    '请先在该服务的日志中确认上一次的结果，再执行。',
  ),
} satisfies Record<keyof typeof ja, FailureText>;
