/**
 * Who works on a run. The store knows which of its processes live, so the runs of a process that has ended need not be
 * watched for minutes before they are gone on with.
 */
import type { PresencePort } from '../../run';
import type { Store } from './store/types';

export interface OwnerIds extends PresencePort {
  /** For one run of this process. */
  next(): string;
}

/** @param storeId tells processes of different stores apart */
export function ownerIds(
  storeId: string,
  store: Pick<Store, 'processId' | 'isAlive'>,
  uuid: () => string,
): OwnerIds {
  const ofStore = `server:${storeId}:`;
  const ofProcess = `${ofStore}${store.processId}:`;
  const held = new Set<string>();
  return {
    next: () => ofProcess + uuid(),
    sees: (owner) => owner.startsWith(ofStore),
    async claim(owner) {
      if (owner.startsWith(ofProcess)) {
        if (held.has(owner)) return null;
        held.add(owner);
        return { release: () => void held.delete(owner) };
      }
      const processId = owner.slice(ofStore.length).split(':')[0] ?? '';
      return (await store.isAlive(processId)) ? null : { release: () => undefined };
    },
  };
}
