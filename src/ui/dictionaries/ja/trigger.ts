/** Words of the trigger protocol and of starting from code. */
import type { FailureText } from '../../i18n';

/** The API reference's own sentences for errors 33 and 134. */
export const trigger = {
  settingsError: 'データ編集フローの設定が正しくありません。データ編集フローのエラーを修正してください。',
  concurrency: '他のユーザーが実行単位を実行中です。この実行単位は同時実行が許可されていません。',
};

export const triggerErrors = {
  unitNotByApi: {
    what: '「{name}」はプログラムから開始できません。',
    todo: 'プラグインの設定で、この実行単位の「プログラムから開始できるようにする」を有効にしてください。',
  },
  inputNotAccepted: {
    what: '入力項目「{name}」の値がないか、実行単位にその項目がありません。',
    todo: '項目名と値を確認してください。',
  },
  recordNotAccepted: {
    what: '渡されたレコードが kintone のレコードの形式ではありません。',
    todo: 'event.record をそのまま渡してください。',
  },
  testEnvironment: {
    what: '動作テスト環境では実行できません。運用環境のデータを書き換えてしまうためです。',
    todo: 'アプリを更新してから、運用環境の画面で実行してください。',
  },
  pageBusy: {
    what: 'この画面でほかの実行が進行中のため、確認画面を表示できません。',
    todo: '進行中の実行が終わってから、もう一度実行してください。',
  },
} satisfies Record<string, FailureText>;
