/** What the page and the thread of the engine ask of each other. Plain data throughout: it is copied across. */
import type { TextReply, TextRequest } from '../../commands/types';
import type { RunInput } from '../../run/ports';
import type { Preview } from '../../run/preview';
import type { RunHandle, RunStatus } from '../../run/status';
import type { KintoneRecord } from '../../table';
import type { PageUser } from '../page';
import type { AskedInput, StartHow, StartProblem } from '../panel/contract';

/** A press, with everything that only the page knows. */
export interface StartOrder {
  /** The values of the plug-in as kintone keeps them. */
  readonly config: Readonly<Record<string, string>> | null;
  readonly unitId: string;
  readonly how: StartHow;
  /** What a person has given in the form; null while nobody was asked. */
  readonly input: RunInput | null;
  readonly appId: string;
  /** Undefined in normal spaces. */
  readonly guestSpaceId: string | undefined;
  /** Blank while the record is being created. */
  readonly recordId: string;
  /** The record as the page has it. */
  readonly record: KintoneRecord | null;
  readonly user: PageUser;
  /** This browser among others (see `presence.ts`). */
  readonly browserId: string;
  /** Address of the page; requests go to its origin and name it as their referrer. */
  readonly pageUrl: string;
}

export type Started =
  | { readonly kind: 'run'; readonly run: number; readonly status: RunStatus }
  | StartProblem
  | AskedInput;

/** A run seen anew. */
export interface StatusUpdate {
  readonly run: number;
  readonly status: Omit<RunStatus, 'preview'>;
  /** Absent while it is the one that was sent before. */
  readonly preview?: Preview | null;
}

/** Everything a handle does beside showing its status. */
export type HandleMethod = Exclude<keyof RunHandle, 'getSnapshot' | 'subscribe' | 'ended'>;

/** Complete by its type: a handle with a further method does not compile before it is named here. */
export const HANDLE_METHODS: Readonly<Record<HandleMethod, true>> = {
  confirm: true,
  decline: true,
  recheck: true,
  cancel: true,
  leave: true,
  pause: true,
  proceed: true,
  step: true,
  touched: true,
};

export interface HandleCall {
  readonly run: number;
  readonly method: HandleMethod;
  readonly args: readonly unknown[];
}

/** What the engine does for the page. */
export interface EngineCalls {
  start(order: StartOrder): Promise<Started>;
  /** Answers when the run has ended, with the last update; until then, every change is told by `status`. */
  follow(run: number): Promise<StatusUpdate>;
  invoke(call: HandleCall): Promise<unknown>;
}

/** What the page does for the engine: `kintone` exists only there. */
export interface PageCalls {
  /** The engine is there. `lock`: name of a Web Lock that it holds as long as it lives; blank without locks. */
  ready(lock: string): Promise<void>;
  status(update: StatusUpdate): Promise<void>;
  requestToken(nothing: null): Promise<string>;
  /** One request to a host outside kintone, through kintone's proxy. */
  fetchText(request: TextRequest): Promise<TextReply>;
}
