/**
 * Every row of the three error tables of the API reference and of our own one for `/stop`, and a world in which each can be made to happen.
 * One case per row, through any door.
 */
import { expect, it } from 'vitest';
import type { Operation, TriggerReply } from '../../src/trigger';

export interface Door {
  send(path: string, body: unknown, method?: string): Promise<TriggerReply>;
}

/** A door with units behind it; new for every case. */
export interface DoorWorld {
  readonly door: Door;
  readonly units: {
    /** Enabled, may be started by API, one run at a time, 5 a minute. */
    readonly usable: string;
    /** Enabled, may not be started by API. */
    readonly notByApi: string;
    readonly disabled: string;
    readonly withoutFlows: string;
  };
  /** Of the app that holds the units. */
  readonly appUrl: string;
  readonly appId: string;
  /** The one that is licensed, not encoded. */
  readonly serialNumber: string;
  /** A record of the calling app. */
  readonly record: Readonly<Record<string, unknown>>;
  advance(ms: number): Promise<void>;
  /** Uses up the unit's runs of this minute. */
  exhaustRateLimit(unitId: string): Promise<void>;
  /** Another user's run that holds the unit; answers its task id. */
  occupy(unitId: string): Promise<string>;
  /** The admin changes how the usable unit may be started. */
  forbidApi(unitId: string): void | Promise<void>;
  close(): Promise<void>;
}

export interface ErrorRow {
  readonly operation: Operation;
  readonly code: number;
  readonly status: string;
  readonly description: string;
  /** What makes it happen. */
  request(world: DoorWorld): Promise<Sent> | Sent;
}

interface Sent {
  readonly body: unknown;
  readonly unitId?: string;
  readonly path?: string;
  readonly taskId?: string;
}

const MINUTE_MS = 60_000;

export const pathOf = (unitId: string, operation: Operation): string => `/trigger/v1/${unitId}/${operation}`;

export const tokenBody = (world: DoorWorld) => ({
  krewdataAppUrl: world.appUrl,
  serialNumber: btoa(world.serialNumber),
});

export const runBody = (world: DoorWorld, accessToken: string) => ({
  accessToken,
  user: 'sato',
  appId: world.appId,
  record: world.record,
});

/** A token that nobody has used. */
export async function freshToken(world: DoorWorld, unitId = world.units.usable): Promise<string> {
  const { body } = await world.door.send(pathOf(unitId, 'token'), tokenBody(world));
  if (!('accessToken' in body)) throw new Error(JSON.stringify(body));
  return body.accessToken;
}

/** A token and the task that it has started. */
export async function startedTask(world: DoorWorld): Promise<{ accessToken: string; taskId: string }> {
  const accessToken = await freshToken(world);
  const { body } = await world.door.send(pathOf(world.units.usable, 'run'), runBody(world, accessToken));
  if (body.code !== 200 || !('taskId' in body)) throw new Error(JSON.stringify(body));
  return { accessToken, taskId: body.taskId };
}

type Change = (body: Record<string, unknown>) => Record<string, unknown>;

const set =
  (field: string, value: unknown): Change =>
  (body) => ({ ...body, [field]: value });
const without =
  (field: string): Change =>
  ({ [field]: _dropped, ...rest }) =>
    rest;

const token = (change: Change) => (world: DoorWorld) => ({ body: change(tokenBody(world)) });
const run = (change: Change) => async (world: DoorWorld) => ({
  body: change(runBody(world, await freshToken(world))),
});
const task = (change: Change) => async (world: DoorWorld) => ({ body: change(await startedTask(world)) });

const row = (
  operation: Operation,
  code: number,
  statusWord: string,
  description: string,
  request: ErrorRow['request'],
): ErrorRow => ({ operation, code, status: statusWord, description, request });

