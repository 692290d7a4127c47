import { failureText as text } from '../../i18n';
import { connectorProblems } from './connector';
import { httpProblems } from './http-command';
import { startProblems } from './start-command';
import { unitProblems } from './unit-problems';

/** What can be wrong with settings, by code of the problem: what it is, and what to do about it. */
export const problems = {
  ...httpProblems,
  ...connectorProblems,
  ...unitProblems,
  ...startProblems,
  unitIdDuplicate: text(
    '同じ ID の実行単位がほかにもあります。',
    'どちらかを複製し直して、元を削除してください。',
  ),
  unitNameDuplicate: text(
    '同じ名前「{name}」の実行単位がほかにもあります。',
    'ログで見分けられるように、名前を変えてください。',
  ),
  unitWithoutFlows: text('実行するフローがありません。', 'フローを追加してください。'),
  unitFlowUnknown: text(
    '割り当てられたフローが見つかりません（{flowId}）。',
    '一覧から外すか、設定ファイルを読み込み直してください。',
  ),
  unitFlowRepeated: text('フロー「{name}」が 2 回割り当てられています。', '1 つを外してください。'),
  buttonSpaceBlank: text('ボタンを置くスペースが選ばれていません。', '要素 ID を選んでください。'),
  buttonUserBlank: text('ユーザーや組織のコードが空です。', 'コードを入力するか、行を削除してください。'),
  buttonConditionBlank: text(
    '表示する条件のフィールドが選ばれていません。',
    'フィールドを選ぶか、条件を削除してください。',
  ),
  flowIdDuplicate: text(
    '同じ ID のフローがほかにもあります。',
    'どちらかを複製し直して、元を削除してください。',
  ),
  flowNameDuplicate: text(
    '同じ名前「{name}」のフローがほかにもあります。',
    '見分けられるように、名前を変えてください。',
  ),
  flowUnused: text('フロー「{name}」は、どの実行単位でも使われていません。'),
  logAppNotChosen: text(
    '有効な実行単位がありますが、ログアプリが設定されていません。',
    '［ログアプリ］タブで作成するか選んでください。',
  ),
  flowWithoutInput: text(
    '入力のコマンドがありません。',
    '「入力アプリ」か「呼び出し元レコード」を追加してください。',
  ),
  flowWithoutOutput: text('出力のコマンドがありません。', '「出力アプリ」を追加してください。'),
  flowNotConnected: text(
    'つながっていないコマンドがあります（{parts} つに分かれています）。',
    '入力を選び直すか、別のフローに分けてください。',
  ),
  valueTwice: text(
    '「結果の値」が 2 つ以上あります。1 つのフローが返す値は 1 つです。',
    '「レコード結合」で 1 つにまとめるか、片方を削除してください。',
  ),
  leadsNowhere: text(
    'このコマンドの結果は、どの出力にも使われていません。',
    '後のコマンドの入力に選ぶか、削除してください。',
  ),
  commandIdTwice: text('同じ ID のコマンドがほかにもあります。', '複製し直して、元を削除してください。'),
  inputMissing: text(
    '入力が選ばれていません（{wanted} つ必要です）。',
    '前のコマンドを入力に選んでください。',
  ),
  inputTooMany: text('入力が多すぎます（{wanted} つまで）。', 'コマンドを追加し直してください。'),
  inputUnknown: text('入力に選ばれたコマンドが見つかりません。', '入力を選び直してください。'),
  inputLater: text(
    '入力に選ばれたコマンドが、このコマンドより後にあります。',
    '前にあるコマンドを選び直してください。',
  ),
  appNotChosen: text('アプリが選ばれていません。', 'アプリを選んでください。'),
  appNotVisible: text(
    'アプリ（番号 {app}）は削除されたか、閲覧する権限がありません。',
    '設定は残しています。権限を確認するか、別のアプリを選んでください。',
  ),
  appLoading: text('アプリ（番号 {app}）のフィールドを読み込んでいます。'),
  callingAppUnknown: text(
    'このアプリのフィールドを読み込めていません。',
    '［アプリの情報を再読み込み］を押してください。',
  ),
  columnNotChosen: text('列が選ばれていません。', '列を選んでください。'),
  columnMissing: text(
    '列「{column}」が見つかりません。',
    '前のコマンドを確認するか、別の列を選んでください。',
  ),
  columnNameBlank: text('列名が空です。', '列名を入力してください。'),
  columnNameTaken: text('列名「{column}」はすでに使われています。', '別の名前にしてください。'),
  fieldMissing: text(
    'フィールド「{field}」が見つかりません。',
    '削除されたか、フィールドコードが変わっています。選び直してください。',
  ),
  fieldTwice: text('フィールド「{field}」が 2 回選ばれています。', '1 つを外してください。'),
  renameUnused: text(
    '名前を変える列「{column}」は、読み込むフィールドにありません。',
    'フィールドを選ぶか、行を削除してください。',
  ),
  tableMissing: text('テーブル「{table}」が見つかりません。', '選び直してください。'),
  tableNotChosen: text('テーブルが選ばれていません。', 'テーブルを選んでください。'),
  notATable: text('列「{column}」はテーブルではありません（{type}）。', 'テーブルの列を選んでください。'),
  tableKept: text('展開するテーブル「{column}」は、残す列には選べません。', '残す列から外してください。'),
  conditionEmpty: text('条件がありません。', '条件を追加してください。'),
  conditionOperatorNotUsable: text(
    '列「{column}」（{type}）には、この比較は使えません。',
    '比較を選び直してください。',
  ),
  conditionValueMissing: text('列「{column}」の条件に値がありません。', '値を入力してください。'),
  conditionValueInvalid: text(
    '「{value}」は、「{field}」（{type}）の値として使えません。',
    '値を直してください。',
  ),
  conditionOptionUnknown: text(
    '「{value}」は、列「{column}」の選択肢にありません。',
    '選択肢の名前が変わっていないか確認してください。',
  ),
  conditionPeriodNotUsable: text(
    '列「{column}」（{type}）には期間を使えません。',
    '値を指定するか、日付の列を選んでください。',
  ),
  keysMissing: text('キーがありません。', 'キーを追加してください。'),
  keyTypeUnsuitable: text(
    '「{column}」（{type}）はキーに使えません。',
    '文字列・数値・日付などを選んでください。',
  ),
  keyTypesDiffer: text(
    'キーの種類が違います（{left}: {leftType}、{right}: {rightType}）。',
    '同じ種類の列を選ぶか、前で種類を変えてください。',
  ),
  unionColumnsDropped: text(
    '結果に入らない列があります（{columns}）。',
    '必要な列なら「両方の列すべて」を選んでください。',
  ),
  unionTypesDiffer: text(
    '列「{column}」の種類が左右で違います（{first}、{second}）。',
    '前のコマンドで種類か名前を変えてください。',
  ),
  nothingShared: text('両方に共通の列がありません。', '結果の列の選び方を変えてください。'),
  sortTypeUnsuitable: text('列「{column}」（{type}）では並べ替えられません。', '別の列を選んでください。'),
  sortKeyTwice: text('列「{column}」が 2 回キーになっています。', '1 つを削除してください。'),
  groupEmpty: text('グループ化する列も集計もありません。', 'どちらかを追加してください。'),
  groupTypeUnsuitable: text('列「{column}」（{type}）ではグループ化できません。', '別の列を選んでください。'),
  aggregateTypeUnsuitable: text(
    '列「{column}」（{type}）には、この集計方法を使えません。',
    '方法か列を選び直してください。',
  ),
  pivotTypeUnsuitable: text(
    '列「{column}」（{type}）の値は列にできません。',
    '文字列、選択（1 つ）、数値、日付などの列を選んでください。',
  ),
  pivotValuesMissing: text('列にする値がありません。', '値を入力するか、選択肢を取り込んでください。'),
  pivotValueInvalid: text('列にする値「{value}」は、{type}の値として使えません。', '値を直してください。'),
  pivotValueTwice: text('列にする値「{value}」が 2 回あります。', '1 つを削除してください。'),
  pivotCellsMissing: text('新しい列に入れる値がありません。', '値を追加してください。'),
  pivotNameWithoutValue: text(
    '列名に「{mark}」がないため、新しい列の名前が同じになります。',
    '列名のどこかに「{mark}」を入れてください。',
  ),
  pivotTooManyColumns: text(
    '新しい列が {count} 列になります（上限 {limit} 列）。',
    '列にする値を減らすか、上限を上げてください。',
  ),
  pivotOptionsMissing: text(
    '選択肢「{options}」が、列にする値にありません。',
    '値に加えるか、ほかの値を 1 つの列にまとめてください。',
  ),
  unpivotEmpty: text('行にする列がありません。', '列を追加してください。'),
  unpivotTypeUnsuitable: text(
    '列「{column}」（{type}）は行にできません。',
    '先にテーブルを展開してください。',
  ),
  unpivotTypesDiffer: text(
    '列「{column}」の種類（{second}）が、最初の列（{first}）と違います。',
    '「すべて文字列にする」を選ぶか、前で種類をそろえてください。',
  ),
  unpivotMoreTooMany: text(
    '列が多すぎます（{given} 個。値の列は {wanted} 個です）。',
    '値の列を追加するか、余分な列を消してください。',
  ),
  unpivotNameTwice: text(
    '表示「{name}」が 2 つの列に使われています。',
    '見分けられるように、変えてください。',
  ),
  windowEmpty: text('追加する列がありません。', '列を追加してください。'),
  windowTypeUnsuitable: text(
    '列「{column}」（{type}）には、この方法を使えません。',
    '方法か列を選び直してください。',
  ),
  windowOrderMissing: text(
    '計算する順序がないため、行の並び順のまま計算します。',
    '日付などの順序を指定してください。',
  ),
  selectEmpty: text('残す列がありません。', '列を追加してください。'),
  editEmpty: text('編集する内容がありません。', '編集を追加してください。'),
  editTypeUnsuitable: text(
    '列「{column}」（{type}）には、この方法を使えません。',
    '方法か列を選び直してください。',
  ),
  conversionImpossible: text('{from}を{to}には変えられません。', '結果の種類を選び直してください。'),
  searchBlank: text('検索する文字列が空です。', '文字列を入力してください。'),
  fillValueBlank: text('埋める値が空です。', '値を入力してください。'),
  fillValueInvalid: text('「{value}」は{type}の値として使えません。', '値を直してください。'),
  mappingEmpty: text('マッピングがありません。', '書き込む列とフィールドの組を追加してください。'),
  mappedTwice: text('フィールド「{field}」に 2 つの列が割り当てられています。', '1 つを削除してください。'),
  mappingTypesDiffer: text(
    '列「{column}」（{from}）は、フィールド「{field}」（{to}）に書き込めません。',
    '種類の合うフィールドを選んでください。',
  ),
  mappingLosesData: text(
    '列「{column}」（{from}）をフィールド「{field}」（{to}）に書き込むと、値の一部が失われます。',
    'データ編集で必要な部分を取り出してください。',
  ),
  mappingConverts: text(
    '列「{column}」（{from}）は、フィールド「{field}」（{to}）の形に変えて書き込みます。',
    '変えられない値があると、実行が止まります。',
  ),
  optionsMissing: text(
    '列「{column}」の選択肢「{options}」が、フィールド「{field}」にありません。',
    '書き込み先に選択肢を追加するか、値を置き換えてください。',
  ),
  outputFieldNotChosen: text('書き込み先のフィールドが選ばれていません。', 'フィールドを選んでください。'),
  outputFieldMissing: text('フィールド「{field}」が出力アプリにありません。', '選び直してください。'),
  fieldInTable: text(
    'フィールド「{field}」はテーブル「{table}」の中にあります。',
    'テーブルの列をテーブルに割り当ててください。',
  ),
  fieldCalculated: text(
    'フィールド「{field}」は自動計算されるため、書き込めません。',
    '別のフィールドを選んでください。',
  ),
  fieldSetByKintone: text(
    'フィールド「{field}」は kintone が設定するため、書き込めません。',
    '別のフィールドを選んでください。',
  ),
  fieldFilledByLookup: text(
    'フィールド「{field}」は、ルックアップ「{lookup}」が値をコピーします。',
    'ルックアップのフィールドに書き込んでください。',
  ),
  fieldHoldsNoValue: text(
    'フィールド「{field}」は値を持たないため、書き込めません。',
    '別のフィールドを選んでください。',
  ),
  filesNotWritable: text(
    '添付ファイルのフィールド「{field}」には書き込めません。',
    'マッピングから外してください。',
  ),
  tableFieldsDiffer: text(
    '列「{column}」とテーブル「{field}」に、共通のフィールドがありません。',
    'テーブルの中のフィールドコードをそろえてください。',
  ),
  tableFieldsNotWritten: text(
    '列「{column}」のうち「{fields}」は、書き込み先のテーブルにないため書き込みません。',
  ),
  keyTwice: text('フィールド「{field}」が 2 回キーになっています。', '1 つを外してください。'),
  keyNotMapped: text(
    'キー「{field}」に書き込む列が割り当てられていません。',
    'マッピングに追加するか、キーから外してください。',
  ),
  keyNotUnique: text(
    'キー「{field}」は「値の重複を禁止する」になっていません。',
    '同じ値のレコードが 2 件以上あると、実行が止まります。',
  ),
  nothingToUpdate: text(
    'キー以外に書き込むフィールドがありません。',
    '更新するフィールドをマッピングに追加してください。',
  ),
  mappingNotUsed: text('削除では、キーでないフィールド「{field}」は使いません。'),
  addOptionRefused: text(
    '選択肢の自動追加はできません。',
    '選択肢の追加はアプリの設定変更になるため、実行の中では行いません。アプリの設定で選択肢を追加するか、［実行を止める］か［空にして報告する］を選んでください。',
  ),
  autoNumberMapped: text(
    '自動採番のフィールド「{field}」にも列が割り当てられています。',
    'マッピングか自動採番のどちらかを外してください。',
  ),
  autoNumberTypeUnsuitable: text(
    '「{field}」（{type}）は自動採番に使えません。',
    '文字列（1行）か数値のフィールドを選んでください。',
  ),
  autoNumberNotUnique: text(
    '自動採番のフィールド「{field}」は「値の重複を禁止する」になっていません。',
    '同時に実行されると同じ番号が付くことがあります。アプリの設定で重複を禁止してください。',
  ),
  autoNumberTokenUnknown: text(
    '「{token}」は番号の前後に使えません。',
    '使えるもの: yyyy yy mm dd fy group（波かっこで囲みます）',
  ),
  autoNumberPeriodMissing: text(
    '番号を戻す期間が、番号から分かりません。',
    '番号の前後に {tokens} を入れてください。',
  ),
  autoNumberCycleNumber: text(
    '数値フィールドの番号は、期間ごとに戻せません。',
    '文字列（1行）のフィールドにするか、戻さない設定にしてください。',
  ),
  autoNumberAffixIgnored: text('数値フィールドには番号だけを入れます。前後の文字は使いません。'),
  autoNumberGroupNotMapped: text(
    '採番のグループ「{field}」に書き込む列が割り当てられていません。',
    'マッピングに追加してください。',
  ),
  autoNumberShared: text(
    '番号をほかのアプリと共有します。別々のアプリに同時に実行すると、同じ番号になることがあります。',
    '同時に実行しない運用にするか、アプリごとに番号の前の文字を分けてください。',
  ),
  autoNumberSharedGroup: text(
    'グループごとの番号は、ほかのアプリと共有できません。',
    'グループ、または番号の共有を外してください。',
  ),
  autoNumberGroupBlank: text(
    '番号にグループの値を使いますが、グループが選ばれていません。',
    'グループのフィールドを選ぶか、{group} を消してください。',
  ),
  autoNumberGroupRepeats: text(
    'グループごとに同じ番号が出ますが、「{field}」は値の重複を禁止しています。',
    '番号の前に {group} を入れてください。',
  ),
  tableNotMapped: text(
    'テーブル「{field}」に書き込む列が割り当てられていません。',
    'マッピングにテーブルを追加するか、この設定を削除してください。',
  ),
  tableTwice: text('テーブル「{field}」の設定が 2 つあります。', '1 つを削除してください。'),
  tableKeyNotChosen: text(
    'テーブル「{field}」の行を見分けるキーが選ばれていません。',
    'テーブルの中のフィールドを選んでください。',
  ),
  tableKeyNotWritten: text(
    'テーブル「{field}」のキー「{key}」に、結果の列がありません。',
    '結果のテーブルに同じフィールドコードの列を入れてください。',
  ),
  processOff: text(
    'アプリのプロセス管理が有効になっていません。',
    'アプリの設定でプロセス管理を有効にしてください。',
  ),
  actionBlank: text('アクション名が空です。', 'プロセス管理のアクション名を入力してください。'),
  assigneeBlank: text(
    '次の作業者のログイン名が空です。',
    'ログイン名を入力するか、［指定しない］を選んでください。',
  ),
  textColumnNeeded: text('列「{column}」（{type}）は、ここでは使えません。', '文字列の列を選んでください。'),
  requiredNotMapped: text(
    '必須フィールド「{field}」がマッピングにありません。',
    '追加するレコードがあると、kintone に断られます。',
  ),
  lookupEmpty: text('取り込む列がありません。', '列を追加してください。'),
  nestEmpty: text('テーブルに入れる列がありません。', '列を追加してください。'),
  nestTypeUnsuitable: text(
    'テーブル「{column}」は、テーブルの中に入れられません。',
    '先に展開するか、レコードの列にしてください。',
  ),
  constantEmpty: text('追加する列がありません。', '列を追加してください。'),
  constantValueInvalid: text('「{value}」は {type} の値として使えません。', '値を直してください。'),
  setTypeEmpty: text('タイプを変える列がありません。', '列を追加してください。'),
  firstOptionMissing: text(
    '最初の選択肢がありません。',
    'ラジオボタンかドロップダウンにし、選択肢を入力してください。',
  ),
  checkEmpty: text('チェックがありません。', 'チェックを追加してください。'),
  checkTypeUnsuitable: text(
    'このチェックは、列「{column}」（{type}）には使えません。',
    '別の種類か列を選んでください。',
  ),
  checkTypesDiffer: text(
    '「{column}」（{type}）と「{other}」（{otherType}）は比べられません。',
    '同じタイプの列を選ぶか、先にタイプを変えてください。',
  ),
  rangeEmpty: text('範囲の最小も最大もありません。', 'どちらかを入力してください。'),
  optionsUnknown: text('「{column}」に選択肢がありません。', '選択肢のあるフィールドを選んでください。'),
  patternEmpty: text('正規表現が空です。', '正規表現を入力してください。'),
  patternTooLong: text('正規表現が長すぎます（{limit} 文字まで）。'),
  patternTooDeep: text('正規表現の入れ子が深すぎます（{limit} 段まで）。'),
  patternTooLarge: text('正規表現の繰り返しが大きすぎます。', '{ } の回数を減らしてください。'),
  patternUnclosed: text('正規表現の {position} 文字目の「{found}」が閉じられていません。'),
  patternUnsupported: text(
    '正規表現の {position} 文字目の「{found}」は使えません。',
    '文字として使うには、前に \\ を付けてください。',
  ),
  patternNothingToRepeat: text('正規表現の {position} 文字目の「{found}」の前に、繰り返すものがありません。'),
  patternRangeReversed: text('正規表現の {position} 文字目の範囲が逆です。'),
  patternRepeatTooLarge: text('正規表現の {position} 文字目の回数が大きすぎます（{limit} 回まで）。'),
  emptyFormula: text('数式が空です。', '数式を入力してください。'),
  tooLong: text('数式が長すぎます（{limit} 文字まで）。', '編集を複数に分けてください。'),
  tooManyTokens: text('数式の要素が多すぎます（{limit} 個まで）。', '編集を複数に分けてください。'),
  tooDeep: text('数式の入れ子が深すぎます（{limit} 段まで）。', '編集を複数に分けてください。'),
  numberTooLong: text('数値の桁数が多すぎます。'),
  unexpectedCharacter: text('数式に使えない文字「{character}」があります。'),
  unclosedText: text('文字列の終わりの「"」がありません。'),
  unclosedBracket: text('終わりの「]」がありません。'),
  unclosedParenthesis: text('終わりの「)」がありません。'),
  unclosedParameter: text('呼び出し元の値「{name}」の終わりの「%」がありません。'),
  emptyName: text('「[ ]」の中が空です。', '列名を入れてください。'),
  parameterName: text('「%」の後に呼び出し元の値の名前がありません。'),
  nameStartsWithDigit: text('名前「{name}」は数字で始まっています。', '列名なら [ ] で囲んでください。'),
  missingOperator: text('「{found}」の前に演算子がありません。'),
  expectedOperand: text('値が足りません（「{found}」の位置）。'),
  unexpectedParenthesis: text('余分な「)」があります。'),
  unexpectedComma: text('余分な「,」があります。'),
  phoneticUnavailable: text(
    '関数「{name}」は使えません。ふりがなは入力時の情報で、kintone のフィールドには残りません。',
    '読みを入力するフィールドをアプリに作り、そのフィールドを使ってください。',
  ),
  lookupElsewhere: text(
    '関数「{name}」は数式にはありません。',
    'コマンド「マスタ参照」か「アプリ結合」を使ってください。',
  ),
  aggregateElsewhere: text(
    '関数「{name}」は数式にはありません。数式は 1 行ずつ計算します。',
    'コマンド「フィルタ」と「グループ化」を使ってください。',
  ),
  rankElsewhere: text('関数「{name}」は数式にはありません。', 'コマンド「順位」を使ってください。'),
  randomUnavailable: text(
    '関数「{name}」は使えません。確認した結果と書き込む結果が同じになるようにするためです。',
    '決まった値の列を使うか、アプリ側で値を用意してください。',
  ),
  unknownFunction: text('関数「{name}」はありません。', 'つづりを確認してください。'),
  unknownField: text('列「{name}」が見つかりません。', 'つづりを確認するか、一覧から選んでください。'),
  unknownParameter: text(
    '呼び出し元の値「{name}」が見つかりません。',
    'つづりを確認するか、一覧から選んでください。',
  ),
  fieldInsideTable: text(
    '列「{name}」はテーブル「{table}」の中にあります。',
    '先にテーブルを展開してください。',
  ),
  argumentCount: text('関数「{name}」の引数の数が違います（{count} 個）。', '書き方: {name}({signature})'),
  typeMismatch: text('「{used}」には{expected}が必要ですが、{found}があります。'),
};
