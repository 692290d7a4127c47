import { formatCount } from '../../i18n';

const n = (value: number): string => formatCount(value, 'ja');

/** Pausing from the log, and the history of a run: texts of the log panel. */
export const runHistory = {
  pause: {
    ask: '一時停止を求める',
    goOn: '続けてもらう',
    asking: '伝えています',
    asked: (user: string) => `一時停止を求めています（${user} さん）。次の書き込みの前に止まります。`,
    failed: (reason: string) => `伝えられませんでした。${reason}`,
  },
  title: '状態の履歴',
  by: (user: string) => `${user} さん`,
  folded: (count: number) => `この間の ${n(count)} 件は省略しました。`,
  notes: {
    person: '人が止めました',
    session: 'ログインが切れていました',
    offline: 'kintone に接続できませんでした',
    breakpoint: 'ブレークポイント',
    goesOn: '再開',
    takenOver: '引き継ぎ',
    stopRequested: '中止の要求',
    pauseRequested: '一時停止の要求',
    pauseLifted: '再開の要求',
    planRemoved: '書き込み計画を削除（保存設定による）',
    enabled: '実行単位を有効に戻した',
    closedFromLog: '続ける画面がないため、人が終了しました',
  },
};