/** Of `/status` in the order of the reference; `/stop` is ours, in the same words. */
const taskRows = (operation: 'status' | 'stop'): readonly ErrorRow[] => [
  row(
    operation,
    400,
    'Bad Request',
    'accessToken data type is wrong, should be string type.',
    task(set('accessToken', 1)),
  ),
  row(
    operation,
    400,
    'Bad Request',
    'accessToken is empty or accessToken cannot be found. Pay attention to the spelling of "accessToken".',
    task(set('accessToken', '')),
  ),
  row(operation, 400, 'Bad Request', 'Request path is invalid.', async (world) => ({
    body: await startedTask(world),
    path: `/trigger/v1/${world.units.usable.slice(1)}/${operation}`,
  })),
  row(
    operation,
    400,
    'Bad Request',
    'Specified accessToken is invalid.',
    task(set('accessToken', 'nobody-issued-this')),
  ),
  row(operation, 400, 'Bad Request', 'Specified taskId is invalid.', task(set('taskId', 'no-such-task'))),
  row(
    operation,
    400,
    'Bad Request',
    `${operation === 'stop' ? 'Stop' : 'Status'} request body schema is wrong.`,
    () => ({ body: null }),
  ),
  row(
    operation,
    400,
    'Bad Request',
    'taskId data type is wrong, should be string type.',
    task(set('taskId', 5)),
  ),
  row(
    operation,
    400,
    'Bad Request',
    'taskId is empty or taskId cannot be found. Pay attention to the spelling of "taskId".',
    task(without('taskId')),
  ),
];

