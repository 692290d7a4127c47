/** Puts the sample company into a local kintone, with a log app made the way the settings page makes it. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { AppRef } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import { logApp as labels } from '../../src/ui/dictionaries/ja/log-app';
import type { RunningServer } from '../kintone/server/server';
import type { Company } from './company';
import { sampleDump } from './dump';

/** Password of a sample user. */
export const passwordOf = (code: string): string => `${code}-pass`;

export function sampleClient(server: Pick<RunningServer, 'url'>, code: string): KintoneRestAPIClient {
  return new KintoneRestAPIClient({
    baseUrl: server.url,
    auth: { username: code, password: passwordOf(code) },
  });
}

/** Loads the company and creates the log app; answers the log app. */
export async function installSample(server: RunningServer, company: Company): Promise<AppRef> {
  server.kintone.load(sampleDump(company));
  return createLogApp(
    sampleClient(server, 'admin'),
    { ...labels, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 20))) },
    () => undefined,
  );
}
