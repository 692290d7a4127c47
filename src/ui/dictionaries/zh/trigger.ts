import type { FailureText, Shape } from '../../i18n';
import type { trigger as ja, triggerErrors as jaErrors } from '../ja/trigger';

/** See the Japanese dictionary, which is the type of this one. */
export const trigger = {
  settingsError: '数据编辑流程的设置不正确。请修正数据编辑流程中的错误。',
  concurrency: '其他用户正在执行该执行单元。该执行单元不允许同时执行。',
} satisfies Shape<typeof ja>;

export const triggerErrors = {
  unitNotByApi: {
    what: '“{name}”不允许由程序启动。',
    todo: '请在插件设置中为该执行单元开启“允许程序启动”。',
  },
  inputNotAccepted: {
    what: '缺少输入项“{name}”的值，或者该执行单元没有此输入项。',
    todo: '请检查名称和值。',
  },
  recordNotAccepted: {
    what: '传入的记录不是 kintone 记录的格式。',
    todo: '请原样传入 event.record。',
  },
  testEnvironment: {
    what: '测试环境中不能执行，因为会改写正式环境的数据。',
    todo: '请更新应用后，在正式环境的页面上执行。',
  },
  pageBusy: {
    what: '本页面上另一个执行正在进行，因此无法显示确认画面。',
    todo: '请等该执行结束后再次执行。',
  },
} satisfies Record<keyof typeof jaErrors, FailureText>;
