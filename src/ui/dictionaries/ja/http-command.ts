import { failureText as text } from '../../i18n';

/** Settings page: the form of the command that reads from hosts outside kintone. */
export const httpCommand = {
  inputHttp: {
    noPreview:
      '接続と列は「コネクター」で確認できます。結果は、レコードの画面で実行すると確認画面に表示されます。',
    url: 'URL',
    urlHint: 'https で始まる URL。ホスト名より後ろに、%フィールドコード% で呼び出し元の値を入れられます。',
    method: 'メソッド',
    headers: '追加のヘッダー',
    headersHint:
      'パスワードや API キーは入力しないでください。設定は、アプリを開ける人が読めます。秘密の値は「秘密のヘッダー」に保存してください。',
    addHeader: 'ヘッダーを追加',
    headerName: (n: string) => `ヘッダー ${n} の名前`,
    headerValue: (n: string) => `ヘッダー ${n} の値`,
    secrets: '秘密のヘッダー',
    secretsHint:
      'API キーなどは、ここから kintone のプロキシの設定（setProxyConfig）に保存します。値はプラグインの設定や書き出すファイルには入りません。保存すると、次の URL で始まる呼び出しに加わります。',
    secretsNoUrl: '先に URL を入力してください。',
    secretsStored: '保存済みのヘッダー',
    secretsNone: '保存済みのヘッダーはありません。',
    secretName: '秘密のヘッダーの名前',
    secretValue: '秘密のヘッダーの値',
    secretSave: '秘密のヘッダーを保存',
    secretsClear: '保存済みのヘッダーをすべて削除',
    secretsSaved: '保存しました。アプリを更新すると使われます。',
    secretsFailed: 'kintone から応答がありません。名前と値を確認して、もう一度保存してください。',
    bodyType: '本文の形式',
    bodyTypes: { json: 'JSON', form: 'フォーム（application/x-www-form-urlencoded）' },
    body: '本文',
    bodyHint: '%フィールドコード% で呼び出し元の値を入れられます。JSON では「" "」の中に入れてください。',
    format: '応答の形式',
    formats: { json: 'JSON', csv: 'CSV（UTF-8）' },
    path: '行のある場所',
    pathHint: 'JSON のキーを「.」でつなぎます（例: data.items）。空欄なら応答全体です。',
    csvHeader: '1 行目は見出し',
    csvDelimiter: '区切り文字',
    delimiters: { comma: 'カンマ', tab: 'タブ', semicolon: 'セミコロン' },
    columns: '読み込む列',
    columnsHint:
      'JSON ではキー（例: user.name）、CSV では見出し、見出しがなければ 1 からの列番号で選びます。',
    addColumn: '列を追加',
    from: (n: string) => `列 ${n} の元`,
    as: (n: string) => `列 ${n} の列名`,
    type: (n: string) => `列 ${n} の種類`,
    onError: '種類に合わない値',
    onErrors: { fail: '実行を止める', blank: '空にして件数を報告する' },
    formulaTexts: '数式とみなされる文字列（= や @ で始まるもの）',
    formulaTextsModes: { keep: 'そのまま読み、件数を報告する', guard: "前に「'」を付ける" },
  },
};

export const httpProblems = {
  httpUrlMissing: text('URL がありません。', 'URL を入力してください。'),
  httpUrlInvalid: text('URL を呼び出せません。', 'https で始まる正しい URL を入力してください。'),
  httpUrlCredentials: text(
    'URL にユーザー名やパスワードが入っています。',
    'URL から取り除き、秘密の値は「秘密のヘッダー」に保存してください。',
  ),
  httpParameterInHost: text(
    '呼び出し元の値をホスト名に使うことはできません。',
    'ホスト名は決まった値にし、「/」より後ろで使ってください。',
  ),
  httpHeaderInvalid: text(
    'ヘッダー「{name}」の名前か値が使えません。',
    '半角の英数字と記号で入力してください。',
  ),
  httpHeaderSecret: text(
    'ヘッダー「{name}」は、ここには設定できません。',
    '「秘密のヘッダー」に保存してください。',
  ),
  httpColumnsMissing: text('読み込む列がありません。', '列を追加してください。'),
  csvColumnBlank: text('CSV のどの列か決まっていません。', '見出しか列番号を入力してください。'),
  csvColumnNotNumber: text('「{column}」は列番号ではありません。', '1 からの番号を入力してください。'),
};
