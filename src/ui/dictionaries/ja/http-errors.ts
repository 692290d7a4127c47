/** What can go wrong while a host outside kintone is asked. */
export const httpErrors = {
  httpUrlInvalid: {
    what: '値を入れた URL が、呼び出せる形ではありません。',
    todo: '呼び出し元の値と、フローの URL の設定を確認してください。',
  },
  httpUnreachable: {
    what: '外部のサーバー（{host}）と通信できません: {cause}',
    todo: 'サーバーの状態と URL を確認して、もう一度実行してください。',
  },
  httpTimedOut: {
    what: '外部のサーバー（{host}）が {seconds} 秒以内に応答しませんでした。',
    todo: 'もう一度実行してください。続く場合は、取得する量を減らしてください。',
  },
  httpTooLarge: {
    what: '外部のサーバー（{host}）の応答が大きすぎます（上限 {limitMegabytes} MB）。',
    todo: '取得する範囲を絞ってください。',
  },
  httpStatus: {
    what: '外部のサーバー（{host}）がエラーを返しました（ステータス {status}）。',
    todo: 'アプリの管理者: URL と、プラグインに保存した認証の設定を確認してください。',
  },
  httpNotJson: {
    what: '外部のサーバーの応答を JSON として読めません。',
    todo: 'アプリの管理者: URL と、応答の形式の設定を確認してください。',
  },
  httpPathMissing: {
    what: '外部のサーバーの応答に「{path}」がありません。',
    todo: 'アプリの管理者: 行のある場所の設定を確認してください。',
  },
  httpNoRows: {
    what: '外部のサーバーの応答の「{path}」は、行の一覧ではありません。',
    todo: 'アプリの管理者: 行のある場所の設定を確認してください。',
  },
  httpValueInvalid: {
    what: '列「{column}」の値「{value}」は、{type}として読めません。',
    todo: '列の種類を文字列にするか、読めない値を空にする設定にしてください。',
  },
  csvQuoteOpen: {
    what: 'CSV の {row} 行目で始まる「"」が閉じていません。',
    todo: '応答が途中で切れていないか確認してください。',
  },
  csvColumnMissing: {
    what: 'CSV の見出しに「{column}」がありません。',
    todo: 'アプリの管理者: 列の設定と区切り文字を確認してください。',
  },
  csvColumnTwice: {
    what: 'CSV の見出しに「{column}」が 2 回以上あります。',
    todo: 'アプリの管理者: 見出しを使わず、列の番号で選んでください。',
  },
  csvRowsUneven: {
    what: '列の数が見出しと違う CSV の行がありました。',
    todo: '足りない列は空にし、余った列は読んでいません。',
  },
  formulaTextsFound: {
    what: '列「{column}」に、表計算ソフトが数式とみなす文字列がありました。',
    todo: 'CSV に書き出して開くと実行されることがあります。値を確認してください。',
  },
  formulaTextsGuarded: {
    what: "列「{column}」の、表計算ソフトが数式とみなす文字列の前に「'」を付けました。",
    todo: '',
  },
};
