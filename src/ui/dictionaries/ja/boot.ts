/** Texts of the button on record pages; loaded with every page, so keep it small. */
export const boot = {
  run: '実行',
  menu: '実行する処理を選ぶ',
  group: '実行ボタン',
  running: '実行中…',
  preparing: '準備中…',
  busy: (unit: string) => `「${unit}」を実行中です。終わるまでお待ちください。`,
  elsewhere: (units: string, isShown: boolean) =>
    `実行中（別のタブ）: ${units}。${isShown ? 'ボタンを押すと、その実行を表示します。' : ''}`,
  testEnvironment:
    '動作テスト環境では実行できません。運用環境のデータを書き換えてしまうためです。アプリを更新してから、運用環境のレコードで実行してください。',
  loadFailed:
    '実行の画面を開けませんでした。ページを再読み込みしてください。続く場合はアプリの管理者に連絡してください。',
  stopped: (unit: string, reason: string) =>
    `「${unit}」を実行できなかったため、この操作を中止しました。${reason}`,
  log: '実行ログ',
};
