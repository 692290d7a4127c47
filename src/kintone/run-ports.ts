import type { AppRef } from '../definition/types';
import type { Clock, Describe, NewsPort, PresencePort, RemotePort, RunPorts } from '../run';
import type { ClientFor } from './client';
import { realClock, realRandomness } from './clock';
import { journalPort } from './journal-port';
import { recordsPort } from './records-port';
import { createUsage } from './usage';

export interface RunPortOptions {
  readonly clientFor: ClientFor;
  readonly logApp: AppRef;
  readonly presence: PresencePort;
  /** Other pages of this browser; nobody unless given. */
  readonly news?: NewsPort;
  readonly remote: RemotePort;
  readonly describe: Describe;
  readonly outageMaxMs?: number;
  readonly whenOnline?: RunPorts['whenOnline'];
  /** Real time unless given. */
  readonly clock?: Clock;
}

const NOBODY: NewsPort = { tell: () => undefined, hear: () => () => undefined };

/** The ports of one run over kintone, for the page and for Node alike; requests are counted per run. */
export function kintoneRunPorts(options: RunPortOptions): RunPorts {
  const usage = createUsage();
  const clock = options.clock ?? realClock;
  const tools = { clock, random: realRandomness, usage };
  return {
    records: recordsPort(options.clientFor, tools),
    journal: journalPort(options.clientFor, options.logApp, tools),
    clock,
    random: realRandomness,
    presence: options.presence,
    news: options.news ?? NOBODY,
    remote: options.remote,
    describe: options.describe,
    requestCount: usage.total,
    ...(options.outageMaxMs === undefined ? {} : { outageMaxMs: options.outageMaxMs }),
    ...(options.whenOnline === undefined ? {} : { whenOnline: options.whenOnline }),
  };
}
