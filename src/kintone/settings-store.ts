/** Loading and saving settings through kintone's plug-in configuration. */
import type { Result } from '../definition/errors';
import { fail, failure, ok } from '../definition/errors';
import type { Settings } from '../definition/types';
import type { StoredConfig } from './boot-index';
import type { PluginConfigApi } from './plugin-config';
import {
  decodeStored,
  encodeSettings,
  readStamp,
  type SaveStamp,
  type StoredSettings,
} from './settings-codec';

export interface SettingsStore {
  /** Errors: those of `decodeStored`. */
  load(): Promise<Result<StoredSettings>>;
  /**
   * Writes the settings when the stored ones still carry `expected` and the app's settings have not been
   * changed since this page read them.
   * Errors: `settingsChangedElsewhere {savedBy, savedAtMs}` when the stored stamp tells who it was,
   * `appSettingsChanged` when only the app's revision has risen, those of `encodeSettings`, and
   * `settingsSaveFailed {message}`.
   */
  save(settings: Settings, expected: SaveStamp | null, force?: boolean): Promise<Result<SaveStamp>>;
  /**
   * Makes another change of the app's settings from this page (secrets of the proxy, say), so that the next
   * `save` does not take the risen revision for somebody else's work. A change by others before it still counts.
   */
  beside<T>(change: () => Promise<T>): Promise<T>;
  /** The values as they are stored, for a download when they cannot be decoded. */
  raw(): StoredConfig;
  /** Stamp of what is stored now; null when there is none or it cannot be read. */
  storedStamp(): SaveStamp | null;
}

export interface StoreOptions {
  readonly pluginId: string;
  readonly api: PluginConfigApi;
  readonly user: { readonly code: string; readonly name: string };
  readonly nowMs: () => number;
  /**
   * Revision of the app's settings that wait to go live (GET preview/app/settings); null when it cannot be
   * read. `getConfig` answers what was there when the page was opened, so it alone would miss a save in
   * another tab; every save of plug-in settings raises this revision.
   */
  readonly revision: () => Promise<string | null>;
}

/**
 * A store over `kintone.plugin.app`. `setConfig` replaces everything and does not compare, so the
 * check for somebody else's save is as late as it can be: directly before the call. Other changes of the app
 * (its form, say) raise the revision too: better one question too many than a lost afternoon.
 */
export function createSettingsStore(options: StoreOptions): SettingsStore {
  const current = (): StoredConfig | null => options.api.getConfig(options.pluginId);
  let known: string | null = null;
  return {
    async load() {
      known = await options.revision();
      return decodeStored(current());
    },
    async beside(change) {
      const before = await options.revision();
      const result = await change();
      if (known !== null && before === known) known = (await options.revision()) ?? known;
      return result;
    },
    raw: () => current() ?? {},
    storedStamp: () => readStamp(current()),
    async save(settings, expected, force = false) {
      const encoded = await encodeSettings(settings, {
        savedAtMs: options.nowMs(),
        savedBy: options.user,
      });
      if (!encoded.ok) return encoded;
      const found = readStamp(current());
      if (!force && found !== null && !sameStamp(found, expected)) {
        return fail(
          failure('settingsChangedElsewhere', {
            savedBy: found.savedBy.name,
            savedAtMs: found.savedAtMs,
          }),
        );
      }
      const now = await options.revision();
      if (!force && known !== null && now !== null && now !== known)
        return fail(failure('appSettingsChanged'));
      try {
        await write(options.api, encoded.value.config);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return fail(failure('settingsSaveFailed', { message }));
      }
      known = await options.revision();
      return ok(encoded.value.stamp);
    },
  };
}

export function sameStamp(a: SaveStamp | null, b: SaveStamp | null): boolean {
  return a?.savedAtMs === b?.savedAtMs && a?.contentHash === b?.contentHash;
}

/** With the callback kintone stays on the page; it is called only after success. */
function write(api: PluginConfigApi, config: StoredConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    try {
      api.setConfig(config, () => resolve());
    } catch (error) {
      reject(error);
    }
  });
}
