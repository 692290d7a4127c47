/** What people call the types of columns and input values. */
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
