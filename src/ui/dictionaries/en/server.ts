import type { Shape } from '../../i18n';
import type { server as ja } from '../ja/server';

export const server = {
  help: `nagare serve: carries out execution units without a browser

Usage
  nagare serve --settings FILE --app ID [options]

It starts units by the trigger protocol (POST /trigger/v1/{unit}/token, run, status, stop), by kintone's webhooks
(POST /webhook/{unit}/{secret}), by the units' schedules, and when a page asks for it (executor "server").
  --settings FILE        settings as the plug-in exports them (JSON); SIGHUP reads them again
  --app ID               app that holds the plug-in; calling app of all units
  --guest-space-id ID    guest space of that app
  --host HOST            address to listen on (default 127.0.0.1)
  --port PORT            default 8321; 0: any free one
  --workers NUMBER       runs at the same time (default 4)
  --resume-interrupted UNIT,...
                         units whose half-written runs the server goes on with when their page is gone. It writes
                         their plans with its own rights: read docs/server.md first
  --time-zone NAME       IANA name for dates and for times in answers (default: this machine's)
  --env-file FILE        reads environment variables from a file (NAME=value a line)

Where jobs and tokens are kept
  --data FOLDER          a folder of this server's own (default STATE_DIRECTORY, else nagare-data)
  --database NAME|FILE   PostgreSQL, for several servers: name of the environment variable, or path of the file, that
                         holds the URL; never the URL itself. Without it: NAGARE_DATABASE_URL, if set
  --server-id NAME       name of this server on a shared database (default: the machine's)

Environment (each secret also as NAME_FILE, the path of a file that holds it)
  KINTONE_BASE_URL, KINTONE_USERNAME, KINTONE_PASSWORD or KINTONE_API_TOKEN
  KINTONE_BASIC_AUTH_USERNAME, KINTONE_BASIC_AUTH_PASSWORD
  NAGARE_SERIAL_NUMBERS  who may ask for tokens; several: separated by commas. Without it: nobody
  NAGARE_WEBHOOK_SECRET  last part of the webhooks' address, 32 to 128 letters and digits. Without it: no webhooks
  NAGARE_DATABASE_URL    postgresql://...

GET /healthz, /readyz, /metrics. The log goes to standard output, one JSON object a line.
SIGTERM and Ctrl+C let the commit under way arrive; its run goes on at the next start.
Exit code: 0 stopped as asked, 1 could not start, 2 wrong arguments.
`,
  bad: {
    secretOption: (option: string, variable: string) =>
      `${option} is not accepted here: everybody on this machine can read it in the process list. Use ${variable}, or ${variable}_FILE.`,
    databaseUrl:
      '--database takes the name of an environment variable or the path of a file, not the URL: everybody on this machine could read its password in the process list.',
    noDatabase: (name: string) => `${name} holds no PostgreSQL URL (postgresql://...).`,
    range: (option: string, min: number, max: number) =>
      `${option} must be a whole number from ${min} to ${max}.`,
    serverId: (value: string) =>
      `"${value}" is no name for a server: 1 to 40 letters, digits, dots, hyphens, underscores.`,
    unitId: (option: string, value: string) =>
      `${option}: "${value}" is no id of an execution unit (14 lower-case letters).`,
    webhookSecret:
      'NAGARE_WEBHOOK_SECRET must be 32 to 128 letters, digits, hyphens or underscores, for example: openssl rand -hex 24',
    envLine: (path: string, line: number) => `${path}, line ${line}: NAME=value is expected.`,
    bothGiven: (name: string, file: string) => `${name} and ${file} are both set; one of them is enough.`,
  },
  store: {
    inUse: (detail: string) =>
      `Another process is using ${detail}. Stop it first, or choose another --data or --server-id.`,
    damaged: (detail: string) =>
      `The stored jobs cannot be read (${detail}). Put the file back from a copy, or move it away to begin anew; what ran is in the log app.`,
    packageMissing: (detail: string) => `The package ${detail} is not installed: npm install ${detail}`,
    unreachable: (detail: string) => `The store cannot be reached: ${detail}`,
  },
  notStarted: (reason: string) => `The server could not start: ${reason}`,
} satisfies Shape<typeof ja>;
