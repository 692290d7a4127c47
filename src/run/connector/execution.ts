/** One asynchronous execution at a service: 202, `Location`, poll, 303, result. */
import type { TextRequest } from '../../commands/types';
import { type Failure, FailureError, fail, failure, ok, type Result } from '../../definition/errors';
import { answerIn } from './envelope';
import { headerOf, MAX_ANSWER_BYTES, refusalOf, retryAfterMs, tooLarge } from './replies';
import type { ConnectorTools, SentReply } from './types';

/** The methods of the reference; see `Connector`. */
export interface Execution {
  readonly method: 'verifyCredentials' | 'selectModel' | 'getMetaModel';
  /** With selectModel: the field to choose for. */
  readonly field?: string;
  /** What is set for the service's fields, by name. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Quick for services that answer at once, and soon no burden for those that take their time. */
const FIRST_PAUSE_MS = 500;
const PAUSE_FACTOR = 1.5;
const LONGEST_PAUSE_MS = 5_000;
/** Somebody sits before the page and waits. */
export const EXECUTION_LIMIT_MS = 120_000;

/**
 * Schedules an execution and asks until there is a result. The methods only read, so a request that was refused for
 * its number (429) is sent again when the service wants it.
 * @param address see `serviceAddress`; everything asked for stays on its origin
 * Errors, all with `{host}`: those of `Send`; `connectorDenied`, `connectorNotFound`, `connectorBroken {status}`;
 * `connectorBusy {seconds}`; `connectorNoLocation {status}`; `connectorForeignLocation {location}`;
 * `connectorUnreadable {at}`; `connectorFailed {says}`; `connectorTimedOut {seconds}`; `connectorStopped`.
 */
export async function runExecution(
  address: string,
  execution: Execution,
  { send, clock }: ConnectorTools,
  signal: AbortSignal,
): Promise<Result<unknown>> {
  const host = new URL(address).host;
  const endMs = clock.monotonicMs() + EXECUTION_LIMIT_MS;
  let asked: Asked = { request: scheduling(address, execution), phase: 'schedule' };
  let pauseMs = FIRST_PAUSE_MS;
  try {
    for (;;) {
      const reply = await send(asked.request, signal);
      const step = nextStep(reply, asked, clock.nowMs());
      if (step.kind === 'end') return step.result;
      if (step.kind === 'ask') {
        asked = step.asked;
        continue;
      }
      // "Retry-After: 0" is no leave to ask without a pause.
      const waitMs = Math.max(step.waitMs ?? 0, pauseMs);
      if (clock.monotonicMs() + waitMs > endMs) return fail(tooLate(host, step.waitMs));
      await clock.sleep(waitMs, signal);
      signal.throwIfAborted();
      pauseMs = Math.min(pauseMs * PAUSE_FACTOR, LONGEST_PAUSE_MS);
      asked = step.asked;
    }
  } catch (error) {
    if (signal.aborted) return fail(failure('connectorStopped', { host }));
    if (error instanceof FailureError) return fail(error.failure);
    throw error;
  }
}

interface Asked {
  readonly request: TextRequest;
  readonly phase: 'schedule' | 'poll' | 'result';
}

type Step =
  | { readonly kind: 'end'; readonly result: Result<unknown> }
  /** At once. */
  | { readonly kind: 'ask'; readonly asked: Asked }
  /** After `waitMs`; null: after the usual pause. */
  | { readonly kind: 'wait'; readonly asked: Asked; readonly waitMs: number | null };

function nextStep(reply: SentReply, asked: Asked, nowMs: number): Step {
  const { url } = asked.request;
  const host = new URL(url).host;
  const end = (found: Failure): Step => ({ kind: 'end', result: fail(found) });
  const again = (waitMs: number | null): Step => ({ kind: 'wait', asked, waitMs });
  if (reply.text.length > MAX_ANSWER_BYTES) return end(tooLarge(host));
  switch (reply.status) {
    case 202: {
      if (asked.phase !== 'schedule') return again(null);
      const to = locationOf(reply, url);
      return to.ok ? { kind: 'wait', asked: poll(to.value), waitMs: null } : end(to.error);
    }
    case 303: {
      if (asked.phase === 'result') return end(failure('connectorUnreadable', { host, at: 'HTTP 303' }));
      const to = locationOf(reply, url);
      if (!to.ok) return end(to.error);
      return { kind: 'ask', asked: { request: getting(to.value), phase: 'result' } };
    }
    case 200: {
      const answer = answerIn(reply.text);
      if (answer.kind === 'result') return { kind: 'end', result: ok(answer.result) };
      if (answer.kind === 'failed') return end(failure('connectorFailed', { host, says: answer.says }));
      if (asked.phase === 'poll' && answer.kind === 'pending') return again(null);
      if (asked.phase === 'schedule' && answer.kind === 'pending') return end(noLocation(host, 200));
      return end(failure('connectorUnreadable', { host, at: 'data.attributes.result' }));
    }
    // The reference: the result is not there yet, although somebody asks for it.
    case 409:
      return asked.phase === 'schedule' ? end(refusalOf(host, 409)) : again(null);
    case 429:
      return again(retryAfterMs(reply, nowMs));
    default:
      return end(refusalOf(host, reply.status));
  }
}

const HEADERS = { Accept: 'application/json' };

function scheduling(address: string, { method, field, settings }: Execution): TextRequest {
  return {
    url: `${address}exec/schedule`,
    method: 'POST',
    headers: { ...HEADERS, 'Content-Type': 'application/json' },
    body: JSON.stringify({ method, ...(field === undefined ? {} : { field }), settings }),
  };
}

export const getting = (url: string): TextRequest => ({ url, method: 'GET', headers: HEADERS, body: null });

const poll = (url: string): Asked => ({ request: getting(url), phase: 'poll' });

/**
 * Where the answer sends us: relative to what was asked (RFC 9110, 10.2.2), and never to another origin, because
 * what comes next may carry secrets.
 */
function locationOf(reply: SentReply, askedUrl: string): Result<string> {
  const { host, origin } = new URL(askedUrl);
  const location = headerOf(reply, 'location')?.trim() ?? '';
  if (location === '') return fail(noLocation(host, reply.status));
  if (!URL.canParse(location, askedUrl))
    return fail(failure('connectorUnreadable', { host, at: 'Location' }));
  const to = new URL(location, askedUrl);
  if (to.origin !== origin || to.username !== '' || to.password !== '') {
    return fail(failure('connectorForeignLocation', { host, location: to.host || to.protocol }));
  }
  to.hash = '';
  return ok(to.href);
}

const noLocation = (host: string, status: number): Failure =>
  failure('connectorNoLocation', { host, status: String(status) });

/** @param wantedMs the pause that the service has asked for, if it has */
function tooLate(host: string, wantedMs: number | null): Failure {
  return wantedMs === null
    ? failure('connectorTimedOut', { host, seconds: EXECUTION_LIMIT_MS / 1000 })
    : failure('connectorBusy', { host, seconds: Math.ceil(wantedMs / 1000) });
}
