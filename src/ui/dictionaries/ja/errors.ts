import type { FailureText, FailureTexts } from '../../i18n';
import { againErrors } from './again';
import { httpErrors } from './http-errors';
import { inputErrors } from './input-errors';
import { remoteErrors } from './remote-errors';
import { serverErrors } from './server-errors';
import { startErrors } from './start-errors';
import { triggerErrors } from './trigger';
import { writeErrors } from './write-errors';

/** For codes without a text of their own. */
export const unknownError: FailureText = {
  what: '予期しないエラーが起きました（{code}）。',
  todo: 'もう一度試してください。続く場合は、このコードをアプリの管理者に伝えてください。',
};

/** What can go wrong while settings are read or a unit runs, by code: what happened, and what to do. */
export const errors = {
  ...httpErrors,
  ...remoteErrors,
  ...serverErrors,
  ...triggerErrors,
  ...startErrors,
  ...againErrors,
  ...inputErrors,
  ...writeErrors,
  // Starting and ending a run
  alreadyStarted: {
    what: 'この操作の実行は、すでに始まっています。',
    todo: '実行ログで状況を確認してください。',
  },
  locked: { what: '{user} さんが実行中です。', todo: '終わってから、もう一度実行してください。' },
  rateLimited: {
    what: '短い時間に実行が重なったため、この実行は始めていません（1 分間に {limit} 回まで）。',
    todo: '{waitSeconds} 秒ほど待ってから実行してください。',
  },
  interruptedRunFound: {
    what: '{user} さんの実行が途中で止まっています（{planned} 件のうち {written} 件を書き込み済み）。',
    todo: '「続きから」または「最初から」を選んでください。',
  },
  closedAsInterrupted: {
    what: '途中で止まっていたため、{user} さんが新しい実行を始めるときに終了しました。',
    todo: '書き込み済みの分はそのまま残っています。',
  },
  closedFromLog: {
    what: 'だれも実行を続けていないため、{user} さんが実行ログから終了しました。',
    todo: '書き込み済みの分はそのまま残っています。',
  },
  holderNotClosed: {
    what: '{user} さんの実行が途中で止まったまま、この実行単位を占有しています。あなたの権限では終了できません。kintone の応答：{message}（{code}）',
    todo: '{user} さんかアプリの管理者に、実行ログ（ログのレコード {logRecord}）から終了するよう依頼してください。実行する人には、実行ログアプリのレコード編集権限が必要です。',
  },
  engineLost: {
    what: 'この画面の中で動いていた実行が、ブラウザーによって止められました。途中まで書き込んでいる可能性があります。',
    todo: 'もう一度「実行」を押してください。書き込み済みの分があれば、続きから実行できます。くり返し起きる場合は、ほかのタブを閉じるか、一度に読むレコードを減らしてください。',
  },
  declined: { what: '{user} さんが確認画面でキャンセルしました。何も書き込んでいません。', todo: '' },
  confirmTimedOut: {
    what: '確認画面が 10 分間そのままだったため、取りやめました。何も書き込んでいません。',
    todo: 'もう一度実行してください。',
  },
  cancelled: { what: '中止しました。', todo: '' },
  cancelledBy: { what: '{user} さんが中止しました。', todo: '' },
  superseded: {
    what: 'ほかの画面がこの実行を引き継いだため、この画面からの書き込みを止めました。',
    todo: '結果は実行ログで確認できます。',
  },
  resumeEnded: {
    what: 'この実行は、ほかの画面ですでに終わっています。',
    todo: '結果は実行ログで確認できます。',
  },
  definitionChanged: {
    what: '実行が止まっている間に設定が変わったため、残りのフローは続けられません。',
    todo: '「最初から」実行してください。書き込み済みの分と重なる行は、変更なしになります。',
  },
  unitMissing: {
    what: 'この実行単位は、設定から削除されています。',
    todo: 'ページを再読み込みしてください。',
  },
  unitDisabled: {
    what: '実行単位「{name}」は無効になっています。',
    todo: 'アプリの管理者に、設定画面で有効にするよう依頼してください。',
  },
  unitWithoutFlows: {
    what: '実行単位「{name}」に、実行できるフローがありません。',
    todo: 'アプリの管理者に、設定画面でフローを追加するよう依頼してください。',
  },
  // The log app
  logAppNotSet: {
    what: '実行ログアプリが設定されていません。実行の記録と二重実行の防止に必要です。',
    todo: 'アプリの管理者: プラグインの設定画面の「実行ログアプリ」で作成または選択し、アプリを更新してください。',
  },
  logAppMissing: {
    what: '実行ログアプリが見つかりません。削除された可能性があります。',
    todo: 'アプリの管理者: プラグインの設定画面で、実行ログアプリを設定し直してください。',
  },
  noLogPermission: {
    what: '実行ログアプリにレコードを追加する権限がないため、実行できません。',
    todo: 'アプリの管理者に、実行ログアプリの閲覧・追加・編集の権限を依頼してください。',
  },
  logAppIncomplete: {
    what: '実行ログアプリに必要なフィールドがありません。',
    todo: 'アプリの管理者: プラグインの設定画面で、実行ログアプリの点検と修復を行ってください。',
  },
  logRefused: {
    what: '実行ログアプリに記録できなかったため、実行を始めていません。kintone の応答: {message}（{code}）',
    todo: 'アプリの管理者: 設定画面で実行ログアプリの点検と修復を行ってください。',
  },
  journalRefused: {
    what: '実行ログの更新を kintone が受け付けませんでした: {message}（{code}）',
    todo: '書き込みはここで止めました。アプリの管理者: 実行ログアプリの権限とフィールドを点検してください。',
  },
  planDamaged: {
    what: '続きに必要な書き込み計画のファイルが壊れています。',
    todo: '「最初から」実行してください。',
  },
  planVersion: {
    what: '書き込み計画のファイルが、このバージョンでは読めない形式です（{version}）。',
    todo: 'ページを再読み込みしてください。それでも続けられない場合は「最初から」実行してください。',
  },
  // kintone's answers
  appNotFound: {
    what: 'アプリが見つかりません。削除されたか、公開されていません。',
    todo: 'アプリの管理者: フローの入力アプリ・出力アプリの設定を確認してください。',
  },
  noReadPermission: {
    what: 'アプリのレコードを閲覧する権限がありません。',
    todo: 'アプリの管理者に、閲覧権限を依頼してください。',
  },
  noWritePermission: {
    what: 'アプリのレコードまたはフィールドを書き換える権限がありません。',
    todo: 'アプリの管理者に、追加・編集・削除の権限を依頼してください。',
  },
  fieldMissing: {
    what: 'フローで使うフィールドがアプリにありません。',
    todo: 'アプリの管理者: フィールドコードが変わったか、フィールドが削除されていないか確認し、フローの設定を直してください。',
  },
  rowRefused: {
    what: 'kintone が値を受け付けませんでした: {message}',
    todo: '場所に示したフィールドの設定（必須、重複禁止、桁数など）と、書き込む値を確認してください。',
  },
  recordChanged: {
    what: '確認したあとに、ほかの人がレコードを更新しました。上書きを避けるため、書き込みを止めました。',
    todo: 'もう一度実行すると、最新の内容で確認し直します。',
  },
  callingRecordGone: {
    what: '呼び出し元のレコード #{recordId} が見つかりません。削除されたか、閲覧する権限がありません。',
    todo: '別のレコードの画面から実行してください。',
  },
  recordGone: {
    what: '確認したあとに、書き込み先のレコードが削除されました。',
    todo: 'もう一度実行すると、最新の内容で確認し直します。',
  },
  kintoneRefused: {
    what: 'kintone が処理を受け付けませんでした: {message}（{code}）',
    todo: '内容を確認してもう一度実行してください。続く場合はアプリの管理者に連絡してください。',
  },
  sessionExpired: {
    what: 'ログインの有効期限が切れました。',
    todo: '別のタブで kintone にログインし直してから、もう一度実行してください。途中まで書き込んでいた場合は、続きから再開できます。',
  },
  wrongPassword: {
    what: 'ログイン名またはパスワードが正しくありません。',
    todo: '接続の設定を確認してください。',
  },
  unreachable: {
    what: 'kintone と通信できません（{cause}）。',
    todo: 'ネットワークを確認してください。書き込みが届いたかどうかは、もう一度実行すると確かめられます。二重に書き込むことはありません。',
  },
  otherGuestSpace: {
    what: '出力先のアプリ（{app}）が、実行ログアプリと別のスペースにあるため、まとめて書き込めません。',
    todo: 'アプリの管理者: 実行ログアプリを、出力先と同じゲストスペースに作ってください。',
  },
  // The flow and its data
  flowInvalid: {
    what: 'フローの設定に誤りがあるため、実行できません（{problem}）。',
    todo: 'アプリの管理者: 設定画面でフローの「問題」を確認し、直してください。',
  },
  needsCommit: {
    what: '前のフローが書き込むまで値が決まらないフィールドを読もうとしました。',
    todo: '前のフローの書き込みが終わると計算できます。',
  },
  blankKey: {
    what: 'キーのフィールド（{keys}）が空の行が {count} 行あります。',
    todo: '空の行をフィルタで除くか、入力のデータを直してください。',
  },
  duplicateKeyInResult: {
    what: '書き込む結果に、キー（{keys}）が同じ行があります: {values}',
    todo: 'グループ化でまとめるか、キーのフィールドを増やしてください。',
  },
  duplicateKeyInApp: {
    what: '出力先アプリに、キー（{keys}）が同じレコードがあります: {values}',
    todo: 'どちらに書き込むか決められません。出力先アプリの重複を直してください。',
  },
  numberTooLong: {
    what: '数値の桁が多すぎて、kintone に保存できません: {value}（{digits} 桁まで）',
    todo: '計算式で丸めるか、アプリの数値の桁数の設定を見直してください。',
  },
  lookupKeyMissing: {
    what: 'ルックアップ「{field}」の参照先のアプリ（{app}）に、書き込む値のレコードがありません（{count} 種類）: {values}',
    todo: '何も書き込んでいません。参照先にレコードを追加するか、かっこ内のレコードの値を直してください。',
  },
  lookupRefused: {
    what: 'ルックアップの参照先に、書き込む値のレコードがありません: {message}',
    todo: '参照先のアプリにレコードを追加するか、フローの値を直してください。',
  },
  uniqueSwapped: {
    what: 'フィールド「{field}」は値の重複が禁止されているため、レコード {values} の値を入れ替えられません。',
    todo: 'どちらかを先に別の値にしてから、もう一度実行してください。',
  },
  tableKeyBlank: {
    what: 'テーブル「{field}」に書き込む行のうち {count} 行で、キー「{key}」が空です。',
    todo: '入力のデータを直すか、行を丸ごと置き換える設定にしてください。',
  },
  tableKeyRepeated: {
    what: 'テーブル「{field}」に、キー「{key}」が同じ行があります: {values}',
    todo: 'どの行に書き込むか決められません。重複をなくしてください。',
  },
  recordAddedBefore: {
    what: 'レコード「{label}」は、同じフローの前の出力が追加します。',
    todo: '1 つの出力にまとめるか、別のフローに分けてください。',
  },
  processOff: {
    what: 'アプリのプロセス管理が有効になっていません。',
    todo: 'アプリの管理者: アプリの設定でプロセス管理を有効にしてください。',
  },
  actionUnknown: {
    what: 'アクション「{action}」は、アプリのプロセス管理にありません。',
    todo: 'アプリの管理者: アクション名が変わっていないか確認してください。',
  },
  actionNotAllowed: {
    what: 'ステータス「{status}」のレコードでは、アクション「{action}」を実行できません（{count} 件）: {values}',
    todo: '対象を絞り込むか、実行できないレコードを飛ばす設定にしてください。',
  },
  actionRefused: {
    what: 'kintone がステータスの変更を受け付けませんでした: {message}',
    todo: 'アクションの実行条件と、現在の作業者を確認してください。',
  },
  optionsBlanked: {
    what: 'フィールド「{field}」の選択肢にない値（{values}）を空にしました。',
    todo: '残したい場合は、アプリの設定で選択肢を追加してください。',
  },
  blankKeysSkipped: {
    what: 'キー（{keys}）が空の行を飛ばしました。',
    todo: '書き込む必要がある場合は、入力のデータを直してください。',
  },
  duplicateKeysSkipped: {
    what: 'キー（{keys}）が同じ行のうち、使わない行を飛ばしました: {values}',
    todo: '意図したとおりか、結果の行の順を確認してください。',
  },
  optionMissing: {
    what: '「{value}」は、フィールド「{field}」の選択肢にありません。',
    todo: '選択肢を追加するか、フローで値を置き換えてください。',
  },
  valueNotConvertible: {
    what: '列「{column}」の値「{value}」は、フィールド「{field}」に書き込める形ではありません。',
    todo: 'データ編集で型を変換するか、入力のデータを直してください。',
  },
  valuesNotConverted: {
    what: '変換できない値を空にしました。',
    todo: '意図したとおりか、入力のデータを確認してください。',
  },
  duplicatesRemoved: { what: '重複する行を取り除きました。', todo: '' },
  rowsBeyondLimit: { what: '件数に入らない行を除きました。', todo: '' },
  limitCountInvalid: {
    what: 'パラメーター「{parameter}」の値「{value}」は、件数として使えません。',
    todo: '0 以上の整数を入力してください。',
  },
  joinLeftDropped: { what: '相手が見つからない左のデータの行は、結果に入っていません。', todo: '' },
  joinRightDropped: { what: '相手が見つからない右のデータの行は、結果に入っていません。', todo: '' },
  emptyTablesDropped: { what: 'テーブル「{table}」が空のレコードを取り除きました。', todo: '' },
  unpivotRowsDropped: { what: '値がすべて空の行を取り除きました。', todo: '' },
  joinTooLarge: {
    what: '結合の結果が大きすぎます（{rows} 行）。',
    todo: 'キーが重複しすぎています。キーを増やすか、先にグループ化してください。',
  },
  lookupAmbiguous: {
    what: 'マスタに 2 行以上見つかった行が {count} 行あります（{keys}）: {values}',
    todo: 'マスタの重複をなくすか、最初または最後の行を使う設定にしてください。',
  },
  lookupMissing: {
    what: 'マスタに見つからない行が {count} 行あります（{keys}）: {values}',
    todo: 'マスタに追加するか、入力のデータを直してください。',
  },
  lookupSeveral: {
    what: 'マスタに 2 行以上見つかったため、そのうちの 1 行を使いました（{keys}）: {values}',
    todo: 'マスタの重複を確認してください。',
  },
  lookupBlank: {
    what: 'マスタに見つからず、取り込む列を空にしました（{keys}）: {values}',
    todo: 'マスタと入力のデータを確認してください。',
  },
  lookupDropped: { what: 'マスタに見つからない行を除きました（{keys}）: {values}', todo: '' },
  blankRowsDropped: { what: '値がすべて空の行を、テーブル「{table}」に入れませんでした。', todo: '' },
  pivotValueUnknown: {
    what: '列「{column}」に、「列にする値」にない値があります（{count} 行）: {values}',
    todo: 'アプリの管理者: 行ー列変換の設定に値を加えるか、取り除く・まとめる設定にしてください。',
  },
  pivotRowsIgnored: {
    what: '列「{column}」の値が「列にする値」にない行を取り除きました: {values}',
    todo: '意図したとおりか、入力のデータを確認してください。',
  },
  valueTooManyRows: {
    what: '返す行が多すぎます（{count} 行。上限は {limit} 行）。',
    todo: '「先頭N件」や「フィルタ」で行を減らすか、アプリに書き込んでください。',
  },
  valueTooLong: {
    what: '返す値が大きすぎます（JSON で {count} 文字。上限は {limit} 文字）。',
    todo: '返す列か行を減らすか、アプリに書き込んでください。',
  },
  tooManyRows: {
    what: '結果の行が多すぎます（{count} 行。上限は {limit} 行）。',
    todo: 'フィルタで行を減らすか、行にする列を減らしてください。',
  },
  constantNotConvertible: {
    what: 'パラメーターの値「{value}」は、列「{column}」の値にできません。',
    todo: '呼び出し元レコードの値か、列のタイプを直してください。',
  },
  typeNotConvertible: {
    what: '列「{column}」の {count} 行の値が、新しいタイプに変えられません: {values}',
    todo: '値を直すか、変えられない値の扱いを変えてください。',
  },
  typeLeftBlank: {
    what: '列「{column}」で、新しいタイプにできない値を空にしました: {values}',
    todo: '意図したとおりか、入力のデータを確認してください。',
  },
  typeKeptAsText: {
    what: '列「{column}」で、新しいタイプにできない値を別の列に残しました: {values}',
    todo: '',
  },
  typeFirstOption: {
    what: '列「{column}」で、選択肢にない値を最初の選択肢にしました: {values}',
    todo: '意図したとおりか、入力のデータを確認してください。',
  },
  checkStopped: {
    what: 'データチェックで {count} 行のエラーが見つかり、フローを止めました。このフローは何も書き込んでいません。',
    todo: '見つかったエラーを直してから、もう一度実行してください。',
  },
  checkMessage: { what: '{message}（行 {rows}）', todo: '' },
  checkRequired: { what: '「{column}」が空です（行 {rows}）。', todo: '' },
  checkRange: { what: '「{column}」が範囲の外です（行 {rows}: {values}）。', todo: '' },
  checkCompare: { what: '「{column}」が比較の条件に合いません（行 {rows}: {values}）。', todo: '' },
  checkPattern: { what: '「{column}」の書式が正しくありません（行 {rows}: {values}）。', todo: '' },
  checkExists: { what: '「{column}」の値が、ほかのアプリにありません（行 {rows}: {values}）。', todo: '' },
  checkOption: { what: '「{column}」の値が、選択肢にありません（行 {rows}: {values}）。', todo: '' },
  checkFormula: { what: 'チェック {number} の数式が TRUE になりません（行 {rows}）。', todo: '' },
  checkNoRow: { what: '行が 1 行もありません。', todo: '' },
  valueUnexpected: {
    what: 'フィールド「{field}」の値を読み取れませんでした。',
    todo: 'アプリの管理者に連絡してください。',
  },
  formulaErrors: {
    what: '列「{column}」の計算で、{count} 行がエラー（{error}）になりました。',
    todo: '計算式と、その行の入力の値を確認してください。',
  },
  conditionValueInvalid: {
    what: '条件の値「{value}」は、「{field}」と比べられる形ではありません。',
    todo: 'アプリの管理者: 条件の値を直してください。',
  },
  parameterMissing: {
    what: 'パラメーター「{parameter}」の値がありません。',
    todo: '呼び出し元レコードのフィールドと、フローの設定を確認してください。',
  },
  parameterNotUsable: {
    what: 'パラメーター「{parameter}」は、この条件には使えません。',
    todo: 'アプリの管理者: 文字・数値・日付などのフィールドを選び直してください。',
  },
  commandUnknown: {
    what: 'このバージョンにないコマンド（{type}）が使われています。',
    todo: 'プラグインを最新版にしてください。',
  },
  commandCrashed: {
    what: 'コマンドの処理中に、プラグインの不具合が起きました: {message}',
    todo: '「報告用にコピー」の内容を添えて、プラグインの開発元に知らせてください。',
  },
  unexpected: {
    what: '予期しないエラーが起きました: {message}',
    todo: 'もう一度試してください。続く場合は、この内容をアプリの管理者に伝えてください。',
  },
  // Reading and saving the settings
  settingsInvalid: {
    what: '設定の「{path}」が正しくありません。',
    todo: 'アプリの管理者: 設定画面で直して保存し直すか、書き出したファイルを確認してください。',
  },
  settingsUnknownKey: {
    what: '設定に、このバージョンが知らない項目「{path}」があります。',
    todo: 'プラグインを最新版にしてください。',
  },
  settingsForbiddenKey: {
    what: '設定に、使えない名前「{key}」があります。',
    todo: 'ファイルの「{path}」を直してください。',
  },
  settingsNotJson: {
    what: '設定のファイルを JSON として読めません: {reason}',
    todo: '書き出したファイルをそのまま選んでください。',
  },
  settingsTooDeep: {
    what: '設定の入れ子が深すぎます（{limit} 段まで）。',
    todo: '書き出したファイルをそのまま選んでください。',
  },
  settingsTooLarge: {
    what: '設定が大きすぎます（{bytes} バイト。上限は {limitBytes} バイト）。',
    todo: 'フローを分けるか、使っていないフローを削除してください。',
  },
  settingsOverQuota: {
    what: '設定が、kintone に保存できる大きさを超えています（{bytes} バイト。上限は {limitBytes} バイト）。',
    todo: '使っていないフローを削除するか、書き出してからフローを別のアプリに移してください。',
  },
  settingsSaveFailed: {
    what: '設定を保存できませんでした: {message}',
    todo: 'もう一度保存してください。続く場合は、設定を書き出してから再読み込みしてください。',
  },
  settingsChangedElsewhere: {
    what: 'この画面を開いたあとに、{savedBy} さんが設定を保存しました。',
    todo: 'どちらの内容を残すか選んでください。',
  },
  settingsVersionNewer: {
    what: '設定が、このプラグインより新しい形式（{version}）です。',
    todo: 'プラグインを最新版にしてください。',
  },
  settingsVersionUnknown: {
    what: '設定の形式（{version}）が分かりません。',
    todo: '書き出したファイルをそのまま選んでください。',
  },
  storedSettingsDamaged: {
    what: '保存されている設定が壊れています（{reason}）。',
    todo: 'アプリの管理者: 設定画面で、書き出しておいたファイルを読み込んで保存し直してください。',
  },
  storedSettingsIncomplete: {
    what: '保存されている設定の一部（{key}）がありません。',
    todo: 'アプリの管理者: 設定画面で、書き出しておいたファイルを読み込んで保存し直してください。',
  },
  storedSettingsNewer: {
    what: '保存されている設定が、このプラグインより新しい形式です。',
    todo: 'プラグインを最新版にしてください。',
  },
  // Errors of single rows in formulas
  notANumber: {
    what: '数値として読めない文字があります。',
    todo: '入力の値を直すか、IFERROR で代わりの値を決めてください。',
  },
  notADate: {
    what: '日付として読めない文字があります。',
    todo: '2026-01-31 や 2026/1/31 の形にしてください。',
  },
  notATime: { what: '時刻として読めない文字があります。', todo: '9:30 の形にしてください。' },
  notADateTime: { what: '日時として読めない文字があります。', todo: '2026-01-31 09:30 の形にしてください。' },
  divisionByZero: { what: '0 で割っています。', todo: 'IF で 0 のときの値を決めてください。' },
  argumentOutOfRange: {
    what: '関数の引数が、使える範囲の外です。',
    todo: '関数の引数の値を確認してください。',
  },
  dateOutOfRange: {
    what: '日付が 1 年から 9999 年の範囲を超えています。',
    todo: '日付の計算を確認してください。',
  },
  textNotFound: {
    what: '探している文字が見つかりません。',
    todo: 'IFERROR で見つからないときの値を決めてください。',
  },
  noMatch: { what: 'どの条件や値にも当てはまりません。', todo: '最後に、その他の場合の値を加えてください。' },
  textTooLong: {
    what: '文字列が 65,536 文字を超えるか、列全体の文字が多すぎます。',
    todo: '短くなるように計算式を直してください。',
  },
  unknownFormat: {
    what: 'TEXT の表示形式が、この種類の値に使えません。',
    todo: '表示形式を直してください。',
  },
  undoNothing: {
    what: 'この実行の書き込みの記録がないため、元に戻せません。',
    todo: 'ログのレコードに添付されている書き込み計画を確認してください。',
  },
  planRemoved: {
    what: 'この実行の書き込み計画は、あとの {user} さんの実行が成功したときに削除されました。この実行単位は、最後の実行の計画だけを残す設定です。',
    todo: '最後の実行を元に戻すか、レコードを手で直してください。今後、古い実行も元に戻せるようにするには、元に戻すための記録を「すべての実行で残す」にしてください。',
  },
  undoNotEnded: {
    what: 'まだ終わっていない実行は、元に戻せません。',
    todo: '実行を中止するか、終わるまで待ってください。',
  },
  undoChangedSince: {
    what: '実行したあとに変更された {count} 件は、そのまま残します: {values}',
    todo: '必要なら、レコードを開いて直してください。',
  },
  undoGoneSince: { what: '実行したあとに削除された {count} 件は、戻せません: {values}', todo: '' },
  undoIdsUnknown: {
    what: '追加した {count} 件は、レコードの番号が分からないため削除しません。',
    todo: '出力先のアプリで、実行した時刻に追加されたレコードを確認してください。',
  },
  undoStatusStays: {
    what: '{count} 件は、プロセス管理のステータスが実行後のままになります: {values}',
    todo: '必要なら、レコードの画面でステータスを変更してください。',
  },
  undoAddedAnew: { what: '削除した {count} 件は、新しい番号のレコードとして追加し直します。', todo: '' },
  appSettingsChanged: {
    what: 'このページを開いたあとに、アプリの設定が変更されました。',
    todo: '内容を確認してから、上書きするか、ページを開き直してください。',
  },
  continueNotEnded: {
    what: 'まだ終わっていない実行の続きは書けません。',
    todo: '終わるまで待つか、中止してください。',
  },
  continueNothing: { what: 'この実行には、書き残した計画がありません。', todo: 'もう一度実行してください。' },
  continueStale: {
    what: 'この実行のあとに、{user} さんの実行が書き込んでいます。続きを書くと、古い値に戻るおそれがあります。',
    todo: 'もう一度実行して、いまのデータで確認し直してください。',
  },
  alreadyContinued: {
    what: 'この実行の続きは、すでに書き込まれています。',
    todo: '実行ログを確認してください。',
  },
  runRecordGone: {
    what: 'この実行のログのレコードが見つかりません。',
    todo: 'ログのレコードが削除されていないか、アプリの管理者に確認してください。',
  },
} satisfies FailureTexts;
