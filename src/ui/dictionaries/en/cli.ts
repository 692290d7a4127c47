import { formatCount, type Shape } from '../../i18n';
import type { cli as ja } from '../ja/cli';

const n = (value: number): string => formatCount(value, 'en');

export const cli = {
  help: `nagare: runs execution units of Nagare from a terminal

Usage
  nagare run --settings FILE --unit ID [options]
  nagare check --settings FILE [options]
  nagare serve --settings FILE --app ID [options]   (nagare serve --help)

run: runs one unit and shows its states until it ends
  --settings FILE            settings as the plug-in exports them (JSON)
  --unit ID                  the unit's id (14 letters)
  --app ID                   app of the record that the unit starts from
  --record ID                record that the unit starts from (needs --app)
  --input NAME=VALUE         value for an input field of the unit; without --record also for a field of --app
                             (repeatable; several choices: one a line)
  --dry-run                  shows what would be written, writes nothing
  --json                     prints one JSON object at the end; states go to standard error
  --on-interrupted HOW       what to do about an earlier run that stopped half way:
                               resume   writes the rest of that run's own plan instead of a new run (default)
                               restart  gives it up and starts anew
                               fail     reports it
  --takeover-after SECONDS   how long to watch another run without a sign of life (default 130, 0: not at all)
  --time-zone NAME           IANA name for dates such as "this month" (default: this machine's)

check: reads the settings and lists what is wrong with them
  --settings FILE            as above
  --app ID                   app of the button, for fields of the calling record
  With a connection the forms of all apps are looked at too.

Connection
  --base-url URL             or KINTONE_BASE_URL
  --username NAME            or KINTONE_USERNAME
  --password PASSWORD        or KINTONE_PASSWORD
  --api-token TOKEN[,TOKEN]  or KINTONE_API_TOKEN; tokens of every app read or written and of the log app
  --basic-auth-username NAME, --basic-auth-password PASSWORD
                             or KINTONE_BASIC_AUTH_USERNAME, KINTONE_BASIC_AUTH_PASSWORD
  --guest-space-id ID        guest space of --app
  --env-file FILE            reads environment variables from a file (NAME=value a line)
  Passwords and tokens given as options can be read in process lists: prefer the environment.

Others
  --lang ja|en|zh            language of the messages (default: LANG)
  --help, --version

Exit code: 0 Success, 1 Failure, 2 wrong arguments.
Ctrl+C stops before the next commit; a second one ends at once.
`,
  usageHint: 'nagare --help shows how it is used.',
  bad: {
    noCommand: 'No command was given.',
    unknownCommand: (name: string) => `There is no command "${name}".`,
    missing: (option: string) => `${option} is missing.`,
    needs: (option: string, other: string) => `${option} needs ${other}.`,
    notANumber: (option: string, value: string) => `${option} must be a whole number, not "${value}".`,
    notAPair: (option: string, value: string) => `${option} takes NAME=VALUE, not "${value}".`,
    repeated: (option: string, name: string) => `${option} gives "${name}" twice.`,
    notOneOf: (option: string, values: string) => `${option} must be one of ${values}.`,
    noConnection: 'Neither --base-url nor KINTONE_BASE_URL is given.',
    baseUrl: (value: string) => `"${value}" is no address of a kintone domain (https://...).`,
    noCredentials: 'Give a user name and a password, or an API token.',
    timeZone: (value: string) => `"${value}" is no time zone.`,
    file: (path: string, reason: string) => `${path} cannot be read: ${reason}`,
    unit: (id: string) => `The settings have no unit "${id}". They have:`,
  },
  run: {
    read: (rows: number) => `${n(rows)} read`,
    planned: (changes: string) => `plan: ${changes}`,
    written: (rows: number, planned: number) => `${n(rows)} of ${n(planned)} rows`,
    watching: (user: string) => `A run of ${user} holds the unit. Watching whether it is still alive.`,
    resuming: (user: string, written: number, planned: number) =>
      `The run of ${user} stopped after ${n(written)} of ${n(planned)} rows. Writing the rest of it.`,
    restarting: (user: string) => `The run of ${user} that stopped half way is given up.`,
    stopping: 'Stopping before the next commit. Press Ctrl+C again to end at once.',
    output: (app: string, changes: string, unchanged: number) =>
      `${app}: ${changes}, ${n(unchanged)} unchanged`,
    wouldWrite: 'This would be written:',
    estimate: (flow: string) => `${flow} is planned after the flows before it have been written.`,
    ended: (state: string, duration: string, requests: number) =>
      `${state} (${duration}, ${n(requests)} API requests)`,
    app: (id: string) => `App ${id}`,
  },
  check: {
    error: 'error',
    warning: 'warning',
    info: 'note',
    summary: (errors: number, warnings: number) => `${n(errors)} errors, ${n(warnings)} warnings`,
    formsNotRead: 'Without a connection the forms of the apps were not looked at.',
  },
} satisfies Shape<typeof ja>;
