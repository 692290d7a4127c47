import { type ClientFor, clientPool } from './client';
import { realRandomness } from './clock';
import { pageClient } from './page-client';
import { browserId, presence } from './presence';

/** The documented part of the `kintone` global that REST calls need. */
interface SessionKintone {
  getRequestToken(): string;
}

/** kintone's token for requests that change something; it exists on pages only. */
export function requestToken(): string {
  const { kintone } = globalThis as unknown as { readonly kintone: SessionKintone };
  return kintone.getRequestToken();
}

/** REST clients with the session of the page that is open now. */
export function pageClients(): ClientFor {
  const session = { requestToken, fetch: globalThis.fetch.bind(globalThis), origin: location.origin };
  return clientPool((guestSpaceId) => pageClient(session, guestSpaceId));
}

/** The same from another thread of the page, which has neither the token nor an address. */
export function sessionClients(page: {
  readonly requestToken: () => Promise<string>;
  readonly pageUrl: string;
}): ClientFor {
  const session = {
    requestToken: page.requestToken,
    fetch: globalThis.fetch.bind(globalThis),
    origin: new URL(page.pageUrl).origin,
    referrer: page.pageUrl,
  };
  return clientPool((guestSpaceId) => pageClient(session, guestSpaceId));
}

/** This browser among others, from a page: threads have no storage. */
export function pageBrowserId(): string {
  return browserId(storageOf(), realRandomness.uuid);
}

/** Presence among the pages of this browser. */
export function browserPresence(id: string): ReturnType<typeof presence> {
  return presence({ locks: navigator.locks, browserId: id, uuid: realRandomness.uuid });
}

/** Resolves when the browser says that the net is back; pages and workers hear of it alike. */
export function whenOnline(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    globalThis.addEventListener('online', () => resolve(), { once: true, signal });
  });
}

/** Reading `localStorage` itself throws where cookies are blocked. */
function storageOf(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

/** The guest space of the page that is open now, from its own path; undefined in normal spaces. */
export function guestSpaceOfPage(path: string): string | undefined {
  return /^\/k\/guest\/(\d+)\//.exec(path)?.[1];
}
