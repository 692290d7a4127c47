/** `/login` and `/logout`. */
import { sessionCookie } from '../../server/sessions';
import type { RouteHandler } from '../../server/types';
import type { User } from '../../store/types';
import { loginDocument } from '../document';
import type { PagesContext } from '../host';
import { readBody, redirect, sendHtml } from '../http';

/** Only paths of this server: an address of another one would make the login a way to send people anywhere. */
function safeTarget(to: string | null): string {
  return to !== null && /^\/(?![/\\])/.test(to) ? to : '/k/';
}

function languageOf(accepted: string | undefined): string {
  return (accepted ?? '').trim().toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

function chosenUser(form: URLSearchParams, users: ReadonlyMap<string, User>): User | null {
  const quick = form.get('quick');
  if (quick !== null) return users.get(quick) ?? null;
  const user = users.get(form.get('user') ?? '');
  return user !== undefined && user.password === form.get('password') ? user : null;
}

/** The login page; a plain GET of `/login?user=<code>` is refused, since it would log in by a mere link. */
export function loginRoute({ host }: PagesContext): RouteHandler {
  return async (request, response, url, session) => {
    if (url.pathname === '/logout') {
      if (request.method === 'POST' && session !== null) host.sessions.delete(session.id);
      return redirect(response, '/login', { 'Set-Cookie': `${sessionCookie}=; Path=/; Max-Age=0` });
    }
    if (url.pathname !== '/login') return false;
    const form =
      request.method === 'POST'
        ? new URLSearchParams((await readBody(request)).toString('utf8'))
        : new URLSearchParams();
    const to = safeTarget(form.get('to') ?? url.searchParams.get('to'));
    const user = chosenUser(form, host.store.users);
    if (user !== null) {
      const cookie = `${sessionCookie}=${host.sessions.create(user).id}; Path=/; HttpOnly; SameSite=Lax`;
      return redirect(response, to, { 'Set-Cookie': cookie });
    }
    const hasFailed = request.method === 'POST';
    const language = languageOf(request.headers['accept-language']);
    const users = [...host.store.users.values()];
    return sendHtml(response, loginDocument({ language, to, users, hasFailed }), hasFailed ? 401 : 200);
  };
}