/** In the order of the reference. */
export const ERROR_ROWS: readonly ErrorRow[] = [
  row(
    'token',
    400,
    'Bad Request',
    'krewdataAppUrl data type is wrong, should be string type.',
    token(set('krewdataAppUrl', 123)),
  ),
  row(
    'token',
    400,
    'Bad Request',
    'krewdataAppUrl format is wrong, should be "https://yourdomain/k/appId(/)".',
    token(set('krewdataAppUrl', 'https://yourdomain.cybozu.com/123')),
  ),
  row(
    'token',
    400,
    'Bad Request',
    'krewdataAppUrl is empty or krewdataAppUrl cannot be found. Pay attention to the spelling of "krewdataAppUrl".',
    token(without('krewdataAppUrl')),
  ),
  row('token', 400, 'Bad Request', 'Request path is invalid.', (world) => ({
    body: tokenBody(world),
    path: `/trigger/v1/${world.units.usable}/tokens`,
  })),
  row('token', 400, 'Bad Request', 'Request type (Webhook/API/RunBykrewSheet) is wrong.', (world) => ({
    body: tokenBody(world),
    unitId: world.units.notByApi,
  })),
  row(
    'token',
    400,
    'Bad Request',
    'serialNumber data type is wrong, should be string type.',
    token(set('serialNumber', { serial: 1 })),
  ),
  row(
    'token',
    400,
    'Bad Request',
    'serialNumber is empty or serialNumber cannot be found. Pay attention to the spelling of "serialNumber".',
    token(set('serialNumber', '')),
  ),
  row(
    'token',
    400,
    'Bad Request',
    'serialNumber is not a valid Base64 encoding value.',
    token(set('serialNumber', 'abcdef-jklmno-pqrstu-xyz123-456789')),
  ),
  row(
    'token',
    400,
    'Bad Request',
    'Specified krewdataAppUrl is invalid, should be "https://yourdomain.cybozu.com/k/{appId}".',
    (world) => ({ body: { ...tokenBody(world), krewdataAppUrl: 'https://other.cybozu.com/k/123' } }),
  ),
  row('token', 400, 'Bad Request', 'Specified unit is invalid.', (world) => ({
    body: tokenBody(world),
    unitId: world.units.disabled,
  })),
  row('token', 400, 'Bad Request', 'Token request body schema is wrong.', () => ({ body: ['token'] })),
  row(
    'token',
    401,
    'Unauthorized',
    'Illegal License.',
    token(set('serialNumber', btoa('some-other-serial'))),
  ),
  row(
    'token',
    429,
    'Too Many Requests',
    'The rate limit for API calls has been exceeded. Specified unit has been disabled.',
    async (world) => {
      await world.exhaustRateLimit(world.units.usable);
      return { body: tokenBody(world) };
    },
  ),

  row(
    'run',
    400,
    'Bad Request',
    'accessToken data type is wrong, should be string type.',
    run(set('accessToken', 12)),
  ),
  row(
    'run',
    400,
    'Bad Request',
    'accessToken is empty or accessToken cannot be found. Pay attention to the spelling of "accessToken".',
    run(without('accessToken')),
  ),
  row(
    'run',
    400,
    'Bad Request',
    'app (appId) is not call app of task specified.',
    run(set('appId', '987654')),
  ),
  row('run', 400, 'Bad Request', 'appId data type is wrong, should be string type.', run(set('appId', [1]))),
  row(
    'run',
    400,
    'Bad Request',
    'appId is empty or appId cannot be found. Pay attention to the spelling of "appId".',
    run(without('appId')),
  ),
  row(
    'run',
    400,
    'Bad Request',
    'record data type is wrong, should be keep with Kintone record.',
    run(set('record', { memo: 'only a text' })),
  ),
  row('run', 400, 'Bad Request', 'Request path is invalid.', async (world) => ({
    body: runBody(world, await freshToken(world)),
    path: `/trigger/v2/${world.units.usable}/run`,
  })),
  row('run', 400, 'Bad Request', 'Request type (Webhook/API/RunBykrewSheet) is wrong.', async (world) => {
    const accessToken = await freshToken(world);
    await world.forbidApi(world.units.usable);
    return { body: runBody(world, accessToken) };
  }),
  row('run', 400, 'Bad Request', 'Run request body schema is wrong.', () => ({ body: 'run' })),
  row(
    'run',
    400,
    'Bad Request',
    'Specified token has been created for more than 10 minutes and cannot be used to run unit.',
    async (world) => {
      const accessToken = await freshToken(world);
      await world.advance(10 * MINUTE_MS + 1);
      return { body: runBody(world, accessToken) };
    },
  ),
  row('run', 400, 'Bad Request', 'Specified token has been used.', async (world) => {
    const { accessToken } = await startedTask(world);
    return { body: runBody(world, accessToken) };
  }),
  row(
    'run',
    400,
    'Bad Request',
    'Specified token is invalid.',
    run(set('accessToken', 'nobody-issued-this')),
  ),
  row('run', 400, 'Bad Request', 'user data type is wrong, should be string type.', run(set('user', true))),
  row(
    'run',
    400,
    'Bad Request',
    'user is empty or user cannot be found. Pay attention to the spelling of "user".',
    run(without('user')),
  ),
  row('run', 409, 'Conflict', 'Other User is running the execution unit.', async (world) => {
    const accessToken = await freshToken(world);
    const taskId = await world.occupy(world.units.usable);
    return { body: runBody(world, accessToken), taskId };
  }),

  ...taskRows('status'),
  ...taskRows('stop'),
];

/** Behind a door without licenses this row cannot happen. */
export const LICENSE_ROW = ERROR_ROWS.filter(({ code }) => code === 401);

async function sendRow(world: DoorWorld, errorRow: ErrorRow) {
  const { body, unitId = world.units.usable, path, taskId } = await errorRow.request(world);
  return { reply: await world.door.send(path ?? pathOf(unitId, errorRow.operation), body), taskId };
}

/** One case per row. `except`: rows that cannot happen behind this door; the caller tests what happens instead. */
export function errorRowCases(makeWorld: () => Promise<DoorWorld>, except: readonly ErrorRow[] = []): void {
  const rows = ERROR_ROWS.filter((one) => !except.includes(one));
  it.each(rows.map((one) => [`/${one.operation} ${one.code} ${one.description}`, one] as const))(
    '%s',
    async (_title, errorRow) => {
      const world = await makeWorld();
      try {
        const { reply, taskId } = await sendRow(world, errorRow);
        const { code, status: statusWord, description } = errorRow;
        expect(reply).toEqual({
          httpStatus: code,
          body: { code, status: statusWord, description, ...(taskId === undefined ? {} : { taskId }) },
        });
      } finally {
        await world.close();
      }
    },
  );
}
