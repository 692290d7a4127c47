/** The two apps that the contract checks work in: a log app as the product makes it, and one for data. */
import { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { createLogApp } from '../../src/kintone/log-app';
import { logApp as logTexts } from '../../src/ui/dictionaries/en/log-app';

export interface ContractApps {
  readonly client: KintoneRestAPIClient;
  readonly log: string;
  readonly data: string;
  readonly sleep: (ms: number) => Promise<void>;
}

export const ACTION = 'finish';
const POLL_MS = 1_000;
const POLLS_MAX = 120;

/** Makes both apps and publishes them; kintone has no API to delete apps, so they stay until somebody deletes them. */
export async function makeApps(
  connection: { readonly baseUrl: string; readonly username: string; readonly password: string },
  name: string,
  sleep: (ms: number) => Promise<void>,
): Promise<ContractApps> {
  const { baseUrl, username, password } = connection;
  const client = new KintoneRestAPIClient({ baseUrl, auth: { username, password } });
  const log = await createLogApp(client, { ...logTexts, name: `${name} log`, sleep }, () => undefined);
  const { app: data } = await client.app.addApp({ name: `${name} data` });
  const text = (code: string, unique: boolean) => ({
    type: 'SINGLE_LINE_TEXT' as const,
    code,
    label: code,
    unique,
  });
  await client.app.addFormFields({
    app: data,
    properties: {
      key: text('key', true),
      note: text('note', false),
      total: { type: 'NUMBER', code: 'total', label: 'total' },
      at: { type: 'DATETIME', code: 'at', label: 'at', defaultNowValue: false },
      file: { type: 'FILE', code: 'file', label: 'file' },
    } as never,
  });
  const everybody = { entities: [{ entity: { type: 'CREATOR', code: null } }], type: 'ONE' };
  await client.app.updateProcessManagement({
    app: data,
    enable: true,
    states: {
      open: { name: 'open', index: 0, assignee: everybody },
      closed: { name: 'closed', index: 1, assignee: { type: 'ONE', entities: [] } },
    },
    actions: [{ name: ACTION, from: 'open', to: 'closed', filterCond: '' }],
  } as never);
  await client.app.deployApp({ apps: [{ app: data }] });
  for (let poll = 0; poll < POLLS_MAX; poll += 1) {
    const { apps } = await client.app.getDeployStatus({ apps: [data] });
    const status = apps[0]?.status;
    if (status === 'SUCCESS') return { client, log: log.appId, data, sleep };
    if (status !== 'PROCESSING') break;
    await sleep(POLL_MS);
  }
  throw new Error('the data app could not be published');
}
