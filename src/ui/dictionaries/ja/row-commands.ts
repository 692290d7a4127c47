/** Settings page: forms of the commands that check, pick, look up and convert rows. */
export const rowCommands = {
  distinct: {
    columns: '重複を見分ける列',
    columnsHint: 'これらの列の値がすべて同じ行を重複とみなします。選ばないと、すべての列で比べます。',
    keep: '残す行',
    keepFirst: '最初の行',
    keepLast: '最後の行',
  },
  limit: {
    count: '件数',
    countFrom: '件数の決め方',
    take: '残す側',
    takeFirst: '先頭から',
    takeLast: '末尾から',
    by: '先頭を決める順序',
    byHint: '指定しないと、今の並び順で数えます。残った行の並び順は変わりません。',
    groupBy: '件数を分けるグループ',
    groupByHint: '指定しないと、全体から指定した件数を残します。',
  },
};
