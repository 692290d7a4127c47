/** What the parts of a server share. */
import type { Failure } from '../../definition/errors';
import type { AppRef } from '../../definition/types';
import type { ClientFor } from '../../kintone/client';
import type { Clock, JournalPort, Observations, Randomness, RecordsPort, RunPorts, RunUser } from '../../run';
import type { PluginSite } from '../../trigger';
import type { Drain } from './drain';
import type { Log } from './log';
import type { Metrics } from './metrics';
import type { OwnerIds } from './owner';
import type { Store } from './store/types';
import type { Units } from './units';
import type { NotificationReader } from './webhook/reader';

export interface Server {
  readonly units: Units;
  readonly store: Store;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly drain: Drain;
  readonly owners: OwnerIds;
  /** Units whose half-written runs it goes on with although a page has made their plans; ids. */
  readonly resumes: readonly string[];
  /** What this process has seen of their runs. */
  readonly seen: Observations;
  readonly clientFor: ClientFor;
  /** Where the plug-in stands: its app is the calling app of all units. */
  readonly site: PluginSite;
  /** Who signs what nobody asked for in person (schedules). */
  readonly account: RunUser;
  /** IANA name. */
  readonly timeZone: string;
  readonly describe: (failure: Failure) => string;
  /** Ports of one run; requests are counted from here on. */
  ports(logApp: AppRef): RunPorts;
  /**
   * The log app of the settings, for what is no part of a run that is carried out here. A stop of the server lets
   * these writes end, while those of runs stand still.
   */
  journal(): JournalPort;
  /** Reads that belong to no run. */
  readonly records: RecordsPort;
  readonly notifications: NotificationReader;
}
