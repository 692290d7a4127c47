import type { AppRef } from '../definition/types';
import type { Describe, PresencePort, RunPorts } from '../run';
import type { ClientFor } from './client';
import { realClock, realRandomness } from './clock';
import { journalPort } from './journal-port';
import { recordsPort } from './records-port';
import { createUsage } from './usage';

export interface RunPortOptions {
  readonly clientFor: ClientFor;
  readonly logApp: AppRef;
  readonly presence: PresencePort;
  readonly describe: Describe;
}

/** The ports of one run over kintone, for the page and for Node alike; requests are counted per run. */
export function kintoneRunPorts(options: RunPortOptions): RunPorts {
  const usage = createUsage();
  const tools = { clock: realClock, random: realRandomness, usage };
  return {
    records: recordsPort(options.clientFor, tools),
    journal: journalPort(options.clientFor, options.logApp, tools),
    clock: realClock,
    random: realRandomness,
    presence: options.presence,
    describe: options.describe,
    requestCount: usage.total,
  };
}
