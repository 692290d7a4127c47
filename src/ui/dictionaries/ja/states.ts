/** Words for the states of runs, flows and commands, and for the reasons beside them. */
export const states = {
  run: { Queuing: '待機中', Running: '実行中', Success: '成功', Failure: '失敗' },
  flow: { Queuing: '待機中', Running: '実行中', Success: '完了', Failure: '失敗', Cancel: '取りやめ' },
  command: { waiting: '待機中', running: '処理中', done: '完了', failed: '失敗' },
  /** One word per reason; the log shows it in place of the state's word. */
  reason: {
    queued: '順番待ち',
    requested: 'サーバー待ち',
    checking: '確認中',
    confirming: '承認待ち',
    writing: '実行中',
    paused: '一時停止中',
    done: '成功',
    noChange: '変更なし',
    stopped: 'データチェックで停止',
    failed: '失敗',
    declined: '取りやめ',
    cancelled: '中止',
    interrupted: '中断',
    superseded: '引き継ぎ済み',
    locked: 'ほかの実行中',
    rateLimited: '回数の上限',
    expired: '待ち時間切れ',
    timedOut: '時間切れ',
    unclear: '結果不明',
    switchedOff: '自動で無効化',
  },
};
