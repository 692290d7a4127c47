/** The engine's ports in Node. */
import type { AppRef } from '../definition/types';
import type { ClientFor } from '../kintone/client';
import { kintoneRunPorts } from '../kintone/run-ports';
import type { Describe, PresencePort, RunPorts } from '../run';
import { nodeRemote } from './remote';

/** A process sees no other process: whether a run still lives is decided by its lease alone. */
const nodePresence: PresencePort = {
  claim: async () => ({ release: () => undefined }),
  sees: () => false,
};

/**
 * A command line has nobody who waits for it: when kintone stays out of reach, it ends and says so.
 * Ports over REST clients (`clientsOf`), for one run: requests are counted from here on.
 */
export function nodePorts(clientFor: ClientFor, logApp: AppRef, describe: Describe): RunPorts {
  return kintoneRunPorts({
    clientFor,
    logApp,
    presence: nodePresence,
    remote: nodeRemote(),
    describe,
    outageMaxMs: 0,
  });
}
