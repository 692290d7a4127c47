import { failureText as text } from '../../i18n';

/** What can be wrong with the ways to start a unit, its rules, input and test mode. */
export const unitProblems = {
  unitWithoutStart: text(
    'この実行単位を開始する方法がありません。',
    '実行ボタンを表示するか、ほかの始め方を設定してください。',
  ),
  eventConditionBlank: text(
    '開始する条件のフィールドが選ばれていません。',
    'フィールドを選ぶか、条件を削除してください。',
  ),
  eventBlocksAfter: text(
    '保存したあとに始まる実行は、保存を止められません。',
    '「知らせるだけ」にするか、保存する前に実行してください。',
  ),
  eventDeletedAfter: text(
    '削除したあとに実行することはできません。kintone が知らせるのは削除の前だけです。',
    'タイミングを「保存する前」にしてください。',
  ),
  eventActionUnused: text(
    'アクション「{action}」は、プロセスの処理のときだけ使われます。',
    'アクションを「すべてのアクション」に戻すか、操作を選び直してください。',
  ),
  eventRepeated: text(
    '同じ操作がほかにもあります。',
    '1 回の操作で 2 回開始されるため、片方を削除してください。',
  ),
  executorUrlBlank: text('サービスの URL が空です。', 'URL を入力するか、実行する場所を選び直してください。'),
  executorUrlInvalid: text(
    'サービスの URL の形が正しくありません。',
    '「https://…/trigger/v1/」のあとに、14 文字の小文字の実行単位 ID を続けて入力してください。',
  ),
  executorNeedsServer: text(
    'サーバーで実行する設定です。',
    '「nagare serve」を動かしているサーバーがないと、実行は始まりません。',
  ),
  webhooksNeedServer: text(
    'Webhook で開始する設定です。',
    '「nagare serve」を動かしているサーバーと、kintone の Webhook の設定が必要です。',
  ),
  schedulesNeedServer: text(
    '決まった日時に開始する設定です。',
    '「nagare serve」を動かしているサーバーが必要です。',
  ),
  webhooksNotRemote: text(
    'ほかのサービスで実行する実行単位は、Webhook では開始できません。サービスに実行を頼めるのは、kintone の画面だけです。',
    'Webhook を外すか、実行する場所を変えてください。',
  ),
  schedulesNotRemote: text(
    'ほかのサービスで実行する実行単位は、予定では開始できません。サービスに実行を頼めるのは、kintone の画面だけです。',
    '予定を外すか、実行する場所を変えてください。',
  ),
  inputNameBlank: text('入力項目の名前が空です。', '名前を入力するか、項目を削除してください。'),
  inputNameRepeated: text('入力項目の名前「{name}」がほかにもあります。', '別の名前にしてください。'),
  inputNameReserved: text(
    '「{name}」は使えません。$ で始まる名前は、実行の情報（実行者、実行日など）のためのものです。',
    '別の名前にしてください。',
  ),
  inputNameSign: text(
    '入力項目の名前「{name}」に、% や改行は使えません。',
    '数式で使えるように、取り除いてください。',
  ),
  inputNameIsField: text(
    '「{name}」は、呼び出し元アプリのフィールドコードと同じです。どちらの値かを区別できません。',
    '別の名前にしてください。',
  ),
  inputTypeDiffers: text(
    'フロー「{flow}」は、「{name}」の種類が違う実行単位「{other}」でも使われています。',
    '種類をそろえるか、別の名前にしてください。',
  ),
  unitInputUnknown: text(
    'フロー「{flow}」で使っている入力項目「{name}」が、この実行単位にありません。',
    '［入力］に同じ名前の項目を追加するか、フローの設定を見直してください。',
  ),
  inputChoicesEmpty: text('選択肢がありません。', '選択肢を 1 行に 1 つ入力してください。'),
  inputChoiceRepeated: text('選択肢「{choice}」が 2 つ以上あります。', '1 つにしてください。'),
  inputDefaultNotChoice: text('初期値「{value}」は選択肢にありません。', '選択肢から選び直してください。'),
  inputDefaultType: text('初期値「{value}」は、この種類の値ではありません。', '例の形で入力してください。'),
  inputRequiredUnattended: text(
    '予定や Webhook で開始すると、必須の「{name}」を入力する人がいないため、実行は失敗します。',
    '初期値を入力するか、必須をやめてください。',
  ),
  testAppSelf: text(
    'コピーに本番と同じアプリ（{app}）が選ばれています。',
    'テスト用のアプリを選んでください。',
  ),
  testAppRepeated: text('アプリ {app} のコピーが 2 つ以上あります。', '1 つにしてください。'),
  testAppIsOutput: text(
    'コピーに選ばれたアプリ（{app}）は、この実行単位の本番の出力先でもあります。',
    'テスト用のアプリを選んでください。',
  ),
  testAppUnused: text(
    'アプリ {app} は、この実行単位の出力先ではありません。',
    'コピーの指定を外してください。',
  ),
  testAppMissing: text(
    'テストモードですが、出力アプリ {app} のコピーがありません。',
    'コピーを選ぶまで、このアプリへの書き込みは行いません。',
  ),
  breakpointUnknown: text(
    '一時停止する場所のうち {count} か所は、コマンドが見つかりません。',
    '［テスト］で外してください。',
  ),
  scheduleCronInvalid: text(
    '予定「{cron}」を読み取れません。',
    '「分 時 日 月 曜日」の 5 つを空白で区切って入力するか、一覧から選び直してください。',
  ),
  scheduleTimeZoneUnknown: text(
    'タイムゾーン「{timeZone}」が見つかりません。',
    '一覧から選び直してください。',
  ),
  scheduleNeverStarts: text(
    '予定「{cron}」に当てはまる日がありません。',
    '存在する日付になるように、日と月を見直してください。',
  ),
};
