import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsJsonSchemaText } from '../../scripts/json-schema/generate';
import {
  emptySettings,
  newCommand,
  newFlow,
  newUnit,
  QUIET_UNIT,
  randomId,
} from '../../src/definition/create';
import { decodeSettings, decodeSettingsText } from '../../src/definition/decode';
import { canonicalJson, MAX_DOCUMENT_BYTES } from '../../src/definition/json';
import { type Migration, migrate } from '../../src/definition/migrations';
import type { Json } from '../../src/definition/types';
import { sampleSettings } from './sample';

/** A copy of the sample with the value at a dotted path replaced (undefined: removed). */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(sampleSettings) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  let target = copy;
  for (const key of keys.slice(0, -1)) target = target[key] as Record<string, unknown>;
  const last = keys.at(-1) ?? '';
  if (value === undefined) delete target[last];
  else target[last] = value;
  return copy;
}

describe('decodeSettings', () => {
  it('accepts a document and an empty one unchanged', () => {
    expect(decodeSettings(sampleSettings)).toEqual({ ok: true, value: sampleSettings });
    expect(decodeSettings(emptySettings())).toEqual({ ok: true, value: emptySettings() });
  });

  const faults: [string, unknown, string, string][] = [
    ['units.0.name', '', 'settingsInvalid', 'units.0.name'],
    ['units.0.name', '   ', 'settingsInvalid', 'units.0.name'],
    ['units.0.name', undefined, 'settingsInvalid', 'units.0.name'],
    ['units.0.id', 'ABCDEFGHIJKLMN', 'settingsInvalid', 'units.0.id'],
    ['units.0.id', 'abc', 'settingsInvalid', 'units.0.id'],
    ['units.0.rateLimitPerMinute', 0, 'settingsInvalid', 'units.0.rateLimitPerMinute'],
    ['units.0.rateLimitPerMinute', 1.5, 'settingsInvalid', 'units.0.rateLimitPerMinute'],
    ['units.0.concurrency', 'replace', 'settingsInvalid', 'units.0.concurrency'],
    ['units.0.button.placement.kind', 'footer', 'settingsInvalid', 'units.0.button.placement.kind'],
    ['units.0.button.surprise', 1, 'settingsUnknownKey', 'units.0.button.surprise'],
    [
      'units.0.button.condition.conditions.0.operator',
      'like',
      'settingsInvalid',
      'units.0.button.condition.conditions.0.operator',
    ],
    ['logApp', { appId: '0' }, 'settingsInvalid', 'logApp.appId'],
    ['logApp', { appId: 5 }, 'settingsInvalid', 'logApp.appId'],
    ['flows.0.commands.1.inputs.0', 7, 'settingsInvalid', 'flows.0.commands.1.inputs.0'],
    ['flows.0.commands.0.settings', [], 'settingsInvalid', 'flows.0.commands.0.settings'],
    [
      'flows.0.commands.0.settings.deep',
      { constructor: 1 },
      'settingsForbiddenKey',
      'flows.0.commands.0.settings.deep.constructor',
    ],
    [
      'flows.0.commands.0.settings.number',
      Number.NaN,
      'settingsInvalid',
      'flows.0.commands.0.settings.number',
    ],
    ['version', 3, 'settingsVersionNewer', 'version'],
    ['version', 0, 'settingsVersionUnknown', 'version'],
    ['version', '1', 'settingsInvalid', 'version'],
    ['extra', {}, 'settingsUnknownKey', 'extra'],
  ];
  it.each(faults)('refuses %s = %j with %s at %s', (path, value, code, at) => {
    const result = decodeSettings(changed(path, value));
    expect(result).toMatchObject({ ok: false, error: { code, place: { field: at } } });
  });

  it.each([null, 1, 'x', [], true, undefined])('refuses %j as a document', (value) => {
    expect(decodeSettings(value)).toMatchObject({ ok: false, error: { code: 'settingsInvalid' } });
  });

  it('refuses prototype keys that come from a text', () => {
    const text = JSON.stringify(sampleSettings).replace('"nested":', '"__proto__":');
    expect(decodeSettingsText(text)).toMatchObject({
      ok: false,
      error: { code: 'settingsForbiddenKey', params: { key: '__proto__' } },
    });
  });

  it('refuses what is too large, too deep or no JSON before looking inside', () => {
    const large = JSON.stringify({ text: 'あ'.repeat(MAX_DOCUMENT_BYTES / 3) });
    expect(decodeSettingsText(large)).toMatchObject({ ok: false, error: { code: 'settingsTooLarge' } });
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    expect(decodeSettingsText(deep)).toMatchObject({ ok: false, error: { code: 'settingsTooDeep' } });
    expect(decodeSettingsText('{"version":1')).toMatchObject({
      ok: false,
      error: { code: 'settingsNotJson' },
    });
  });

  it('accepts a byte order mark', () => {
    expect(decodeSettingsText(`\uFEFF${JSON.stringify(sampleSettings)}`).ok).toBe(true);
  });

  it('never throws, whatever JSON it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(decodeSettings(value).ok).toBe(false);
      }),
    );
  });
});

