/** The settings that the server works by; read again when it is told to. */
import type { ExecutionUnit, Settings } from '../../definition/types';
import type { SettingsReply } from '../settings-file';

export interface Units {
  settings(): Settings;
  find(unitId: string): ExecutionUnit | null;
  /** Settings that cannot be read leave the ones before in force; answers what was wrong, or null. */
  reload(): Promise<string | null>;
}

export function unitsOf(first: Settings, read: () => Promise<SettingsReply>): Units {
  let current = first;
  return {
    settings: () => current,
    find: (unitId) => current.units.find((unit) => unit.id === unitId) ?? null,
    async reload() {
      const reply = await read();
      if (reply.kind === 'bad') return reply.message;
      current = reply.settings;
      return null;
    },
  };
}
