/** Words of `nagare serve`. */
export const server = {
  help: `nagare serve: ブラウザーを使わずに実行単位を実行します

使い方
  nagare serve --settings FILE --app ID [オプション]

次のものから実行を始めます: トリガーの API(POST /trigger/v1/{実行単位}/token, run, status, stop)、
kintone の Webhook(POST /webhook/{実行単位}/{合言葉})、実行単位のスケジュール、画面からの依頼(実行する場所「サーバー」)。
  --settings FILE        プラグインから書き出した設定(JSON)。SIGHUP で読み直します
  --app ID               プラグインを追加したアプリ。すべての実行単位の呼び出し元アプリです
  --guest-space-id ID    そのアプリのゲストスペース
  --host HOST            待ち受けるアドレス(既定 127.0.0.1)
  --port PORT            既定 8321。0 は空いているもの
  --workers NUMBER       同時に行う実行の数(既定 4)
  --resume-interrupted UNIT,...
                         画面が閉じて書きかけのまま残った実行を、サーバーが続きから行う実行単位。書き込む計画は
                         サーバー自身の権限で書き込まれます。先に docs/server.md をお読みください
  --time-zone NAME       日付と、応答の時刻に使う IANA の名前(既定: このコンピューターのもの)
  --env-file FILE        環境変数をファイルから読みます(1 行に NAME=value)

実行の予定とトークンの保存先
  --data FOLDER          このサーバー専用のフォルダー(既定は STATE_DIRECTORY、なければ nagare-data)
  --database NAME|FILE   複数のサーバーで使う PostgreSQL。URL を入れた環境変数の名前か、URL を書いたファイルのパス。
                         URL そのものは指定できません。省略すると NAGARE_DATABASE_URL(あれば)
  --server-id NAME       共有するデータベースでのこのサーバーの名前(既定: コンピューターの名前)

環境変数(秘密の値は NAME_FILE でも指定できます。値だけを書いたファイルのパスです)
  KINTONE_BASE_URL, KINTONE_USERNAME, KINTONE_PASSWORD または KINTONE_API_TOKEN
  KINTONE_BASIC_AUTH_USERNAME, KINTONE_BASIC_AUTH_PASSWORD
  NAGARE_SERIAL_NUMBERS  トークンを要求できるシリアルナンバー。複数はカンマ区切り。なければ誰も要求できません
  NAGARE_WEBHOOK_SECRET  Webhook の URL の最後の部分。英数字 32〜128 文字。なければ Webhook を受け付けません
  NAGARE_DATABASE_URL    postgresql://...

GET /healthz, /readyz, /metrics。ログは標準出力に、1 行に 1 つの JSON で出ます。
SIGTERM と Ctrl+C では、書き込み中の確定が届くのを待って止まります。実行の続きは次の起動で行います。
終了コード: 0 指示どおりに停止、1 起動できなかった、2 引数の誤り
`,
  bad: {
    secretOption: (option: string, variable: string) =>
      `${option} はここでは使えません。プロセスの一覧から、このコンピューターの誰にでも読めるためです。${variable} か ${variable}_FILE を使ってください。`,
    databaseUrl:
      '--database には URL ではなく、環境変数の名前かファイルのパスを指定してください。URL のパスワードは、プロセスの一覧から誰にでも読めるためです。',
    noDatabase: (name: string) => `${name} に PostgreSQL の URL(postgresql://...)がありません。`,
    range: (option: string, min: number, max: number) =>
      `${option} は ${min} から ${max} までの整数で指定してください。`,
    serverId: (value: string) =>
      `「${value}」はサーバーの名前に使えません。英数字とピリオド・ハイフン・アンダースコアで 1〜40 文字にしてください。`,
    unitId: (option: string, value: string) =>
      `${option} の「${value}」は実行単位の ID ではありません(英小文字 14 文字)。`,
    webhookSecret:
      'NAGARE_WEBHOOK_SECRET は英数字・ハイフン・アンダースコアで 32〜128 文字にしてください（例: openssl rand -hex 24)。',
    envLine: (path: string, line: number) => `${path} の ${line} 行目は NAME=value の形で書いてください。`,
    bothGiven: (name: string, file: string) =>
      `${name} と ${file} の両方が設定されています。どちらか一方にしてください。`,
  },
  store: {
    inUse: (detail: string) =>
      `ほかのプロセスが ${detail} を使っています。先に止めるか、別の --data または --server-id を指定してください。`,
    damaged: (detail: string) =>
      `保存した実行の予定が読めません(${detail})。控えから戻すか、ファイルを別の場所に移して始め直してください。実行の記録は実行ログアプリにあります。`,
    packageMissing: (detail: string) =>
      `パッケージ ${detail} がインストールされていません: npm install ${detail}`,
    unreachable: (detail: string) => `保存先に接続できません: ${detail}`,
  },
  notStarted: (reason: string) => `サーバーを起動できませんでした: ${reason}`,
};
