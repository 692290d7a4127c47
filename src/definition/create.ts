/** Fresh documents and parts. Ids come from an injected generator, so tests and imports can repeat them. */
import { CURRENT_VERSION } from './schema';
import type { Command, ExecutionUnit, Flow, JsonObject, Settings } from './types';

export type NewId = () => string;

/** Shape of unit ids in the trigger protocol; flows and commands use it too. */
export const ID_LENGTH = 14;
const LETTERS = 26;

/**
 * 14 lower-case letters from uniform random bytes (65 bits; ids are names, not secrets).
 * Bytes of 234 and above are thrown away, because 256 is not a multiple of 26.
 */
export function randomId(randomBytes: (count: number) => Uint8Array): string {
  let id = '';
  while (id.length < ID_LENGTH) {
    for (const byte of randomBytes(ID_LENGTH)) {
      if (byte < LETTERS * 9 && id.length < ID_LENGTH) id += String.fromCharCode(97 + (byte % LETTERS));
    }
  }
  return id;
}

export function emptySettings(): Settings {
  return { version: CURRENT_VERSION, logApp: null, holidays: [], units: [], flows: [] };
}

/**
 * What every unit has until somebody chooses otherwise: all guards on, started by its button only. Also what
 * units of version 1 get for the settings that they did not have.
 */
export const QUIET_UNIT = {
  executor: { kind: 'browser' },
  recordEvents: [],
  api: false,
  webhookEvents: [],
  schedules: [],
  concurrency: 'reject',
  queueTtlMinutes: 10,
  priority: 0,
  confirm: 'always',
  conflict: 'stop',
  atomicity: 'unit',
  rateLimitPerMinute: 5,
  maxRunMinutes: 0,
  mode: 'productive',
  test: { rowLimit: 0, apps: [] },
  input: [],
  breakpoints: [],
  savepointRetention: 'ALL',
} as const satisfies Partial<ExecutionUnit>;

/** A unit that does nothing yet: disabled until somebody has looked at it, all guards on. */
export function newUnit(newId: NewId, name: string): ExecutionUnit {
  return {
    id: newId(),
    name,
    note: '',
    enabled: false,
    ...QUIET_UNIT,
    button: { enabled: true, label: '', placement: { kind: 'headerMenu' }, condition: null, users: [] },
    flowIds: [],
  };
}

export function newFlow(newId: NewId, name: string): Flow {
  return { id: newId(), name, note: '', commands: [] };
}

/** `settings` are the command's own `defaults()`. */
export function newCommand(
  newId: NewId,
  type: string,
  inputs: readonly string[],
  settings: JsonObject,
): Command {
  return { id: newId(), type, note: '', inputs, settings };
}
