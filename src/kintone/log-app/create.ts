import type { KintoneRestAPIClient } from '@kintone/rest-api-client';
import type { AppRef } from '../../definition/types';
import { LOG_APP_FIELDS, type LogField } from './fields';

type AppClient = KintoneRestAPIClient['app'];

/** The settings APIs of `@kintone/rest-api-client` that making and checking a log app needs. */
export interface LogAppClient {
  readonly app: Pick<
    AppClient,
    | 'addApp'
    | 'addFormFields'
    | 'updateFormFields'
    | 'updateViews'
    | 'updateAppSettings'
    | 'deployApp'
    | 'getDeployStatus'
    | 'getFormFields'
  >;
}

type NewProperties = Parameters<AppClient['addFormFields']>[0]['properties'];
type ChangedProperties = Parameters<AppClient['updateFormFields']>[0]['properties'];
type NewViews = Parameters<AppClient['updateViews']>[0]['views'];

export type LogAppStep = 'app' | 'fields' | 'views' | 'deploy' | 'done';

export interface LogAppOptions {
  readonly name: string;
  readonly description: string;
  /** Field code to label, in the language of the person who creates it; a missing one shows the code. */
  readonly labels: Readonly<Record<string, string>>;
  /** Names of the two lists that are made: every run, and the failed ones. */
  readonly views: { readonly all: string; readonly failed: string };
  readonly sleep: (ms: number) => Promise<void>;
}

/** kintone publishes an app in the background; a small one takes a few seconds. */
const POLL_MS = 1_000;
const POLLS_MAX = 120;

/** Thrown when kintone reports that publishing failed or was cancelled. */
export class DeployError extends Error {
  readonly status: string;
  constructor(status: string) {
    super(`deploy ended as ${status}`);
    this.name = 'DeployError';
    this.status = status;
  }
}

/**
 * Makes a log app: preview app, fields, lists, publish. `onProgress` tells which step has begun. Rejects
 * with the client's error, or `DeployError`; a half-made app stays unpublished and harmless.
 */
export async function createLogApp(
  client: LogAppClient,
  options: LogAppOptions,
  onProgress: (step: LogAppStep) => void,
): Promise<AppRef> {
  onProgress('app');
  const { app } = await client.app.addApp({ name: options.name });
  onProgress('fields');
  await client.app.updateAppSettings({ app, description: options.description });
  await client.app.addFormFields({ app, properties: propertiesOf(LOG_APP_FIELDS, options.labels) });
  onProgress('views');
  await client.app.updateViews({ app, views: viewsOf(options) });
  onProgress('deploy');
  await deploy(client, app, options.sleep);
  onProgress('done');
  return { appId: app };
}

/** Adds what `checkLogApp` found missing, and switches "prohibit duplicate values" on where it is off. */
export async function repairLogApp(
  client: LogAppClient,
  app: AppRef,
  found: LogAppCheck,
  options: Pick<LogAppOptions, 'labels' | 'sleep'>,
  onProgress: (step: LogAppStep) => void,
): Promise<void> {
  onProgress('fields');
  const missing = LOG_APP_FIELDS.filter((field) => found.missing.includes(field.code));
  if (missing.length > 0) {
    await client.app.addFormFields({ app: app.appId, properties: propertiesOf(missing, options.labels) });
  }
  const changed: Record<string, object> = {};
  for (const code of found.notUnique) changed[code] = { type: 'SINGLE_LINE_TEXT', code, unique: true };
  const innerMissing = found.missing.filter((code) => code.includes('.'));
  for (const field of LOG_APP_FIELDS) {
    const inner = (field.inner ?? []).filter((candidate) =>
      innerMissing.includes(`${field.code}.${candidate.code}`),
    );
    if (inner.length > 0) {
      changed[field.code] = {
        type: 'SUBTABLE',
        code: field.code,
        fields: propertiesOf(inner, options.labels),
      };
    }
  }
  if (Object.keys(changed).length > 0) {
    await client.app.updateFormFields({ app: app.appId, properties: changed as ChangedProperties });
  }
  onProgress('deploy');
  await deploy(client, app.appId, options.sleep);
  onProgress('done');
}

