/**
 * Who works on a run. The store makes sure that one process at a time has a server's name, so an owner of the same
 * name and another start is a process that has ended: its runs need not be watched before they are gone on with.
 */
import type { PresencePort } from '../../run';

export interface OwnerIds extends PresencePort {
  /** For one run of this process. */
  next(): string;
}

/** @param storeId tells servers of the same name on different stores apart */
export function ownerIds(storeId: string, serverId: string, uuid: () => string): OwnerIds {
  const name = `server:${storeId}:${serverId}:`;
  const process = `${name}${uuid()}:`;
  const alive = new Set<string>();
  return {
    next: () => process + uuid(),
    sees: (owner) => owner.startsWith(name),
    async claim(owner) {
      if (alive.has(owner)) return null;
      // Only owners of this process are held; looking after another's is all that is asked for.
      if (owner.startsWith(process)) alive.add(owner);
      return { release: () => void alive.delete(owner) };
    },
  };
}