describe('canonicalJson', () => {
  it('does not depend on the order of keys and loses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as Json);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value as Json))).toBe(text);
      }),
    );
  });

  function reversed(value: Json): Json {
    if (Array.isArray(value)) return value.map(reversed);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, reversed(inner)]),
    );
  }
});

describe('migrate', () => {
  const steps = new Map<number, Migration>([
    [1, (old) => ({ ...old, version: 2, renamed: old['name'] ?? null })],
    [2, (old) => ({ ...old, version: 3 })],
  ]);

  it('runs each step in turn on copies', () => {
    const original = { version: 1, name: 'a', list: [1] };
    const frozen = Object.freeze(original);
    expect(migrate(frozen, steps, 3)).toEqual({
      ok: true,
      value: { fromVersion: 1, document: { version: 3, name: 'a', list: [1], renamed: 'a' } },
    });
    expect(original).toEqual({ version: 1, name: 'a', list: [1] });
  });

  it('keeps what a document of version 1 says, and makes its flows all or nothing one by one', () => {
    const unit = {
      id: 'abcdefghijklmn',
      name: 'monthly',
      note: '',
      enabled: true,
      button: { enabled: true, label: '', placement: { kind: 'headerMenu' }, condition: null, users: [] },
      concurrency: 'allow',
      confirm: 'never',
      rateLimitPerMinute: 7,
      flowIds: [],
    };
    const decoded = decodeSettings({ version: 1, logApp: { appId: '9' }, units: [unit], flows: [] });
    expect(decoded).toEqual({
      ok: true,
      value: {
        version: 2,
        logApp: { appId: '9' },
        holidays: [],
        units: [{ ...QUIET_UNIT, ...unit, atomicity: 'flow' }],
        flows: [],
      },
    });
  });

  it.each([[{ version: 1, units: 'none' }], [{ version: 1, units: [null, 3] }]])(
    'leaves %j of version 1 for the schema to refuse',
    (document) => {
      expect(decodeSettings({ logApp: null, flows: [], ...document })).toMatchObject({
        ok: false,
        error: { code: 'settingsInvalid' },
      });
    },
  );

  it('names the version it cannot start from', () => {
    expect(migrate({ version: 0 }, steps, 3)).toMatchObject({
      ok: false,
      error: { code: 'settingsVersionUnknown', params: { version: 0 } },
    });
  });
});

describe('fresh parts', () => {
  it('decode, with ids of 14 letters from the given bytes', () => {
    let next = 0;
    const bytes = (count: number) => {
      next += 1;
      return Uint8Array.from({ length: count }, (_, index) => (next * 37 + index * 11) % 256);
    };
    const newId = () => randomId(bytes);
    const unit = newUnit(newId, '実行単位 1');
    const flow = {
      ...newFlow(newId, 'フロー 1'),
      commands: [newCommand(newId, 'filter', [], { mode: 'condition' })],
    };
    expect(unit.id).toMatch(/^[a-z]{14}$/);
    expect(unit.id).not.toBe(flow.id);
    expect(decodeSettings({ ...emptySettings(), units: [unit], flows: [flow] }).ok).toBe(true);
  });

  it('gives every letter the same chance', () => {
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    let offset = 0;
    const letters = new Map<string, number>();
    const take = (count: number) => {
      const bytes = all.slice(offset, offset + count);
      offset += count;
      return bytes;
    };
    while (offset + 28 <= 234) {
      for (const letter of randomId(take)) letters.set(letter, (letters.get(letter) ?? 0) + 1);
    }
    const counts = [...letters.values()];
    expect(letters.size).toBe(26);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });
});

describe('schema/settings.schema.json', () => {
  it('is what scripts/json-schema.ts would write now', () => {
    const stored = readFileSync(new URL('../../schema/settings.schema.json', import.meta.url), 'utf8');
    expect(stored).toBe(settingsJsonSchemaText());
  });
});
