import { failureText as text } from '../../i18n';

/** The form of the command that starts a unit. */
export const startCommand = {
  startUnit: {
    unit: '開始する実行単位',
    none: '選んでください',
    unknown: '（見つからない実行単位）',
    when: '開始する条件',
    always: 'フローが終わったら必ず',
    hasRows: 'ここに行があるとき',
    changed: 'フローが何か書き込んだとき',
    wait: '終わりを待つ',
    waitHint:
      '待つと、開始した実行が失敗したときにこのフローも失敗します。待たないと、開始だけして次に進みます。',
    hint: '開始した実行は確認なしで書き込みます。呼び出し元レコードは、この実行と同じです。',
    waits: '待つ',
  },
};

/** What can be wrong with its settings. */
export const startProblems = {
  unitNotChosen: text('開始する実行単位が選ばれていません。', '実行単位を選んでください。'),
  startedUnitUnknown: text(
    '開始する実行単位が見つかりません（{unitId}）。',
    '実行単位を選び直してください。',
  ),
  startedUnitCircular: text(
    '実行単位「{name}」を開始すると、めぐりめぐって自分自身を開始することになります。',
    '輪にならないように、開始する実行単位を変えてください。',
  ),
  startedUnitDisabled: text(
    '開始する実行単位「{name}」は無効です。このままでは実行が失敗します。',
    'その実行単位を有効にしてください。',
  ),
};
