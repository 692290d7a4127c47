/**
 * Texts of the local kintone's error answers, in Japanese and English. Words in braces are filled in from
 * the error's parameters. Codes and meanings follow what real tenants answer; wording is close to it, but
 * clients should rely on codes and field keys, not on texts.
 */
export type Language = 'ja' | 'en';

export type MessageParams = Readonly<Record<string, string | number>>;

const messages = {
  // Codes of whole answers.
  CB_VA01: ['入力内容が正しくありません。', 'Missing or invalid input.'],
  CB_IJ01: ['不正なJSON文字列です。', 'Invalid JSON string.'],
  CB_IL02: ['不正なリクエストです。', 'Illegal request.'],
  CB_AU01: ['ログインしてください。', 'Please login.'],
  CB_WA01: [
    'ログイン名またはパスワードが正しくありません。',
    'Password authentication failed. The login name or the password is incorrect.',
  ],
  CB_NO02: ['権限がありません。', 'No privilege to proceed.'],
  CB_NF01: ['指定されたURLは存在しません。', 'The requested URL does not exist.'],
  GAIA_IA02: [
    '指定したAPIトークンは、アプリで生成されたトークンと異なります。',
    'The specified API token does not match the API token generated via an app.',
  ],
  GAIA_NO01: [
    'このAPIトークンでは、指定したAPIを実行できません。',
    'Using this API token, you cannot run the specified API.',
  ],
  GAIA_AP01: [
    '指定したアプリ（id: {app}）が見つかりません。削除されている可能性があります。',
    'The app (ID: {app}) not found. The app may have been deleted.',
  ],
  GAIA_RE01: [
    '指定したレコード（id: {id}）が見つかりません。',
    'The specified record (ID: {id}) is not found.',
  ],
  GAIA_RE02: [
    '指定したコメント（id: {id}）が見つかりません。',
    'The specified comment (ID: {id}) is not found.',
  ],
  GAIA_RE20: [
    '更新キーの値（{value}）に一致するレコードが見つかりません。',
    'No record has the specified update key value ({value}).',
  ],
  GAIA_BL01: [
    '指定したファイル（id: {id}）が見つかりません。',
    'The specified file (ID: {id}) is not found.',
  ],
  GAIA_FC01: [
    '指定したフィールド（code: {code}）が見つかりません。',
    'The specified field (code: {code}) is not found.',
  ],
  GAIA_CO02: [
    '指定したrevisionは最新ではありません。ほかのユーザーがレコードを更新した可能性があります。',
    'The revision is not the latest. Someone may update a record.',
  ],
  GAIA_DA02: [
    'データベースのロックに失敗したため、変更を保存できませんでした。時間をおいて再度お試しください。',
    'Failed to lock the database, so the change was not saved. Try again later.',
  ],
  GAIA_TO04: [
    '同時に実行できるリクエストの上限を超えています。時間をおいて再度お試しください。',
    'The number of concurrent requests has reached the limit. Try again later.',
  ],
  GAIA_TM12: [
    '作成できるカーソルの上限に達しているため、カーソルを作成できません。不要なカーソルを削除するか、しばらく経ってから再実行してください。',
    'No more cursors can be created. Delete cursors that are not needed or try again later.',
  ],
  GAIA_CN01: [
    '指定したカーソルは存在しないか、既に有効期限が切れています。',
    'The specified cursor does not exist or has expired.',
  ],
  GAIA_IQ28: [
    '更新キーの値（{value}）が、リクエストの中で重複しています。',
    'The update key value ({value}) appears more than once in the request.',
  ],
  GAIA_LO03: [
    'ルックアップの「コピー元のフィールド」には、「値の重複を禁止する」を選択したフィールドを指定する必要があります（{field}）。',
    'The key field of the lookup must prohibit duplicate values ({field}).',
  ],
  GAIA_LO04: [
    'フィールド「{field}」の値「{value}」が、ルックアップの参照先のフィールドにないか、または参照先のアプリまたはフィールドへのアクセス権がありません。',
    'The value "{value}" of the field "{field}" does not exist in the related app of the lookup, or you have no permission to view it.',
  ],
  GAIA_IL03: [
    'ステータスの変更に失敗しました。ほかのユーザーがステータス、またはステータスの設定を変更した可能性があります。',
    'Failed to change the status. The status or its settings may have been changed by someone else.',
  ],
  GAIA_IL23: [
    'ゲストスペース内のアプリを操作する場合は、ゲストスペースのIDを追加してください。',
    'Add the ID of the guest space when operating apps in a guest space.',
  ],
  GAIA_IL26: [
    '指定したユーザー（code: {code}）が見つかりません。',
    'The specified user (code: {code}) is not found.',
  ],
  GAIA_IL27: [
    '指定したグループ（code: {code}）が見つかりません。',
    'The specified group (code: {code}) is not found.',
  ],
  GAIA_IL28: [
    '指定した組織（code: {code}）が見つかりません。',
    'The specified organization (code: {code}) is not found.',
  ],
  GAIA_SP01: [
    '指定したスペース（id: {id}）が見つかりません。',
    'The specified space (ID: {id}) is not found.',
  ],
  GAIA_ST02: ['プロセス管理機能が無効化されています。', 'Process management is disabled.'],
  GAIA_NT01: ['作業者のみがステータスを変更できます。', 'Only Assignee can change the status.'],
  GAIA_UN01: [
    'アプリの設定を運用環境に反映しています。反映が終わってから再度お試しください（id: {app}）。',
    'The app settings are being deployed. Try again when the deployment has finished (ID: {app}).',
  ],
  GAIA_UN02: [
    'アプリの設定のrevisionは最新ではありません（id: {app}）。',
    'The revision of the app settings is not the latest (ID: {app}).',
  ],

  // Queries.
  GAIA_IQ03: [
    '{field}フィールドのフィールドタイプには演算子{operator}を使用できません。',
    'The operator {operator} cannot be used with the field type of {field}.',
  ],
  GAIA_IQ07: [
    'テーブルに設定している場合、{field}フィールドのフィールドタイプには演算子{operator}を使用できません。',
    'The operator {operator} cannot be used with the field type of {field} in a table.',
  ],
  GAIA_IQ10: [
    '{field}フィールドの選択肢に「{value}」がありません。',
    'The option "{value}" does not exist in the field {field}.',
  ],
  GAIA_IQ11: [
    '指定されたフィールド（{field}）が見つかりません。',
    'The specified field ({field}) is not found.',
  ],
  GAIA_IQ23: [
    '{field}フィールドに指定した関数{function}の引数が正しくありません。',
    'The argument of the function {function} for the field {field} is invalid.',
  ],
  GAIA_IQ25: [
    '{field}フィールドに指定した関数{function}の引数が正しくありません。',
    'The argument of the function {function} for the field {field} is invalid.',
  ],
  GAIA_IL08: [
    '{field}フィールドに指定したクエリが正しくありません。',
    'The query for the field {field} is invalid.',
  ],
  GAIA_IR02: [
    'フィールド「{field}」に指定したクエリが正しくありません。関連レコード一覧フィールドでのみ使用できます。',
    'The query for the field {field} is only allowed for related records fields.',
  ],
  GAIA_QU01: ['limitには500以下の値を指定してください。', 'limit must be 500 or less.'],
  GAIA_QU02: ['offsetには10,000以下の値を指定してください。', 'offset must be 10,000 or less.'],

  // Texts below `errors`.
  required: ['必須です。', 'Required.'],
  notInteger: ['整数で指定してください。', 'Must be an integer.'],
  notNumber: ['数字でなければなりません。', 'Only numbers are allowed.'],
  notString: ['文字列で指定してください。', 'Must be a string.'],
  notArray: ['配列で指定してください。', 'Must be an array.'],
  notObject: ['オブジェクトで指定してください。', 'Must be an object.'],
  badFormat: ['形式が正しくありません。', 'The format is invalid.'],
  badValue: ['指定できない値です（{value}）。', 'The value is not allowed ({value}).'],
  badDate: ['日付の形式が正しくありません。', 'Invalid date format.'],
  badTime: ['時刻の形式が正しくありません。', 'Invalid time format.'],
  badDateTime: ['日時の形式が正しくありません。', 'Invalid date and time format.'],
  duplicate: ['値がほかのレコードと重複しています。', 'This value already exists in another record.'],
  badOption: ['"{value}"は選択肢にありません。', 'The value, "{value}", is not in options.'],
  tooShort: ['{limit}文字より長くなければなりません。', 'Enter more than {limit} characters.'],
  tooLong: ['{limit}文字より短くなければなりません。', 'Enter less than {limit} characters.'],
  tooSmall: ['{limit}以上である必要があります。', 'The value must be {limit} or more.'],
  tooLarge: ['{limit}以下である必要があります。', 'The value must be {limit} or less.'],
  tooPrecise: [
    '数字の有効桁数が{limit}桁を超えています。',
    'The number of significant digits must be {limit} or less.',
  ],
  tooMany: ['最大で{limit}件まで指定できます。', 'No more than {limit} can be specified.'],
  tooFew: ['{limit}件以上指定してください。', 'Specify at least {limit}.'],
  outOfRange: ['{min}から{max}までの値を指定してください。', 'Specify a value from {min} to {max}.'],
  keyInRecord: [
    '更新キーに指定したフィールドは、recordに指定できません。',
    'The field specified as the update key cannot be specified in record.',
  ],
  keyNotUnique: [
    '更新キーには、「値の重複を禁止する」を選択した文字列（1行）または数値フィールドを指定してください。',
    'The update key must be a Text or Number field that prohibits duplicate values.',
  ],
  bothKeys: ['idとupdateKeyは同時に指定できません。', 'id and updateKey cannot be specified together.'],
  badApi: ['このAPIは指定できません（{value}）。', 'This API cannot be specified ({value}).'],
  queryBad: ['クエリ記法が間違っています。', 'Invalid query syntax.'],
  queryLimit: ['limitとoffsetは指定できません。', 'limit and offset cannot be specified.'],
  fieldExists: ['フィールドコードが重複しています（{code}）。', 'The field code already exists ({code}).'],
  badFieldCode: ['フィールドコードが正しくありません（{code}）。', 'The field code is invalid ({code}).'],
} as const satisfies Record<string, readonly [string, string]>;

export type MessageKey = keyof typeof messages;

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(messages, key);
}

/** The text of a message in a language; unknown placeholders stay as they are. */
export function message(key: MessageKey, language: Language, params: MessageParams = {}): string {
  const text = messages[key][language === 'ja' ? 0 : 1];
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** Japanese for Japanese users and browsers, English for everybody else. */
export function languageOf(code: string | undefined): Language {
  return code?.trim().toLowerCase().startsWith('ja') ? 'ja' : 'en';
}
