import { formatCount } from '../../i18n';

const n = (value: number): string => formatCount(value, 'ja');

/** Carrying on from another run, and looking again before one agrees. */
export const again = {
  fromFailed: '失敗したフローから',
  fromFailedNote:
    '済んだフローは行いません。失敗したフローから後を、いまの設定とデータで計画し直し、書き込む前に確認できます。失敗したフローが途中まで書き込んだ分は残るため、キーのない追加は重複することがあります。',
  doneEarlier: '済み（前の実行）',
  leftOut: (flows: string) => `前の実行で済んでいるため、この実行では行いません: ${flows}`,
  checkedAt: (when: string) => `${when} に確認した内容です。`,
  old: (minutes: number) =>
    `確認してから ${minutes} 分以上たっています。その間にデータが変わっているかもしれません。`,
  recheck: '確認し直す',
  startOver: {
    title: (unit: string) => `「${unit}」を最初から実行しますか`,
    definition:
      '実行単位とフローは、いまの設定で実行します。この実行のあとに設定が変わっていれば、変わったあとの設定です。',
    record: (id: string) => `呼び出し元レコード #${id} の、いまの値を使います。`,
    noRecord: '呼び出し元レコードはありません。',
    input: 'はじめに入力欄を表示します。この実行の値が入っています。',
    written: (count: number) =>
      `この実行が書き込んだ ${n(count)} 件は、そのまま残ります。キーのない追加は重複することがあります。`,
    closes: '途中で止まっているこの実行は、「中断」として終了します。',
    asks: '書き込む前に確認するかどうかは、実行単位の設定のとおりです。',
    start: '最初から実行',
  },
  log: {
    title: 'この実行のあとにできること',
    elsewhere:
      '「続きから」「失敗したフローから」「最初から」「元に戻す」は、レコード一覧の実行ログから行えます。',
    testEnvironment:
      'テスト環境では実行できません（本番のアプリに書き込むため）。アプリを更新し、本番の画面の実行ログで操作してください。',
    busy: 'このページではほかの実行が進んでいます。終わってから、もう一度押してください。',
  },
};

export const againErrors = {
  flowDoneEarlier: { what: '前の実行で済んでいるため、この実行では行いません。', todo: '' },
  fromFailedDone: {
    what: 'この実行は成功しています。失敗したフローはありません。',
    todo: 'もう一度行うには、最初から実行してください。',
  },
  fromFailedNothing: {
    what: 'この実行では、済んだフローがありません。',
    todo: '最初から実行してください。',
  },
  fromFailedChanged: {
    what: 'フロー「{flow}」の名前か順番が変わったか、フローが実行単位から外されたため、途中のフローからは実行できません。',
    todo: '設定を元に戻すか、最初から実行してください。',
  },
};
