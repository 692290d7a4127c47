/** How to reach kintone: from options or the environment, under the names that kintone's own tools use. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { type ClientFor, clientPool, type KintoneClient } from '../kintone/client';
import { domainLoad } from './domain-load';
import type { Environment } from './environment';
import type { Values } from './options';
import type { Texts } from './texts';

export interface Connection {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly auth:
    | { readonly kind: 'password'; readonly username: string; readonly password: string }
    | { readonly kind: 'token'; readonly tokens: readonly string[] };
  readonly basicAuth: { readonly username: string; readonly password: string } | null;
}

export type ConnectionReply =
  | { readonly kind: 'ok'; readonly connection: Connection }
  | { readonly kind: 'bad'; readonly message: string };

/** Options win over the environment. A password and a token together: the password, as kintone itself decides. */
export function connectionOf(
  values: Values,
  environment: Environment,
  bad: Texts['cli']['bad'],
): ConnectionReply {
  const value = (option: keyof Values, variable: string): string =>
    String(values[option] ?? environment[variable] ?? '');
  const baseUrl = value('base-url', 'KINTONE_BASE_URL');
  if (baseUrl === '') return { kind: 'bad', message: bad.noConnection };
  if (!isKintoneUrl(baseUrl)) return { kind: 'bad', message: bad.baseUrl(baseUrl) };
  const username = value('username', 'KINTONE_USERNAME');
  const password = value('password', 'KINTONE_PASSWORD');
  const tokens = (values['api-token'] ?? [environment['KINTONE_API_TOKEN'] ?? ''])
    .flatMap((token) => token.split(','))
    .map((token) => token.trim())
    .filter((token) => token !== '');
  const hasPassword = username !== '' && password !== '';
  if (!hasPassword && tokens.length === 0) return { kind: 'bad', message: bad.noCredentials };
  const basic = {
    username: value('basic-auth-username', 'KINTONE_BASIC_AUTH_USERNAME'),
    password: value('basic-auth-password', 'KINTONE_BASIC_AUTH_PASSWORD'),
  };
  return {
    kind: 'ok',
    connection: {
      baseUrl: baseUrl.replace(/\/+$/, ''),
      auth: hasPassword ? { kind: 'password', username, password } : { kind: 'token', tokens },
      basicAuth: basic.username === '' ? null : basic,
    },
  };
}

/** The client sends passwords over https only; plain http is for a kintone on this machine. */
function isKintoneUrl(text: string): boolean {
  try {
    const { protocol, hostname } = new URL(text);
    return protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost');
  } catch {
    return false;
  }
}

/** A commit of 1,900 rows has been seen to take 50 s; kintone itself states no time-out. */
const TIMEOUT_MS = 180_000;

/** REST clients for the domain, one per guest space. */
export function clientsOf(connection: Connection): ClientFor {
  return clientPool((guestSpaceId) => nodeClient(connection, guestSpaceId));
}

/** The client itself, for what the ports have no use for. */
export function restClient(connection: Connection, guestSpaceId: string | undefined): KintoneRestAPIClient {
  const { auth, basicAuth, baseUrl } = connection;
  return new KintoneRestAPIClient({
    baseUrl,
    auth:
      auth.kind === 'password'
        ? { username: auth.username, password: auth.password }
        : { apiToken: [...auth.tokens] },
    ...(basicAuth === null ? {} : { basicAuth }),
    ...(guestSpaceId === undefined ? {} : { guestSpaceId }),
    socketTimeout: TIMEOUT_MS,
  });
}

function nodeClient(connection: Connection, guestSpaceId: string | undefined): KintoneClient {
  const client = restClient(connection, guestSpaceId);
  return {
    record: {
      getRecords: (params) => client.record.getRecords(params),
      addRecords: (params) => client.record.addRecords(params),
    },
    app: {
      getFormFields: (params) => client.app.getFormFields(params),
      getAppSettings: (params) => client.app.getAppSettings(params),
      getApp: (params) => client.app.getApp(params),
      getProcessManagement: (params) => client.app.getProcessManagement(params),
    },
    file: {
      // Multipart bodies in Node take streams and buffers, no plain byte arrays.
      uploadFile: async ({ file }) =>
        client.file.uploadFile({ file: { name: file.name, data: Buffer.from(await bytesOf(file.data)) } }),
      downloadFile: (params) => client.file.downloadFile(params),
    },
    concurrency: domainLoad(connection.baseUrl),
    bulkRequest: ({ requests }) => client.bulkRequest({ requests: [...requests] }),
  };
}

const bytesOf = async (data: Blob | Uint8Array): Promise<Uint8Array> =>
  data instanceof Blob ? new Uint8Array(await data.arrayBuffer()) : data;
