/** The login form and its answer, as plain as can be. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { languageOf } from '../messages';
import { readBody } from './http';
import type { Kintone } from './kintone';
import { sessionCookie } from './sessions';

const texts = {
  ja: { title: 'ログイン', user: 'ログイン名', password: 'パスワード', wrong: 'ログインできません。' },
  en: { title: 'Log in', user: 'Login name', password: 'Password', wrong: 'Login failed.' },
};

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** Only paths of this server may be gone to after the login: "//host" would lead elsewhere. */
export function safeTarget(to: string | null): string {
  return to !== null && /^\/(?![/\\])/.test(to) ? to : '/k/';
}

function form(language: 'ja' | 'en', to: string, failed: boolean): string {
  const text = texts[language];
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${text.title}</title>
<body><main><h1>${text.title}</h1>${failed ? `<p role="alert">${text.wrong}</p>` : ''}
<form method="post" action="/login"><input type="hidden" name="to" value="${escapeHtml(to)}">
<p><label>${text.user} <input name="user" autocomplete="username" required></label></p>
<p><label>${text.password} <input name="password" type="password" autocomplete="current-password" required></label></p>
<p><button>${text.title}</button></p></form></main></body></html>`;
}

/** GET /login?to=path shows the form, POST /login (urlencoded user, password, to) logs in and goes there. */
export async function handleLogin(
  kintone: Kintone,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const language = languageOf(request.headers['accept-language']);
  const html = { 'content-type': 'text/html;charset=utf-8' };
  if (request.method !== 'POST') {
    response.writeHead(200, html).end(form(language, safeTarget(url.searchParams.get('to')), false));
    return;
  }
  const sent = new URLSearchParams((await readBody(request)).toString('utf8'));
  const to = safeTarget(sent.get('to'));
  const user = kintone.store.findUser(sent.get('user') ?? '');
  if (user === undefined || user.password !== sent.get('password')) {
    response.writeHead(401, html).end(form(language, to, true));
    return;
  }
  const session = kintone.sessions.create(user);
  const cookie = `${sessionCookie}=${session.id}; Path=/; HttpOnly; SameSite=Lax`;
  response.writeHead(302, { 'set-cookie': cookie, location: to }).end();
}

/** GET /logout forgets the session. */
export function handleLogout(kintone: Kintone, request: IncomingMessage, response: ServerResponse): void {
  const session = kintone.sessions.fromCookieHeader(request.headers.cookie);
  if (session !== null) kintone.sessions.delete(session.id);
  const cookie = `${sessionCookie}=; Path=/; Max-Age=0`;
  response.writeHead(302, { 'set-cookie': cookie, location: '/login' }).end();
}
