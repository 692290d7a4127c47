/** Names of the commands; apart from the editor's texts, because record pages need nothing else of them. */
export const commandNames = {
  inputApp: '入力アプリ',
  inputRecord: '呼び出し元レコード',
  filter: 'フィルタ',
  sort: '並べ替え',
  distinct: '重複除去',
  limit: '先頭N件',
  join: 'アプリ結合',
  union: 'レコード結合',
  group: 'グループ化',
  rank: '順位',
  edit: 'データ編集',
  select: 'フィールド選択',
  expandTable: 'テーブル展開',
  outputApp: '出力アプリ',
};
