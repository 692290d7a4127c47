/** What people call types. */

/** Types of columns and input values. */
export const columnTypes = {
  text: '文字列',
  number: '数値',
  date: '日付',
  time: '時刻',
  datetime: '日時',
  choice: '選択（1 つ）',
  choices: '選択（複数）',
  people: 'ユーザー・組織',
  files: 'ファイル',
  table: 'テーブル',
};

/** With those that only formulas have. */
export const fieldTypes = {
  ...columnTypes,
  boolean: '真偽値',
  duration: '時間の長さ',
  list: '値の並び',
};

/** kintone's own names of field types. */
export const kintoneTypes = {
  SINGLE_LINE_TEXT: '文字列（1行）',
  MULTI_LINE_TEXT: '文字列（複数行）',
  RICH_TEXT: 'リッチエディター',
  LINK: 'リンク',
  NUMBER: '数値',
  CALC: '計算',
  DATE: '日付',
  TIME: '時刻',
  DATETIME: '日時',
  RADIO_BUTTON: 'ラジオボタン',
  DROP_DOWN: 'ドロップダウン',
  CHECK_BOX: 'チェックボックス',
  MULTI_SELECT: '複数選択',
  USER_SELECT: 'ユーザー選択',
  ORGANIZATION_SELECT: '組織選択',
  GROUP_SELECT: 'グループ選択',
  FILE: '添付ファイル',
  SUBTABLE: 'テーブル',
};
