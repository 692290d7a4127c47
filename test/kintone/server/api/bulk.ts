import type { ApiContext } from '../context';
import { ApiError, invalid } from '../errors';
import { objectAt, optionalObject, type Params, requiredArray, requiredString } from '../params';
import { readApiPath } from '../paths';
import { putAssignees, putStatus, putStatuses } from './process';
import { deleteRecords, postRecord, postRecords, putRecord, putRecords } from './recordsWrite';

const maxCalls = 20;

type Handler = (context: ApiContext, params: Params) => unknown;

/** The only APIs a bulkRequest may contain. */
const allowed: ReadonlyMap<string, Handler> = new Map([
  ['POST record', postRecord],
  ['POST records', postRecords],
  ['PUT record', putRecord],
  ['PUT records', putRecords],
  ['DELETE records', deleteRecords],
  ['PUT record/status', putStatus],
  ['PUT records/status', putStatuses],
  ['PUT record/assignees', putAssignees],
]);

/**
 * POST bulkRequest.json: `{requests: [{method, api, payload}]}` (at most 20) → `{results}` in order.
 * All calls share the transaction of the request: the first failing one takes everything back, and its error
 * carries its position. All calls must stay in the space of the path the bulkRequest itself was sent to.
 */
export function bulkRequest(context: ApiContext, params: Params): unknown {
  const requests = requiredArray(params, 'requests', maxCalls);
  const calls = requests.map((_, at) => readCall(context, requests, at));
  const results = calls.map((call, at) => {
    const touched = new Set<string>();
    try {
      return call.handler({ ...context, touched }, call.payload);
    } catch (error) {
      if (error instanceof ApiError) error.bulk = { index: at, size: calls.length };
      throw error;
    } finally {
      for (const app of touched) context.touched.add(app);
      context.subCalls.push({ method: call.method, path: call.path, apps: [...touched] });
    }
  });
  return { results };
}

function readCall(context: ApiContext, requests: readonly unknown[], at: number) {
  const key = `requests[${at}]`;
  const call = objectAt(requests, at, 'requests');
  const method = requiredString(call, 'method', `${key}.method`).toUpperCase();
  const path = requiredString(call, 'api', `${key}.api`);
  const payload = optionalObject(call, 'payload', `${key}.payload`) ?? {};
  const parts = readApiPath(path);
  const handler = parts === null || parts.preview ? undefined : allowed.get(`${method} ${parts.name}`);
  if (handler === undefined || parts === null) {
    throw invalid({ key: `${key}.api`, message: 'badApi', params: { value: `${method} ${path}` } });
  }
  if (parts.guestSpaceId !== context.guestSpaceId) {
    throw invalid({ key: `${key}.api`, message: 'badApi', params: { value: path } });
  }
  return { method, path, payload, handler };
}
