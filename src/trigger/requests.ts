/** Bodies of the requests. Fields are checked in the order of the reference's parameter tables. */
import * as v from 'valibot';
import type { RunInput } from '../run/ports';
import type { KintoneRecord } from '../table';
import { type ErrorName, refuse } from './errors';
import { OPERATIONS, type Operation } from './types';

const text = v.pipe(
  v.string(),
  v.check((value) => value.trim() !== '', 'blank'),
);

/** RFC 4648 with padding, as `window.btoa` writes it. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Plain http only for this machine, as everywhere in Nagare; guest space apps have a longer path. */
const APP_URL =
  /^(?<origin>https:\/\/[^/?#@\s]+|http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?)\/k\/(?:guest\/(?<guestSpaceId>\d+)\/)?(?<appId>\d+)\/?$/i;

/** kintone's own shape: field code to `{type, value}`; tables hold rows of the same shape. */
const RecordSchema: v.GenericSchema<unknown, KintoneRecord> = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value)),
  v.record(
    v.string(),
    v.pipe(
      v.looseObject({ type: v.pipe(v.string(), v.nonEmpty()), value: v.optional(v.unknown()) }),
      v.transform(({ type, value }) => ({ type, value })),
      v.check(({ type, value }) => type !== 'SUBTABLE' || v.is(RowsSchema, value)),
    ),
  ),
);
/** Whether a value has the shape of a record of kintone. */
export const isKintoneRecord = (value: unknown): value is KintoneRecord => v.is(RecordSchema, value);

const RowsSchema: v.GenericSchema<unknown, unknown> = v.array(
  v.looseObject({ value: v.lazy(() => RecordSchema) }),
);

/** Nagare's own addition: values for the unit's input form, as kintone writes values. */
const InputSchema: v.GenericSchema<unknown, RunInput> = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value)),
  v.record(v.string(), v.string()),
);

const TokenSchema = v.strictObject({
  krewdataAppUrl: v.pipe(text, v.regex(APP_URL)),
  serialNumber: v.pipe(text, v.regex(BASE64)),
});

const RunSchema = v.strictObject({
  accessToken: text,
  user: text,
  appId: v.pipe(v.union([v.string(), v.number()]), v.transform(String), text),
  record: v.optional(RecordSchema),
  input: v.optional(InputSchema),
});

/** `/status` and `/stop` ask about a task in the same way. */
const TaskSchema = v.strictObject({ accessToken: text, taskId: text });

interface AppAddress {
  readonly origin: string;
  readonly appId: string;
  readonly guestSpaceId: string | undefined;
}

export interface TokenRequest {
  readonly app: AppAddress;
  /** Still in Base64. */
  readonly serialNumber: string;
}

export interface RunRequestBody {
  readonly accessToken: string;
  readonly user: string;
  readonly appId: string;
  readonly record: KintoneRecord | null;
  readonly input: RunInput;
}

export type TaskRequest = v.InferOutput<typeof TaskSchema>;

type Fault = 'missing' | 'type' | 'format';
/** What to answer per field and fault; a fault without a row of its own is a wrong schema. */
type Rows = Readonly<Record<string, Partial<Record<Fault, ErrorName>>>>;

const ACCESS_TOKEN = { missing: 'accessTokenMissing', type: 'accessTokenType' } as const;

export function readTokenRequest(body: unknown): TokenRequest {
  const { krewdataAppUrl, serialNumber } = read(TokenSchema, body, 'tokenSchema', {
    krewdataAppUrl: { missing: 'appUrlMissing', type: 'appUrlType', format: 'appUrlFormat' },
    serialNumber: { missing: 'serialNumberMissing', type: 'serialNumberType', format: 'serialNumberFormat' },
  });
  const found = APP_URL.exec(krewdataAppUrl)?.groups;
  return {
    app: {
      origin: (found?.['origin'] ?? '').toLowerCase(),
      appId: found?.['appId'] ?? '',
      guestSpaceId: found?.['guestSpaceId'],
    },
    serialNumber,
  };
}

export function readRunRequest(body: unknown): RunRequestBody {
  const request = read(RunSchema, body, 'runSchema', {
    accessToken: ACCESS_TOKEN,
    user: { missing: 'userMissing', type: 'userType' },
    appId: { missing: 'appIdMissing', type: 'appIdType' },
    record: { type: 'recordType', format: 'recordType' },
    input: { type: 'inputInvalid', format: 'inputInvalid' },
  });
  return { ...request, record: request.record ?? null, input: request.input ?? {} };
}

export function readTaskRequest(
  body: unknown,
  schemaError: Extract<ErrorName, 'statusSchema' | 'stopSchema'>,
): TaskRequest {
  return read(TaskSchema, body, schemaError, {
    accessToken: ACCESS_TOKEN,
    taskId: { missing: 'taskIdMissing', type: 'taskIdType' },
  });
}

/** The first fault decides. A parameter that does not exist comes last, so a misspelt one is named as missing. */
function read<T>(schema: v.GenericSchema<unknown, T>, body: unknown, schemaError: ErrorName, rows: Rows): T {
  const result = v.safeParse(schema, withoutNulls(body), { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const [item, inner] = issue.path ?? [];
  if (item === undefined) refuse(schemaError);
  const field = String(item.key);
  const fault = inner === undefined ? faultOf(issue) : 'format';
  refuse((Object.hasOwn(rows, field) ? rows[field]?.[fault] : undefined) ?? schemaError);
}

function faultOf(issue: v.BaseIssue<unknown>): Fault {
  if (issue.received === 'undefined' || issue.message === 'blank') return 'missing';
  return issue.kind === 'schema' ? 'type' : 'format';
}

/** null counts as not given. */
function withoutNulls(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return Array.isArray(body) ? null : body;
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== null && value !== undefined),
  );
}

const PATH = new RegExp(`^/trigger/v1/([a-z]{14})/(${OPERATIONS.join('|')})$`);

/** Only POST, and only the addresses of a unit. */
export function readAddress(method: string, path: string): { unitId: string; operation: Operation } {
  const [, unitId, operation] = (method === 'POST' ? PATH.exec(path) : null) ?? [];
  const known = OPERATIONS.find((one) => one === operation);
  if (unitId === undefined || known === undefined) refuse('requestPath');
  return { unitId, operation: known };
}