export interface LogAppCheck {
  /** Codes that do not exist; inner ones as `table.code`. */
  readonly missing: readonly string[];
  readonly wrongType: readonly { readonly code: string; readonly expected: string; readonly found: string }[];
  readonly notUnique: readonly string[];
}

/** Compares an app with what a run needs. Reads the published form: what is not published does not count. */
export async function checkLogApp(client: LogAppClient, app: AppRef): Promise<LogAppCheck> {
  const { properties } = await client.app.getFormFields({ app: app.appId });
  return compareFields(LOG_APP_FIELDS, properties as Readonly<Record<string, FoundField>>, '');
}

export const isUsable = (check: LogAppCheck): boolean =>
  check.missing.length === 0 && check.wrongType.length === 0 && check.notUnique.length === 0;

interface FoundField {
  readonly type: string;
  readonly unique?: boolean;
  readonly fields?: Readonly<Record<string, FoundField>>;
}

function compareFields(
  wanted: readonly LogField[],
  found: Readonly<Record<string, FoundField>>,
  prefix: string,
): LogAppCheck {
  const missing: string[] = [];
  const wrongType: { code: string; expected: string; found: string }[] = [];
  const notUnique: string[] = [];
  for (const field of wanted) {
    const code = `${prefix}${field.code}`;
    const actual = Object.hasOwn(found, field.code) ? found[field.code] : undefined;
    if (actual === undefined) {
      missing.push(code);
      continue;
    }
    if (!field.types.includes(actual.type)) {
      wrongType.push({ code, expected: field.types[0], found: actual.type });
      continue;
    }
    if (field.unique === true && actual.unique !== true) notUnique.push(code);
    const inner = compareFields(field.inner ?? [], actual.fields ?? {}, `${code}.`);
    missing.push(...inner.missing);
    wrongType.push(...inner.wrongType);
  }
  return { missing, wrongType, notUnique };
}

function propertiesOf(fields: readonly LogField[], labels: Readonly<Record<string, string>>): NewProperties {
  return Object.fromEntries(
    fields.map((field) => [
      field.code,
      {
        type: field.types[0],
        code: field.code,
        label: labels[field.code] ?? field.code,
        ...(field.unique === true ? { unique: true } : {}),
        // A run that has not ended must not look ended because the form fills in the present moment.
        ...(field.types[0] === 'DATETIME' ? { defaultNowValue: false } : {}),
        ...(field.inner === undefined ? {} : { fields: propertiesOf(field.inner, labels) }),
      },
    ]),
  ) as NewProperties;
}

const LIST_FIELDS = [
  'state',
  'state_reason',
  'execution_unit_name',
  'execution_user_name',
  'start_time',
  'end_time',
  'added_records',
  'updated_records',
  'deleted_records',
  'log_message',
] as const;

function viewsOf(options: LogAppOptions): NewViews {
  const list = { type: 'LIST' as const, fields: [...LIST_FIELDS], sort: 'start_time desc' };
  return {
    [options.views.all]: { ...list, name: options.views.all, index: '0', filterCond: '' },
    [options.views.failed]: {
      ...list,
      name: options.views.failed,
      index: '1',
      filterCond: 'state in ("Failure")',
    },
  };
}

async function deploy(
  client: LogAppClient,
  app: string,
  sleep: (ms: number) => Promise<void>,
): Promise<void> {
  await client.app.deployApp({ apps: [{ app }] });
  for (let poll = 0; poll < POLLS_MAX; poll += 1) {
    const { apps } = await client.app.getDeployStatus({ apps: [app] });
    const status = apps[0]?.status ?? 'FAIL';
    if (status === 'SUCCESS') return;
    if (status !== 'PROCESSING') throw new DeployError(status);
    await sleep(POLL_MS);
  }
  throw new DeployError('TIMEOUT');
}
