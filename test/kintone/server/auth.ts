import type { Store } from '../store/store';
import type { ApiToken } from '../store/types';
import { ApiError } from './errors';
import type { Sessions } from './sessions';
import type { Actor, ApiRequest } from './types';

/** kintone takes at most nine tokens per request. */
const maxTokens = 9;

/**
 * Who makes the request. Like kintone: a password header wins over API tokens, those win over the session
 * cookie. Errors: CB_WA01 (password), GAIA_IA02 (token), CB_IL02 (session without the headers and the request
 * token that protect against forged requests), CB_AU01 (nobody).
 */
export function authenticate(store: Store, sessions: Sessions, request: ApiRequest): Actor {
  const { headers } = request;
  const password = headers['x-cybozu-authorization'];
  if (password !== undefined) return byPassword(store, password);
  const tokens = headers['x-cybozu-api-token'];
  if (tokens !== undefined) return byTokens(store, tokens);
  const session = sessions.fromCookieHeader(headers['cookie']);
  if (session === null) throw new ApiError('CB_AU01');
  if ((headers['x-requested-with'] ?? '') === '') throw new ApiError('CB_IL02');
  // An overridden GET travels as POST and is treated as such here.
  const needsToken = request.method !== 'GET' || headers['x-http-method-override'] !== undefined;
  if (needsToken && request.params['__REQUEST_TOKEN__'] !== session.requestToken)
    throw new ApiError('CB_IL02');
  return { kind: 'user', user: session.user };
}

function byPassword(store: Store, header: string): Actor {
  const text = Buffer.from(header, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const user = store.findUser(text.slice(0, colon));
  if (user === undefined || user.password !== text.slice(colon + 1)) throw new ApiError('CB_WA01');
  return { kind: 'user', user };
}

function byTokens(store: Store, header: string): Actor {
  const wanted = header.split(',').map((token) => token.trim());
  const tokens = new Map<string, ApiToken>();
  for (const text of wanted) {
    const [app, token] = findToken(store, text);
    tokens.set(app, token);
  }
  const user = store.findUser('Administrator');
  if (wanted.length > maxTokens || user === undefined) throw new ApiError('GAIA_IA02');
  return { kind: 'token', user, tokens };
}

function findToken(store: Store, text: string): [string, ApiToken] {
  for (const app of store.apps.values()) {
    const token = app.tokens.find((one) => one.token === text);
    if (token !== undefined) return [app.id, token];
  }
  throw new ApiError('GAIA_IA02');
}
