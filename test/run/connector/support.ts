/** A service that answers by a list, and one that keeps the protocol. */
import type { TextRequest } from '../../../src/commands/types';
import type { Send, SentReply } from '../../../src/run/connector';
import { VirtualClock } from '../virtual-clock';

export const ADDRESS = 'https://shop.example.com/connector/';
export const HOST = 'shop.example.com';
export const open = (): AbortSignal => new AbortController().signal;

export const reply = (
  status: number,
  body: unknown = '',
  headers: Readonly<Record<string, string>> = {},
): SentReply => ({ status, text: typeof body === 'string' ? body : JSON.stringify(body), headers });

/** The bodies of the reference. */
export const PENDING = reply(200, {
  data: { attributes: { result: {}, status: 'Pending request, waiting other process' } },
});
export const result = (value: unknown) => reply(200, { data: { attributes: { result: value } } });

export interface Told {
  readonly send: Send;
  readonly asked: TextRequest[];
  readonly clock: VirtualClock;
}

/** Answers in this order; the last one is repeated. */
export function service(...replies: readonly (SentReply | Error)[]): Told {
  const asked: TextRequest[] = [];
  const send: Send = async (request) => {
    const next = replies[Math.min(asked.push(request), replies.length) - 1];
    if (next === undefined || next instanceof Error) throw next ?? new Error('nothing to answer');
    return next;
  };
  return { send, asked, clock: new VirtualClock() };
}
