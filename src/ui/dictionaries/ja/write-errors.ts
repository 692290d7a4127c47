/** Why runs stand still, stop, or are refused on the writing side. */
export const writeErrors = {
  testRowsCut: {
    what: 'テストで書き込むのは {limit} 行までです。残りは書き込みません。',
    todo: '',
  },
  testNoCopy: {
    what: 'テスト用のコピーがないアプリのため、書き込みません。',
    todo: 'アプリの管理者: 実行単位の［テスト］で、コピーのアプリを選んでください。',
  },
  notOneCommit: {
    what: '書き込みが {rows} 行あり、1 回の書き込み（およそ {limit} 行まで）に収まらないため、何も書き込まずに断りました。',
    todo: 'アプリの管理者: 条件で対象を減らすか、実行単位の「書き込みの途中で失敗したとき」を見直してください。',
  },
  notOneCommitDeferred: {
    what: '前のフローの書き込みを待つフローがあり、全体を 1 回では書き込めないため、何も書き込まずに断りました。',
    todo: 'アプリの管理者: フローを分けるか、実行単位の「書き込みの途中で失敗したとき」を見直してください。',
  },
  conflictSkipped: {
    what: '確認したあとに、ほかの人が変更していたため、書き込みませんでした: {values}',
    todo: 'もう一度実行すると、最新の内容で確認し直します。',
  },
  conflictGone: { what: '確認したあとに、削除されていたため、書き込みませんでした: {values}', todo: '' },
  conflictSame: {
    what: '確認したあとに変更され、すでに書き込む内容と同じになっていました: {values}',
    todo: '',
  },
  conflictOtherKey: {
    what: '確認したあとにキーの値が変わり、別のレコードになったため、書き込みませんでした: {values}',
    todo: 'もう一度実行すると、最新の内容で確認し直します。',
  },
  conflictUnsafe: {
    what: '確認したあとに変更され、予定した削除やステータスの変更が当てはまるか分からないため、そのままにしました: {values}',
    todo: 'もう一度実行すると、最新の内容で確認し直します。',
  },
  conflictReplanned: {
    what: '確認したあとにほかの人が変更していたため、最新の内容と比べ直して書き込みました: {values}',
    todo: '',
  },
  conflictOverwritten: {
    what: '確認したあとにほかの人が変更していましたが、設定どおり上書きしました: {values}',
    todo: '',
  },
  runTimedOut: {
    what: '実行時間の上限（{minutes} 分）を過ぎたため、書き込みの区切りで止めました。書き込み済みの分はそのまま残っています。',
    todo: '「続きから」で残りを書き込めます。時間が足りない場合は、実行単位の「実行時間の上限（分）」を見直してください。',
  },
};
