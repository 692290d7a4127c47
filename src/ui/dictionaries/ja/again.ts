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
  log: {
    title: 'この実行のあとにできること',
    elsewhere: '「続きから」「失敗したフローから」「元に戻す」は、レコード一覧の実行ログから行えます。',
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
