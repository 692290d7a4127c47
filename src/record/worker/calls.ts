/**
 * Calls in both directions over a message port, between two threads that trust each other. What is thrown on one
 * side is thrown on the other; a `FailureError` keeps its failure. Messages that are none of ours are left alone.
 */
import { type Failure, FailureError } from '../../definition/errors';

/** What Worker, MessagePort and the scope of a worker have in common. */
export interface Port {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** Functions that one side offers: plain data in, plain data out. */
export type Offered<Calls> = {
  readonly [Name in keyof Calls]: Calls[Name] extends (input: infer Input) => Promise<infer Output>
    ? (input: Input, signal: AbortSignal) => Promise<Output> | Output
    : never;
};

type InputOf<Call> = Call extends (input: infer Input) => unknown ? Input : never;
type OutputOf<Call> = Call extends (input: never) => Promise<infer Output> ? Output : never;

/** The other side. */
export interface Caller<Calls> {
  /** Rejects with what the other side threw, or with the failure that closed the connection. */
  call<Name extends keyof Calls>(
    name: Name,
    input: InputOf<Calls[Name]>,
    signal?: AbortSignal,
  ): Promise<OutputOf<Calls[Name]>>;
  /** Says something that needs no answer. */
  tell<Name extends keyof Calls>(name: Name, input: InputOf<Calls[Name]>): void;
  /** The other side is gone: open and later calls fail. */
  close(failure: Failure): void;
}

type Message =
  /** `id` is null where nobody waits for an answer. */
  | { readonly nagare: 'call'; readonly id: number | null; readonly name: string; readonly input: unknown }
  | { readonly nagare: 'abort'; readonly id: number }
  | { readonly nagare: 'answer'; readonly id: number; readonly output: unknown }
  | {
      readonly nagare: 'failed';
      readonly id: number;
      readonly failure: Failure | null;
      readonly text: string;
    };

interface OpenCall {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

/**
 * @param offered what the other side may call
 * @returns what the other side offers
 */
export function connect<Theirs, Ours>(port: Port, offered: Offered<Ours>): Caller<Theirs> {
  const functions = offered as Readonly<Record<string, (input: unknown, signal: AbortSignal) => unknown>>;
  const open = new Map<number, OpenCall>();
  const serving = new Map<number, AbortController>();
  let lastId = 0;
  let closed: Failure | null = null;
  const post = (message: Message): void => port.postMessage(message);

  const serve = async ({ id, name, input }: Message & { nagare: 'call' }): Promise<void> => {
    if (!Object.hasOwn(functions, name)) return;
    const stop = new AbortController();
    if (id !== null) serving.set(id, stop);
    try {
      const output = await functions[name]?.(input, stop.signal);
      if (id !== null) post({ nagare: 'answer', id, output });
    } catch (error) {
      if (id === null) throw error;
      const failure = error instanceof FailureError ? error.failure : null;
      post({ nagare: 'failed', id, failure, text: error instanceof Error ? error.message : String(error) });
    } finally {
      if (id !== null) serving.delete(id);
    }
  };

  port.onmessage = ({ data }: MessageEvent) => {
    if (!isMessage(data)) return;
    switch (data.nagare) {
      case 'call':
        void serve(data);
        return;
      case 'abort':
        serving.get(data.id)?.abort();
        return;
      case 'answer':
        open.get(data.id)?.resolve(data.output);
        return;
      case 'failed':
        open
          .get(data.id)
          ?.reject(data.failure === null ? new Error(data.text) : new FailureError(data.failure));
        return;
    }
  };

  return {
    call: (name, input, signal) =>
      new Promise((resolve, reject) => {
        if (closed !== null) throw new FailureError(closed);
        lastId += 1;
        const id = lastId;
        const abort = (): void => post({ nagare: 'abort', id });
        const settle =
          <T>(then: (value: T) => void) =>
          (value: T): void => {
            open.delete(id);
            signal?.removeEventListener('abort', abort);
            then(value);
          };
        open.set(id, { resolve: settle(resolve as (output: unknown) => void), reject: settle(reject) });
        post({ nagare: 'call', id, name: String(name), input });
        if (signal?.aborted === true) abort();
        else signal?.addEventListener('abort', abort);
      }),
    tell: (name, input) => post({ nagare: 'call', id: null, name: String(name), input }),
    close(failure) {
      closed ??= failure;
      port.onmessage = null;
      for (const call of [...open.values()]) call.reject(new FailureError(closed));
    },
  };
}

const isMessage = (data: unknown): data is Message =>
  typeof data === 'object' && data !== null && 'nagare' in data;
