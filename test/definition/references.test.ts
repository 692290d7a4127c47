import { describe, expect, it } from 'vitest';
import { definitionHash } from '../../src/definition/hash';
import { validateReferences } from '../../src/definition/references';
import type { Settings } from '../../src/definition/types';
import { sampleSettings } from './sample';

const unit = sampleSettings.units[0]!;
const flow = sampleSettings.flows[0]!;

function codes(settings: Settings): string[] {
  return validateReferences(settings).map((found) => `${found.severity} ${found.code} ${found.place.field}`);
}

describe('validateReferences', () => {
  it('finds nothing in a sound document', () => {
    expect(codes(sampleSettings)).toEqual([]);
  });

  const withUnit = (patch: object): Settings => ({ ...sampleSettings, units: [{ ...unit, ...patch }] });
  const cases: [string, Settings, string[]][] = [
    ['unknown flow', withUnit({ flowIds: ['flowa', 'flowb', 'nope'] }), ['error unitFlowUnknown flowIds.2']],
    [
      'same flow twice',
      withUnit({ flowIds: ['flowa', 'flowb', 'flowa'] }),
      ['error unitFlowRepeated flowIds.2'],
    ],
    [
      'no flows',
      withUnit({ flowIds: [] }),
      ['error unitWithoutFlows flowIds', 'info flowUnused name', 'info flowUnused name'],
    ],
    [
      'duplicate unit',
      { ...sampleSettings, units: [unit, unit] },
      [
        'error unitIdDuplicate id',
        'warning unitNameDuplicate name',
        'error unitIdDuplicate id',
        'warning unitNameDuplicate name',
      ],
    ],
    [
      'blank space id',
      withUnit({ button: { ...unit.button, placement: { kind: 'space', spaceId: '' } } }),
      ['error buttonSpaceBlank button.placement.spaceId'],
    ],
    [
      'user without a code',
      withUnit({ button: { ...unit.button, users: [{ type: 'USER', code: ' ' }] } }),
      ['error buttonUserBlank button.users.0'],
    ],
    [
      'condition without a field',
      withUnit({
        button: {
          ...unit.button,
          condition: { join: 'all', conditions: [{ field: '', operator: '=', values: [] }] },
        },
      }),
      ['error buttonConditionBlank button.condition.conditions.0.field'],
    ],
    ['enabled without a log app', { ...sampleSettings, logApp: null }, ['error logAppNotChosen logApp']],
    ['disabled without a log app', { ...withUnit({ enabled: false }), logApp: null }, []],
  ];
  it.each(cases)('%s', (_, settings, expected) => {
    expect(codes(settings)).toEqual(expected);
  });
});

describe('definitionHash', () => {
  it('is 64 hex digits that follow the unit and its own flows only', async () => {
    const base = await definitionHash(unit, sampleSettings.flows);
    expect(base).toMatch(/^[0-9a-f]{64}$/);
    const shuffled = await definitionHash({ ...unit }, [...sampleSettings.flows].reverse());
    expect(shuffled).toBe(base);
    const foreign = await definitionHash(unit, [...sampleSettings.flows, { ...flow, id: 'other' }]);
    expect(foreign).toBe(base);
    const edited = await definitionHash(unit, [{ ...flow, note: 'changed' }, sampleSettings.flows[1]!]);
    expect(edited).not.toBe(base);
    expect(await definitionHash({ ...unit, flowIds: ['flowb', 'flowa'] }, sampleSettings.flows)).not.toBe(
      base,
    );
  });
});

describe('units that start units', () => {
  const starting = (id: string, to: string) => ({
    ...flow,
    id,
    commands: [{ id: 's', type: 'startUnit', note: '', inputs: [], settings: { unitId: to } }],
  });
  const found = (edges: readonly (readonly [string, string])[], enabled = true) =>
    validateReferences({
      ...sampleSettings,
      units: ['a', 'b', 'c'].map((id) => ({ ...unit, id, name: id, enabled, flowIds: [`f${id}`] })),
      flows: edges.map(([from, to]) => ({ ...starting(`f${from}`, to), name: from })),
    })
      .filter((one) => one.code.startsWith('startedUnit'))
      .map((one) => `${one.severity} ${one.code} ${one.place.flowId}`);

  it.each([
    [
      'a chain',
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
      [],
    ],
    [
      'two that start the same one',
      [
        ['a', 'c'],
        ['b', 'c'],
      ],
      [],
    ],
    ['itself', [['a', 'a']], ['error startedUnitCircular fa']],
    [
      'a circle, and one that only leads into it',
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'b'],
      ],
      ['error startedUnitCircular fb', 'error startedUnitCircular fc'],
    ],
    ['an unknown one', [['a', 'z']], ['error startedUnitUnknown fa']],
    ['none chosen yet', [['a', '']], []],
  ] as const)('%s', (_name, edges, expected) => {
    expect(found(edges)).toEqual(expected);
  });

  it('a disabled one is a warning', () => {
    expect(found([['a', 'b']], false)).toEqual(['warning startedUnitDisabled fa']);
  });
});
