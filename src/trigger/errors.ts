/**
 * The error catalogue: code, status and description exactly as the API reference prints them, per operation.
 * The reference prints the 409 row as `Other User is running the execution unit.","taskId":{taskId}`, the torn
 * middle of a JSON text; we read it as a description and a field `taskId` beside it.
 */
import type { ErrorBody } from './types';

const STATUS_WORDS = {
  400: 'Bad Request',
  401: 'Unauthorized',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
} as const satisfies Record<ErrorBody['code'], string>;

/** Descriptions of the answers with code 400. */
const typeWrong = (field: string): string => `${field} data type is wrong, should be string type.`;
const missing = (field: string): string =>
  `${field} is empty or ${field} cannot be found. Pay attention to the spelling of "${field}".`;

export const ERRORS = {
  requestPath: [400, 'Request path is invalid.'],
  requestType: [400, 'Request type (Webhook/API/RunBykrewSheet) is wrong.'],
  unitInvalid: [400, 'Specified unit is invalid.'],

  tokenSchema: [400, 'Token request body schema is wrong.'],
  appUrlType: [400, typeWrong('krewdataAppUrl')],
  appUrlFormat: [400, 'krewdataAppUrl format is wrong, should be "https://yourdomain/k/appId(/)".'],
  appUrlMissing: [400, missing('krewdataAppUrl')],
  appUrlOther: [
    400,
    'Specified krewdataAppUrl is invalid, should be "https://yourdomain.cybozu.com/k/{appId}".',
  ],
  serialNumberType: [400, typeWrong('serialNumber')],
  serialNumberMissing: [400, missing('serialNumber')],
  serialNumberFormat: [400, 'serialNumber is not a valid Base64 encoding value.'],
  license: [401, 'Illegal License.'],
  rateLimit: [429, 'The rate limit for API calls has been exceeded. Specified unit has been disabled.'],

  runSchema: [400, 'Run request body schema is wrong.'],
  accessTokenType: [400, typeWrong('accessToken')],
  accessTokenMissing: [400, missing('accessToken')],
  userType: [400, typeWrong('user')],
  userMissing: [400, missing('user')],
  appIdType: [400, typeWrong('appId')],
  appIdMissing: [400, missing('appId')],
  appIdOther: [400, 'app (appId) is not call app of task specified.'],
  recordType: [400, 'record data type is wrong, should be keep with Kintone record.'],
  tokenInvalid: [400, 'Specified token is invalid.'],
  tokenUsed: [400, 'Specified token has been used.'],
  tokenExpired: [
    400,
    'Specified token has been created for more than 10 minutes and cannot be used to run unit.',
  ],
  /** Nagare's own row: the reference knows no input. */
  inputInvalid: [400, 'input does not fit the input fields of the unit.'],
  conflict: [409, 'Other User is running the execution unit.'],

  statusSchema: [400, 'Status request body schema is wrong.'],
  accessTokenInvalid: [400, 'Specified accessToken is invalid.'],
  taskIdType: [400, typeWrong('taskId')],
  taskIdMissing: [400, missing('taskId')],
  taskIdInvalid: [400, 'Specified taskId is invalid.'],

  /** Nagare's own operation; everything else that can be wrong with it has the words of `/status`. */
  stopSchema: [400, 'Stop request body schema is wrong.'],
} as const satisfies Record<string, readonly [ErrorBody['code'], string]>;

export type ErrorName = keyof typeof ERRORS;

/** The body of a refusal; `taskId` only for `conflict`. */
export function errorBody(name: ErrorName, taskId?: string): ErrorBody {
  const [code, description] = ERRORS[name];
  return bodyOf(code, description, taskId);
}

/** Nagare's own row: the request was fine, but kintone or the store of tokens could not be asked. */
export const internalError = (failureCode: string): ErrorBody =>
  bodyOf(500, `The request could not be carried out (${failureCode}).`);

function bodyOf(code: ErrorBody['code'], description: string, taskId?: string): ErrorBody {
  return {
    code,
    status: STATUS_WORDS[code],
    description,
    ...(taskId === undefined ? {} : { taskId }),
  };
}

/** A refusal on its way out of the checks. */
export class TriggerRefusal extends Error {
  readonly body: ErrorBody;
  constructor(body: ErrorBody) {
    super(body.description);
    this.name = 'TriggerRefusal';
    this.body = body;
  }
}

export function refuse(name: ErrorName, taskId?: string): never {
  throw new TriggerRefusal(errorBody(name, taskId));
}
