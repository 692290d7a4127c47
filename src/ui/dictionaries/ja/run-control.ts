/** Standing still and going on: texts of the run's card. */
export const runControl = {
  pause: '一時停止',
  pauseLabel: (unit: string) => `「${unit}」の実行を一時停止する`,
  proceed: '続ける',
  proceedLabel: (unit: string) => `「${unit}」の実行を続ける`,
  tryNow: 'いま確かめる',
  soon: '次の書き込みの前に止まります。「続ける」で取り消せます。',
  person: (user: string, since: string) =>
    `${user} さんが ${since} に一時停止しました。書き込み済みの分はそのまま残っています。「続ける」を押すと、続きを書き込みます。`,
  session:
    'kintone のログインが切れています。別のタブでログインし直すと、自動で続きから始めます。このページは閉じないでください。',
  offline: 'kintone に接続できません。つながると、自動で続きから始めます。このページは閉じないでください。',
  sure: '書き込み済みの行を、もう一度書き込むことはありません。',
  test: {
    title: 'テストモード',
    limited: (rows: number) =>
      `本番のアプリには書き込みません。テスト用のコピーにだけ、${rows} 行まで書き込みます。`,
    planOnly: '書き込みはしません。書き込む予定の内容を表示するだけです。',
    cut: (rows: number) => `${rows} 行は、この実行では書き込みません。`,
    passesStops: '人がページで始めた実行ではないため、一時停止する場所では止まりません。',
    close: '閉じる',
    shown: 'テストモードの上限が 0 行のため、何も書き込んでいません。',
  },
  commits: {
    unit: '全部書き込むか、何も書き込まないかのどちらかです（全件一括）。',
    flow: 'フローごとに、全部書き込むか何も書き込まないかのどちらかです。前のフローの分は残ります。',
    split: '件数が多いため、分割して書き込みます。途中で失敗すると、書き込み済みの分が残ります。',
  },
  announce: (unit: string) => `「${unit}」の実行が一時停止しました。`,
};
