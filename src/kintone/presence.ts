import type { PresencePort } from '../run';

/** The parts of the browser that presence rests on; absent ones switch it off. */
export interface PresenceTools {
  readonly locks: LockManager | undefined;
  /** See `browserId`. */
  readonly browserId: string;
  readonly uuid: () => string;
}

const BROWSER_KEY = 'nagare.browser';

/**
 * Web Locks as a sign of life: the browser itself frees a lock when its page dies, so another page
 * of the same browser knows at once. Owners carry the browser's id, because a lock says nothing
 * about other browsers.
 */
export function presence(tools: PresenceTools): PresencePort & { newOwner(): string } {
  const { browserId } = tools;
  return {
    newOwner: () => `${browserId}:${tools.uuid()}`,
    sees: (owner) => tools.locks !== undefined && owner.startsWith(`${browserId}:`),
    claim(name) {
      const { locks } = tools;
      if (locks === undefined) return Promise.resolve({ release: () => undefined });
      return new Promise((resolve) => {
        const holding = locks.request(`nagare:${name}`, { ifAvailable: true }, (lock) => {
          if (lock === null) {
            resolve(null);
            return undefined;
          }
          return new Promise<void>((release) => resolve({ release }));
        });
        // Without locks (a sandboxed frame, say) the run goes on; other pages then decide by the lease.
        holding.catch(() => resolve({ release: () => undefined }));
      });
    },
  };
}

/** The id that this browser keeps in its storage; made when there is none. */
export function browserId(
  storage: Pick<Storage, 'getItem' | 'setItem'> | undefined,
  uuid: () => string,
): string {
  try {
    const known = storage?.getItem(BROWSER_KEY);
    if (known !== null && known !== undefined && known !== '') return known;
    const fresh = uuid().slice(0, 13);
    storage?.setItem(BROWSER_KEY, fresh);
    return fresh;
  } catch {
    // Storage may be switched off: presence then covers this page only.
    return uuid().slice(0, 13);
  }
}
