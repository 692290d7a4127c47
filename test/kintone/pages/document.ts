/** The HTML documents: one for every page after login, one for the login itself. */
import type { User } from '../store/types';
import { escapeHtml, scriptJson } from './http';
import { messagesFor } from './messages';
import { type Bootstrap, endpoints } from './shared';

/** The files of one plug-in on one page, in the order of its manifest. */
export interface PluginFiles {
  id: string;
  css: string[];
  js: string[];
}

export interface PageDocument {
  bootstrap: Bootstrap;
  plugins: PluginFiles[];
  /** Number of a hostile style sheet. */
  hostile: string | null;
  hasDecoy: boolean;
}

const decoyId = 'decoydecoydecoydecoydecoydecoyde';

/** Each plug-in finds its own id in the one global that the next plug-in overwrites. */
function pluginTags({ id, css, js }: PluginFiles): string {
  return [
    `<script>kintone.$PLUGIN_ID = ${scriptJson(id)};</script>`,
    ...css.map((address) => `<link rel="stylesheet" href="${escapeHtml(address)}">`),
    ...js.map((address) => `<script src="${escapeHtml(address)}"></script>`),
  ].join('\n');
}

const decoyTags = `<script>
kintone.$PLUGIN_ID = '${decoyId}';
document.documentElement.dataset.decoy = 'loaded';
</script>`;

function hostileTag(hostile: string | null): string {
  if (hostile === null) return '';
  return `<link rel="stylesheet" href="${endpoints.hostile}?sheet=${encodeURIComponent(hostile)}">`;
}

/** The document of any page behind the login. */
export function pageDocument({ bootstrap, plugins, hostile, hasDecoy }: PageDocument): string {
  const { app, user, isMobile } = bootstrap;
  const title = app?.name ?? messagesFor(user.language).product;
  const width = isMobile ? 'width=device-width, initial-scale=1' : 'width=device-width';
  return `<!doctype html>
<html lang="${escapeHtml(user.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="${width}">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${endpoints.style}">
</head>
<body>
<script type="application/json" id="bootstrap">${scriptJson(bootstrap)}</script>
<script src="${endpoints.script}"></script>
${plugins.map(pluginTags).join('\n')}
${hasDecoy ? decoyTags : ''}
${hostileTag(hostile)}
</body>
</html>
`;
}

export interface LoginDocument {
  language: string;
  /** Where to go afterwards; a path of this server. */
  to: string;
  users: readonly User[];
  hasFailed: boolean;
}

/** The login page: name and password, or a pick among the users of the demo. */
export function loginDocument({ language, to, users, hasFailed }: LoginDocument): string {
  const messages = messagesFor(language);
  const text = (key: keyof typeof messages): string => escapeHtml(messages[key]);
  const target = `<input type="hidden" name="to" value="${escapeHtml(to)}">`;
  const picks = users.map(
    (user) => `<form method="post" action="/login">${target}
<button class="lk-button" name="quick" value="${escapeHtml(user.code)}">${escapeHtml(user.name)}</button></form>`,
  );
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text('login')}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${endpoints.style}">
</head>
<body>
<main class="lk-login">
<h1>${text('product')}</h1>
${hasFailed ? `<p class="lk-field-error" role="alert">${text('loginFailed')}</p>` : ''}
<form method="post" action="/login">${target}
<label>${text('loginName')}<input class="lk-input" name="user" autocomplete="username" autofocus></label>
<label>${text('password')}<input class="lk-input" name="password" type="password" autocomplete="current-password"></label>
<button class="lk-button lk-primary">${text('login')}</button>
</form>
${picks.length > 0 ? `<p class="lk-muted">${text('quickLogin')}</p>${picks.join('')}` : ''}
</main>
</body>
</html>
`;
}
