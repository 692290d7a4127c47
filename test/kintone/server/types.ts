/**
 * What the parts of the local kintone's server agree on: how a request looks when HTTP is peeled off, who
 * makes it, and how further routes (pages) are mounted beside the REST API.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiToken, User } from '../store/types';

/** A browser login. The cookie `JSESSIONID` carries `id`; pages hand `requestToken` to their scripts. */
export interface Session {
  readonly id: string;
  readonly user: User;
  readonly requestToken: string;
}

/**
 * Serves a URL the REST API does not (pages, login, plug-in files, further admin endpoints).
 * Called in order for every other URL; resolves to true when it has answered.
 * `session` is null when nobody is logged in.
 */
export type RouteHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  session: Session | null,
) => boolean | Promise<boolean>;

/** Who acts in a REST call. */
export type Actor =
  | { readonly kind: 'user'; readonly user: User }
  /** `tokens` maps an app id to what its tokens allow; such writes are signed by "Administrator". */
  | { readonly kind: 'token'; readonly user: User; readonly tokens: ReadonlyMap<string, ApiToken> };

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** An error body of the REST API. */
export interface ErrorBody {
  code: string;
  id: string;
  message: string;
  errors?: Record<string, { messages: string[] }>;
}

/** A REST request without HTTP: `path` is the pathname, `params` the query string or JSON body. */
export interface ApiRequest {
  readonly method: HttpMethod;
  readonly path: string;
  readonly params: Record<string, unknown>;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Only for POST file.json. */
  readonly upload?: { readonly name: string; readonly contentType: string; readonly bytes: Uint8Array };
}

export interface ApiReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON value, or bytes (file download), or plain text (gateway errors). */
  readonly body: unknown;
}
