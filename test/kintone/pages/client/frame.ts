/** What surrounds every page: the global header, the breadcrumb and the content area. */
import { make } from './dom';
import { bootstrap, root, text } from './page';

export interface Crumb {
  label: string;
  href: string | null;
}

/** The heading of record pages; settings pages and the portal have one of their own below. */
function appName(): HTMLElement {
  const isHeading = ['list', 'record', 'create'].includes(bootstrap.page);
  return make(isHeading ? 'h1' : 'span', { class: 'lk-global-app' }, bootstrap.app?.name ?? '');
}

function globalHeader(): HTMLElement {
  const logout = make('form', { method: 'post', action: '/logout', class: 'lk-logout' });
  logout.append(make('button', { type: 'submit', class: 'lk-link-button' }, text('logout')));
  const home = bootstrap.isMobile ? '/k/m/' : '/k/';
  return make(
    'header',
    { class: 'lk-global' },
    make('a', { class: 'lk-brand', href: home }, text('product')),
    appName(),
    bootstrap.isTestEnvironment ? make('span', { class: 'lk-test-mark' }, text('testEnvironment')) : null,
    make('span', { class: 'lk-user', title: bootstrap.user.code }, bootstrap.user.name),
    logout,
  );
}

function breadcrumb(crumbs: Crumb[]): HTMLElement {
  const items = crumbs.map(({ label, href }) =>
    make(
      'li',
      {},
      href === null ? make('span', { 'aria-current': 'page' }, label) : make('a', { href }, label),
    ),
  );
  return make('nav', { class: 'lk-breadcrumb', 'aria-label': text('portal') }, make('ol', {}, ...items));
}

let bar: HTMLElement | null = null;

/** Puts the frame on the page and answers the empty content area; called once per document. */
export function drawFrame(crumbs: Crumb[]): HTMLElement {
  bar = breadcrumb(crumbs);
  const content = make('main', { id: 'content', class: `lk-content lk-page-${bootstrap.page}` });
  document.body.classList.toggle('lk-mobile', bootstrap.isMobile);
  document.body.append(globalHeader(), bar, content);
  return content;
}

/** Changes the breadcrumb when another record is shown in the same document. */
export function setCrumbs(crumbs: Crumb[]): void {
  const next = breadcrumb(crumbs);
  bar?.replaceWith(next);
  bar = next;
}

/** Crumbs down to the app. */
export function appCrumbs(...more: Crumb[]): Crumb[] {
  const { app } = bootstrap;
  const start: Crumb[] = [{ label: text('portal'), href: bootstrap.isMobile ? '/k/m/' : '/k/' }];
  if (app !== null) start.push({ label: text('appPrefix', { name: app.name }), href: `${root}/${app.id}/` });
  return [...start, ...more];
}
