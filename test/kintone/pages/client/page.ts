/** The page's shared state: what the server told, what is on the screen, where scripts may draw. */
import { fill, type Messages, messagesFor } from '../messages';
import type { Bootstrap, EventRecord } from '../shared';

/** The screen as scripts see it; `none` before the first record screen is ready. */
export type Screen = 'none' | 'list' | 'detail' | 'create' | 'edit' | 'portal' | 'admin' | 'pluginConfig';

export interface PageElements {
  listHeaderMenu: HTMLElement | null;
  listHeader: HTMLElement | null;
  recordHeaderMenu: HTMLElement | null;
  mobileHeader: HTMLElement | null;
  spaces: Map<string, HTMLElement>;
  fields: Map<string, HTMLElement>;
}

export interface ListState {
  viewId: number;
  viewName: string;
  condition: string;
  query: string;
}

export interface PageState {
  screen: Screen;
  recordId: number | null;
  record: EventRecord | null;
  list: ListState | null;
  elements: PageElements;
  /** Applies a record given by `record.set()`; null where that is not possible. */
  applyRecord: ((record: EventRecord) => void) | null;
  /** How many event handlers run now; `record.set()` refuses to work inside one. */
  runningHandlers: number;
}

export const state: PageState = {
  screen: 'none',
  recordId: null,
  record: null,
  list: null,
  elements: noElements(),
  applyRecord: null,
  runningHandlers: 0,
};

/** No place to draw in: between two screens. */
export function noElements(): PageElements {
  return {
    listHeaderMenu: null,
    listHeader: null,
    recordHeaderMenu: null,
    mobileHeader: null,
    spaces: new Map(),
    fields: new Map(),
  };
}

function readBootstrap(): Bootstrap {
  const element = document.getElementById('bootstrap');
  if (element === null) throw new Error('The page has no bootstrap data.');
  return JSON.parse(element.textContent ?? '') as Bootstrap;
}

export const bootstrap: Bootstrap = readBootstrap();

const messages: Messages = messagesFor(bootstrap.user.language);

/** A text of the page in the user's language. */
export function text(key: keyof Messages, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(messages[key], values);
}

/** Beginning of the addresses of record pages of this kind: desktop, phone or test environment. */
export const root = bootstrap.isTestEnvironment ? '/k/admin/preview' : bootstrap.isMobile ? '/k/m' : '/k';

/**
 * The app the page belongs to.
 * @throws Error on pages without an app; only views of app pages call it.
 */
export function currentApp(): NonNullable<Bootstrap['app']> {
  if (bootstrap.app === null) throw new Error('This page does not belong to an app.');
  return bootstrap.app;
}
