/** `POST /webhook/{unit id}/{secret}`: takes a notification into the queue. It is verified when its turn comes. */
import { runIdOf } from '../../../run';
import { isSameText } from '../../../trigger/tokens';
import type { Server } from '../context';
import { pressIdOf } from '../press-id';
import type { Job } from '../store/types';
import { type Payload, payloadOf } from './payload';

export interface WebhookReply {
  readonly httpStatus: 202 | 200 | 400 | 404 | 409 | 422;
  readonly body: { readonly result: WebhookResult; readonly taskId?: string };
}

type WebhookResult =
  | 'accepted'
  /** The same notification has come before: still one run. */
  | 'known'
  | 'notFound'
  | 'malformed'
  | 'unitDisabled'
  | 'eventNotChosen'
  | 'otherApp';

const STATUS: Readonly<Record<WebhookResult, WebhookReply['httpStatus']>> = {
  accepted: 202,
  known: 200,
  notFound: 404,
  malformed: 400,
  unitDisabled: 409,
  eventNotChosen: 422,
  otherApp: 422,
};

/** @param secret null: webhooks are not served. Rejects only when the store does. */
export async function receiveWebhook(
  server: Server,
  secret: string | null,
  address: { readonly unitId: string; readonly secret: string },
  body: unknown,
): Promise<WebhookReply> {
  const { log, metrics, store } = server;
  const answer = (result: WebhookResult, facts: Readonly<Record<string, string>> = {}): WebhookReply => {
    metrics.add('nagare_webhooks_total', { result });
    const level = result === 'accepted' || result === 'known' ? 'info' : 'warn';
    log(level, 'webhook', { result, unit: address.unitId, ...facts });
    const { run } = facts;
    return { httpStatus: STATUS[result], body: { result, ...(run === undefined ? {} : { taskId: run }) } };
  };
  // A wrong secret and an unknown unit look the same from outside.
  if (secret === null || !isSameText(address.secret, secret)) return answer('notFound');
  const unit = server.units.find(address.unitId);
  if (unit === null) return answer('notFound');
  const payload = payloadOf(body);
  if (payload === null) return answer('malformed');
  const facts = { notification: payload.id, type: payload.type, recordId: payload.recordId };
  if (payload.appId !== server.site.app.appId) return answer('otherApp', facts);
  if (!unit.enabled) return answer('unitDisabled', facts);
  if (!unit.webhookEvents.includes(payload.type)) return answer('eventNotChosen', facts);
  const job = jobOf(server, unit.id, payload);
  const added = await store.queue.add({
    ...job,
    lane: unit.concurrency === 'allow' ? job.id : unit.id,
    priority: unit.priority,
  });
  if (added === 'added') metrics.add('nagare_starts_total', { method: 'webhook' });
  return answer(added === 'added' ? 'accepted' : 'known', { ...facts, run: job.id });
}

function jobOf(server: Server, unitId: string, payload: Payload): Omit<Job, 'lane' | 'priority'> {
  const pressId = pressIdOf('webhook', unitId, payload.id);
  return {
    id: runIdOf(unitId, pressId),
    unitId,
    pressId,
    method: 'webhook',
    user: { code: payload.userCode, name: payload.userCode },
    callingAppId: payload.appId,
    callingRecordId: payload.recordId,
    record: null,
    input: {},
    notification: {
      id: payload.id,
      type: payload.type,
      revision: payload.revision,
      commentId: payload.commentId,
    },
    isRequested: false,
    createdAtMs: server.clock.nowMs(),
  };
}
