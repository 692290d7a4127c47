import type { TriggerReply } from '../../trigger';
import type { NagareRun, NagareStartOptions, NagareUnit } from './nagare';

/** What programs may do with one plug-in. */
export interface PluginDoor {
  /** Whether the unit is one of this plug-in's, startable or not. */
  has(unitId: string): Promise<boolean>;
  units(): Promise<readonly NagareUnit[]>;
  handle(path: string, body: unknown): Promise<TriggerReply>;
  /** Rejects with a `NagareError` when there is no run. */
  start(unitId: string, options: NagareStartOptions): Promise<NagareRun>;
}
