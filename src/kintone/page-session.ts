import { type ClientFor, clientPool } from './client';
import { realRandomness } from './clock';
import { pageClient } from './page-client';
import { presence } from './presence';

/** The documented part of the `kintone` global that REST calls need. */
interface SessionKintone {
  getRequestToken(): string;
}

/** REST clients with the session of the page that is open now. */
export function pageClients(): ClientFor {
  const { kintone } = globalThis as unknown as { readonly kintone: SessionKintone };
  const session = {
    requestToken: () => kintone.getRequestToken(),
    fetch: globalThis.fetch.bind(globalThis),
    origin: location.origin,
  };
  return clientPool((guestSpaceId) => pageClient(session, guestSpaceId));
}

/** Presence of this page among the pages of this browser. */
export function pagePresence(): ReturnType<typeof presence> {
  return presence({ locks: navigator.locks, storage: storageOf(), uuid: realRandomness.uuid });
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
