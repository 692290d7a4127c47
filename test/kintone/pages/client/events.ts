/**
 * `kintone.events`: handlers by event type, called one after another with one shared event object.
 * Rules: https://cybozu.dev/ja/kintone/docs/js-api/events/event-object-actions/
 */
import type { EventRecord } from '../shared';
import { state } from './page';

export interface KintoneEvent {
  type: string;
  record?: EventRecord | null;
  error?: string;
  url?: string;
  [key: string]: unknown;
}

type Handler = (event: KintoneEvent) => unknown;

/** What the last handler returned decides; `failed` = some handler threw or its promise was rejected. */
export interface Outcome {
  returned: unknown;
  failed: boolean;
  called: number;
}

const handlers = new Map<string, Handler[]>();

/** Adds a handler; the same function may be added twice and then runs twice. */
export function on(types: string | string[], handler: Handler): void {
  for (const type of [types].flat()) handlers.set(type, [...(handlers.get(type) ?? []), handler]);
}

/** Removes one handler, all of a type, or all at all. Tells whether any was there. */
export function off(types?: string | string[], handler?: Handler): boolean {
  if (types === undefined) {
    const any = handlers.size > 0;
    handlers.clear();
    return any;
  }
  let removed = false;
  for (const type of [types].flat()) {
    const before = handlers.get(type) ?? [];
    const after = handler === undefined ? [] : before.filter((one) => one !== handler);
    removed ||= after.length < before.length;
    if (after.length === 0) handlers.delete(type);
    else handlers.set(type, after);
  }
  return removed;
}

function called(handler: Handler, event: KintoneEvent): unknown {
  state.runningHandlers += 1;
  try {
    return handler(event);
  } finally {
    state.runningHandlers -= 1;
  }
}

/** A failing handler must be seen in the console as what it is, not swallowed by the page. */
function reportHandlerError(type: string, error: unknown): void {
  console.error(`A handler of ${type} failed:`, error);
}

/** Fires an event whose handlers may return promises; each is awaited before the next handler runs. */
export async function fire(event: KintoneEvent): Promise<Outcome> {
  const outcome: Outcome = { returned: undefined, failed: false, called: 0 };
  for (const handler of [...(handlers.get(event.type) ?? [])]) {
    outcome.called += 1;
    try {
      outcome.returned = await called(handler, event);
    } catch (error) {
      outcome.returned = undefined;
      outcome.failed = true;
      reportHandlerError(event.type, error);
    }
  }
  return outcome;
}

/** Fires a `change` event: handlers are synchronous there, a returned promise is not waited for and has no effect. */
export function fireNow(event: KintoneEvent): Outcome {
  const outcome: Outcome = { returned: undefined, failed: false, called: 0 };
  for (const handler of [...(handlers.get(event.type) ?? [])]) {
    outcome.called += 1;
    try {
      const returned = called(handler, event);
      outcome.returned = returned instanceof Promise ? undefined : returned;
    } catch (error) {
      outcome.returned = undefined;
      outcome.failed = true;
      reportHandlerError(event.type, error);
    }
  }
  return outcome;
}

/** The event object, if that is what the last handler returned. */
export function returnedEvent(outcome: Outcome): KintoneEvent | null {
  const { returned } = outcome;
  return returned !== null && typeof returned === 'object' && 'type' in returned
    ? (returned as KintoneEvent)
    : null;
}

/** True when a submit-like event forbids what was about to happen. */
export function isCancelled(outcome: Outcome): boolean {
  return outcome.failed || outcome.returned === false;
}
