import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUIET_UNIT } from '../../src/definition/create';
import type { JsonObject, Settings } from '../../src/definition/types';
import { readIndex, type StoredConfig } from '../../src/kintone/boot-index';
import { base64ToBytes, bytesToBase64 } from '../../src/kintone/bytes';
import type { PluginConfigApi } from '../../src/kintone/plugin-config';
import {
  CHUNK_LENGTH,
  decodeStored,
  encodeSettings,
  indexOf,
  MAX_STORED_BYTES,
  readStamp,
} from '../../src/kintone/settings-codec';
import { createSettingsStore } from '../../src/kintone/settings-store';
import { sampleSettings } from '../definition/sample';

const SAVED = { savedAtMs: 1_790_000_000_000, savedBy: { code: 'sato', name: '佐藤' } };

async function encoded(settings: Settings): Promise<StoredConfig> {
  const result = await encodeSettings(settings, SAVED);
  if (!result.ok) throw new Error(result.error.code);
  return result.value.config;
}

/** Settings whose text does not compress: base64 of random bytes in notes of commands. */
function incompressible(bytes: number): Settings {
  const noise = randomBytes(bytes).toString('base64');
  const flow = sampleSettings.flows[0]!;
  const command = { ...flow.commands[0]!, settings: { noise } as JsonObject };
  return { ...sampleSettings, flows: [{ ...flow, commands: [command] }, sampleSettings.flows[1]!] };
}

/** A plug-in configuration with kintone's own limits. */
function fakeApi(): PluginConfigApi & { stored: StoredConfig | null } {
  return {
    stored: null,
    getConfig() {
      return this.stored;
    },
    setConfig(config, callback) {
      for (const [key, value] of Object.entries(config)) {
        if (!/^[\x20-\x7e]+$/.test(key) || value.length > 65_535) throw new Error(`refused ${key}`);
      }
      this.stored = { ...config };
      callback?.();
    },
  };
}

describe('settings codec', () => {
  it('comes back as it was', async () => {
    const config = await encoded(sampleSettings);
    const back = await decodeStored(config);
    expect(back).toMatchObject({ ok: true, value: { settings: sampleSettings, stamp: SAVED } });
    expect(readStamp(config)?.contentHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('round-trips any text in any number of chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.integer({ min: 0, max: 120_000 }),
        async (text, noise) => {
          const base = incompressible(noise);
          const settings = { ...base, units: [{ ...base.units[0]!, note: text }] };
          const config = await encoded(settings);
          for (const value of Object.values(config)) expect(value.length).toBeLessThanOrEqual(CHUNK_LENGTH);
          expect(await decodeStored(config)).toMatchObject({ ok: true, value: { settings } });
        },
      ),
      { numRuns: 10 },
    );
  });

  it('treats nothing stored as an empty document', async () => {
    for (const config of [null, {}]) {
      expect(await decodeStored(config)).toMatchObject({
        ok: true,
        value: { settings: { units: [], flows: [] }, stamp: null },
      });
    }
  });

  it('refuses what kintone could not keep', async () => {
    expect(await encodeSettings(incompressible(200_000), SAVED)).toMatchObject({
      ok: false,
      error: { code: 'settingsOverQuota', params: { limitBytes: MAX_STORED_BYTES } },
    });
    expect(await encodeSettings(incompressible(900_000), SAVED)).toMatchObject({
      ok: false,
      error: { code: 'settingsTooLarge' },
    });
  });

  const broken: [string, Record<string, string | undefined>, string][] = [
    ['a missing chunk', { s0: undefined }, 'storedSettingsIncomplete'],
    ['a missing head', { head: undefined }, 'storedSettingsIncomplete'],
    ['a head that is no JSON', { head: '{' }, 'storedSettingsDamaged'],
    ['a head that is null', { head: 'null' }, 'storedSettingsDamaged'],
    ['a newer format', { head: '{"format":2}' }, 'storedSettingsNewer'],
    ['bytes that are no base64', { s0: '*' }, 'storedSettingsDamaged'],
    ['bytes that are no gzip', { s0: 'AAAA' }, 'storedSettingsDamaged'],
    ['a cut chunk', { s0: 'H4sIAAAAAAAAA6tWKkstKs7Mz1OyMtRRyslPdywoULLKK83JqQUA' }, 'storedSettingsDamaged'],
  ];
  it.each(broken)('refuses %s', async (_, damage, code) => {
    const entries = Object.entries({ ...(await encoded(sampleSettings)), ...damage });
    const config = Object.fromEntries(
      entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    expect(await decodeStored(config)).toMatchObject({ ok: false, error: { code } });
  });

  it('refuses content that does not match its hash', async () => {
    const config = { ...(await encoded(sampleSettings)) };
    const other = await encoded({ ...sampleSettings, units: [] });
    expect(await decodeStored({ ...config, s0: other['s0']! })).toMatchObject({
      ok: false,
      error: { code: 'storedSettingsDamaged', params: { reason: 'hash' } },
    });
  });

  it('base64 is lossless', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
        expect(base64ToBytes(bytesToBase64(bytes))).toEqual(Uint8Array.from(bytes));
      }),
      { numRuns: 20 },
    );
  });
});

