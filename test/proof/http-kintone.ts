/** Small helpers around a local kintone that is reached over HTTP. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { Connection } from '../../src/node/connection';
import type { Kintone } from '../kintone/server/kintone';

export const adminClient = (baseUrl: string): KintoneRestAPIClient =>
  new KintoneRestAPIClient({ baseUrl, auth: { username: 'admin', password: 'admin-pw' } });

export const connectionTo = (baseUrl: string, username: string): Connection => ({
  baseUrl,
  auth: { kind: 'password', username, password: `${username}-pw` },
  basicAuth: null,
});

/** Stored values of an app's records by field code, in id order; read past the API, so nothing can disturb it. */
export function rowsIn(kintone: Kintone, appId: string): readonly Readonly<Record<string, unknown>>[] {
  const app = kintone.store.apps.get(appId);
  if (app === undefined) throw new Error(`no app ${appId}`);
  return [...app.records.range()].map((record) =>
    Object.fromEntries(
      Object.entries(record).map(([code, cell]) => [code, (cell as { value: unknown }).value]),
    ),
  );
}
