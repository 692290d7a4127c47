/** Arguments of `nagare serve`. Secrets come from the environment or from files only. */
import { hostname } from 'node:os';
import type { AppRef } from '../../definition/types';
import { type Connection, connectionOf } from '../connection';
import { type Environment, readText } from '../environment';
import type { Values } from '../options';
import type { Texts } from '../texts';

export interface ServeArguments {
  readonly settingsPath: string;
  readonly connection: Connection;
  /** The app that holds the plug-in; calling app of all units. */
  readonly app: AppRef;
  readonly host: string;
  readonly port: number;
  readonly store:
    | { readonly kind: 'file'; readonly folder: string }
    | { readonly kind: 'database'; readonly url: string };
  readonly serverId: string;
  readonly workers: number;
  /** IANA name. */
  readonly timeZone: string;
  readonly serialNumbers: readonly string[];
  /** Ids of units whose half-written runs of pages are gone on with. */
  readonly resumes: readonly string[];
  /** null: webhooks are not served. */
  readonly webhookSecret: string | null;
}

export type ServeReply =
  | { readonly kind: 'ok'; readonly serve: ServeArguments }
  | { readonly kind: 'bad'; readonly message: string };

const PORT = 8321;
const WORKERS = 4;
const MAX_WORKERS = 64;
/** Of characters that need no escape in an address; 32 of them from a random source are 190 bits. */
const WEBHOOK_SECRET = /^[A-Za-z0-9_-]{32,128}$/;
const UNIT_ID = /^[a-z]{14}$/;
const SERVER_ID = /^[A-Za-z0-9._-]{1,40}$/;
/** What process lists would show, and where it goes instead. */
const SECRET_OPTIONS = {
  password: 'KINTONE_PASSWORD',
  'api-token': 'KINTONE_API_TOKEN',
  'basic-auth-password': 'KINTONE_BASIC_AUTH_PASSWORD',
} as const;

/** `common` has been read by the caller, in the same way as for the other commands. */
export function serveArguments(
  values: Values,
  environment: Environment,
  common: Pick<ServeArguments, 'settingsPath' | 'timeZone'> & {
    readonly appId: string;
    readonly guestSpaceId: string | null;
  },
  texts: Texts,
): ServeReply {
  const words = texts.server.bad;
  const bad = (message: string): ServeReply => ({ kind: 'bad', message });
  for (const [option, variable] of Object.entries(SECRET_OPTIONS)) {
    if (values[option as keyof typeof SECRET_OPTIONS] !== undefined)
      return bad(words.secretOption(`--${option}`, variable));
  }
  if (common.appId === '') return bad(texts.cli.bad.missing('--app'));
  const connection = connectionOf(values, environment, texts.cli.bad);
  if (connection.kind === 'bad') return connection;
  const port = wholeNumber(values.port ?? String(PORT), 0, 65_535);
  if (port === null) return bad(words.range('--port', 0, 65_535));
  const workers = wholeNumber(values.workers ?? String(WORKERS), 1, MAX_WORKERS);
  if (workers === null) return bad(words.range('--workers', 1, MAX_WORKERS));
  const serverId = values['server-id'] ?? hostname();
  if (!SERVER_ID.test(serverId)) return bad(words.serverId(serverId));
  const resumes = listOf(values['resume-interrupted'] ?? '');
  const noUnit = resumes.find((id) => !UNIT_ID.test(id));
  if (noUnit !== undefined) return bad(words.unitId('--resume-interrupted', noUnit));
  const webhookSecret = environment['NAGARE_WEBHOOK_SECRET'] ?? '';
  if (webhookSecret !== '' && !WEBHOOK_SECRET.test(webhookSecret)) return bad(words.webhookSecret);
  const store = storeOf(values, environment);
  if (store === 'url') return bad(words.databaseUrl);
  if (store === 'none') return bad(words.noDatabase(values.database ?? 'NAGARE_DATABASE_URL'));
  const { guestSpaceId, appId, settingsPath, timeZone } = common;
  return {
    kind: 'ok',
    serve: {
      settingsPath,
      timeZone,
      connection: connection.connection,
      app: { appId, ...(guestSpaceId === null ? {} : { guestSpaceId }) },
      host: values.host ?? '127.0.0.1',
      port,
      store,
      serverId,
      workers,
      serialNumbers: listOf(environment['NAGARE_SERIAL_NUMBERS'] ?? ''),
      resumes,
      webhookSecret: webhookSecret === '' ? null : webhookSecret,
    },
  };
}

/** `url`: the option is an address itself; `none`: what it names holds none. Throws `EnvironmentError`. */
function storeOf(values: Values, environment: Environment): ServeArguments['store'] | 'url' | 'none' {
  const { database } = values;
  if (database?.includes('://')) return 'url';
  const isVariable = database !== undefined && /^[A-Z_][A-Z0-9_]*$/.test(database);
  const url =
    database === undefined || isVariable
      ? (environment[database ?? 'NAGARE_DATABASE_URL'] ?? '')
      : readText(database).trim();
  if (url !== '') return /^postgres(ql)?:\/\//.test(url) ? { kind: 'database', url } : 'none';
  if (database !== undefined) return 'none';
  return { kind: 'file', folder: values.data ?? environment['STATE_DIRECTORY'] ?? 'nagare-data' };
}

const listOf = (text: string): readonly string[] => text.split(/[\s,]+/).filter((one) => one !== '');

function wholeNumber(text: string, min: number, max: number): number | null {
  const value = Number(text);
  return /^\d{1,5}$/.test(text) && value >= min && value <= max ? value : null;
}