describe('boot index', () => {
  it('reads the plain part back, also when it needs several values', async () => {
    const many: Settings = {
      ...sampleSettings,
      units: Array.from({ length: 400 }, (_, index) => ({
        ...sampleSettings.units[0]!,
        id: `unit${String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26))}aaaaaaaa`,
        name: '名'.repeat(60),
      })),
    };
    const config = await encoded(many);
    expect(config['index1']).toBeDefined();
    expect(readIndex(config)).toEqual(indexOf(many));
    expect(readIndex(await encoded(sampleSettings))).toEqual(indexOf(sampleSettings));
  });

  it('tells record pages of events, the door for programs and test mode, and is silent where there is nothing', () => {
    const unit = sampleSettings.units[0]!;
    const quiet = indexOf({ ...sampleSettings, units: [{ ...unit, ...QUIET_UNIT }] }).units[0]!;
    expect(Object.keys(quiet)).toEqual(['id', 'name', 'enabled', 'button']);
    const event = {
      event: 'edited',
      timing: 'before',
      condition: null,
      action: '',
      onFailure: 'block',
    } as const;
    const loud = { ...unit, recordEvents: [event], api: true, mode: 'test' as const };
    expect(indexOf({ ...sampleSettings, units: [loud] }).units[0]).toMatchObject({
      recordEvents: [event],
      api: true,
      test: true,
    });
  });

  it('says null for a unit without a button and for nothing usable', () => {
    const unit = sampleSettings.units[0]!;
    const without = { ...sampleSettings, units: [{ ...unit, button: { ...unit.button, enabled: false } }] };
    expect(indexOf(without).units[0]?.button).toBeNull();
    for (const config of [
      null,
      undefined,
      {},
      { index: '{' },
      { index: 'null' },
      { index: '{"version":2}' },
    ]) {
      expect(readIndex(config as StoredConfig)).toBeNull();
    }
  });
});

describe('settings store', () => {
  const user = { code: 'ito', name: '伊藤' };
  const open = (api: PluginConfigApi, nowMs: number) =>
    createSettingsStore({ pluginId: 'p', api, user, nowMs: () => nowMs, revision: async () => null });

  it('notices that somebody else saved meanwhile, and overwrites only when told', async () => {
    const api = fakeApi();
    const mine = open(api, 1000);
    const loaded = await mine.load();
    expect(loaded).toMatchObject({ ok: true, value: { stamp: null } });

    const first = await mine.save(sampleSettings, null);
    expect(first).toMatchObject({ ok: true, value: { savedAtMs: 1000, savedBy: user } });
    const theirs = await open(api, 2000).save(
      { ...sampleSettings, units: [] },
      first.ok ? first.value : null,
    );
    expect(theirs.ok).toBe(true);

    const late = await mine.save(sampleSettings, first.ok ? first.value : null);
    expect(late).toMatchObject({
      ok: false,
      error: { code: 'settingsChangedElsewhere', params: { savedBy: '伊藤', savedAtMs: 2000 } },
    });
    expect((await mine.save(sampleSettings, null, true)).ok).toBe(true);
    expect(await mine.load()).toMatchObject({ ok: true, value: { settings: sampleSettings } });
    expect(mine.storedStamp()).toMatchObject({ savedAtMs: 1000 });
    expect(readIndex(mine.raw())).toEqual(indexOf(sampleSettings));
  });

  it('does not take its own other changes for somebody else’s, but still sees those of others', async () => {
    let revision = 7;
    const store = createSettingsStore({
      pluginId: 'p',
      api: fakeApi(),
      user,
      nowMs: () => 1,
      revision: async () => String(revision),
    });
    await store.load();
    const change = async () => {
      revision += 1;
      return 'saved';
    };
    expect(await store.beside(change)).toBe('saved');
    const first = await store.save(sampleSettings, null);
    expect(first.ok).toBe(true);
    revision += 1;
    await store.beside(change);
    expect(await store.save(sampleSettings, first.ok ? first.value : null)).toMatchObject({
      ok: false,
      error: { code: 'appSettingsChanged' },
    });
  });

  it('asks when only the revision of the app tells that something was saved', async () => {
    const api = fakeApi();
    let revision: string | null = '7';
    const store = createSettingsStore({
      pluginId: 'p',
      api,
      user,
      nowMs: () => 1000,
      revision: async () => revision,
    });
    await store.load();
    revision = '8';
    expect(await store.save(sampleSettings, null)).toMatchObject({
      ok: false,
      error: { code: 'appSettingsChanged' },
    });
    expect(api.stored).toBeNull();
    const saved = await store.save(sampleSettings, null, true);
    expect(saved.ok).toBe(true);
    expect((await store.save(sampleSettings, saved.ok ? saved.value : null)).ok).toBe(true);
    revision = null;
    expect((await store.save(sampleSettings, store.storedStamp())).ok).toBe(true);
  });

  it('turns a refusal of kintone into a failure', async () => {
    const api: PluginConfigApi = {
      getConfig: () => null,
      setConfig: () => {
        throw new Error('CB_NO02');
      },
    };
    expect(await open(api, 1).save(sampleSettings, null)).toMatchObject({
      ok: false,
      error: { code: 'settingsSaveFailed', params: { message: 'CB_NO02' } },
    });
  });
});
