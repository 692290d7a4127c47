import { formatCount } from '../../i18n';

const n = (value: number): string => formatCount(value, 'ja');

/** Texts of the command line. */
export const cli = {
  help: `nagare: Nagare の実行単位をターミナルから実行します

使い方
  nagare run --settings ファイル --unit ID [オプション]
  nagare check --settings ファイル [オプション]
  nagare serve --settings ファイル --app ID [オプション]   (nagare serve --help)

run: 実行単位を1つ実行し、終わるまで状態を表示します
  --settings ファイル        プラグインの設定を書き出した JSON
  --unit ID                  実行単位の ID（英小文字14文字）
  --app ID                   呼び出し元レコードのアプリ
  --record ID                呼び出し元レコード（--app も必要）
  --input 名前=値             実行単位の入力項目の値。--record がないときは --app のフィールドの値にもなります
                             （くり返し指定可。複数選択は 1 行に 1 つ）
  --dry-run                  書き込む内容を表示し、何も書き込まない
  --json                     最後に JSON を1つ出力する。状態は標準エラーに出る
  --on-interrupted 方法      途中で止まった前回の実行をどうするか
                               resume   新しく実行せず、前回の残りを書き込む（既定）
                               restart  前回をあきらめて、最初から実行する
                               fail     失敗として知らせる
  --takeover-after 秒        動きのないほかの実行を見守る長さ（既定 130、0 は見守らない）
  --time-zone 名前           「今月」などの日付に使う IANA タイムゾーン（既定はこのマシンのもの）

check: 設定を読み、問題点を一覧にします
  --settings ファイル        同上
  --app ID                   ボタンのあるアプリ（呼び出し元レコードのフィールドを調べる）
  接続先があれば、すべてのアプリのフォームも調べます。

接続
  --base-url URL             または KINTONE_BASE_URL
  --username 名前            または KINTONE_USERNAME
  --password パスワード      または KINTONE_PASSWORD
  --api-token トークン[,…]   または KINTONE_API_TOKEN。読み書きする全アプリとログアプリのもの
  --basic-auth-username 名前、--basic-auth-password パスワード
                             または KINTONE_BASIC_AUTH_USERNAME、KINTONE_BASIC_AUTH_PASSWORD
  --guest-space-id ID        --app のゲストスペース
  --env-file ファイル        環境変数をファイルから読みます（1 行に NAME=value）
  オプションで渡したパスワードやトークンは、プロセスの一覧に表示されます。環境変数で渡してください。

その他
  --lang ja|en|zh            メッセージの言語（既定は LANG）
  --help、--version

終了コード: 0 成功、1 失敗、2 引数の誤り
Ctrl+C で次の書き込みの前に停止します。もう一度押すと、すぐに終わります。
`,
  usageHint: '使い方は nagare --help で表示されます。',
  bad: {
    noCommand: 'コマンドが指定されていません。',
    unknownCommand: (name: string) => `「${name}」というコマンドはありません。`,
    missing: (option: string) => `${option} を指定してください。`,
    needs: (option: string, other: string) => `${option} には ${other} も必要です。`,
    notANumber: (option: string, value: string) =>
      `${option} には整数を指定してください（「${value}」は使えません）。`,
    notAPair: (option: string, value: string) =>
      `${option} は「名前=値」の形で指定してください（「${value}」）。`,
    repeated: (option: string, name: string) => `${option} で「${name}」が 2 回指定されています。`,
    notOneOf: (option: string, values: string) => `${option} には ${values} のどれかを指定してください。`,
    noConnection: '--base-url または KINTONE_BASE_URL を指定してください。',
    baseUrl: (value: string) => `「${value}」は kintone のアドレス（https://…）ではありません。`,
    noCredentials: 'ユーザー名とパスワード、または API トークンを指定してください。',
    timeZone: (value: string) => `「${value}」というタイムゾーンはありません。`,
    file: (path: string, reason: string) => `${path} を読めません: ${reason}`,
    unit: (id: string) => `設定に実行単位「${id}」がありません。次のものがあります:`,
  },
  run: {
    read: (rows: number) => `${n(rows)} 件読み込み`,
    planned: (changes: string) => `予定: ${changes}`,
    written: (rows: number, planned: number) => `${n(rows)} / ${n(planned)} 件`,
    watching: (user: string) => `${user} さんの実行が残っています。まだ動いているかを確かめています。`,
    resuming: (user: string, written: number, planned: number) =>
      `${user} さんの実行が ${n(planned)} 件中 ${n(written)} 件で止まっています。残りを書き込みます。`,
    restarting: (user: string) => `途中で止まった ${user} さんの実行をあきらめて、最初から実行します。`,
    stopping: '次の書き込みの前に停止します。もう一度 Ctrl+C を押すと、すぐに終わります。',
    output: (app: string, changes: string, unchanged: number) =>
      `${app}: ${changes}、変更なし ${n(unchanged)} 件`,
    wouldWrite: '次の内容を書き込みます:',
    estimate: (flow: string) => `「${flow}」は、前のフローの書き込みの後で件数が決まります。`,
    ended: (state: string, duration: string, requests: number) =>
      `${state}（${duration}、API ${n(requests)} 回）`,
    app: (id: string) => `アプリ ${id}`,
  },
  check: {
    error: 'エラー',
    warning: '警告',
    info: '情報',
    summary: (errors: number, warnings: number) => `エラー ${n(errors)} 件、警告 ${n(warnings)} 件`,
    formsNotRead: '接続先がないため、アプリのフォームは調べていません。',
  },
};
