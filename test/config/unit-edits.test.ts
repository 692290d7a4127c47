/** Edits and checks of version 2's settings: pauses follow their commands, changes in words, shared input. */
import { describe, expect, it } from 'vitest';
import { compareSettings } from '../../src/config/document/compare';
import { edit, openDocument, redo, undo } from '../../src/config/document/history';
import { applyEdit } from '../../src/config/document/reducer';
import { partOf, UNIT_PARTS } from '../../src/config/document/unit-parts';
import { check, type Metadata } from '../../src/config/document/validate';
import { decodeSettings } from '../../src/definition/decode';
import type { ExecutionUnit, InputField, Json, Settings } from '../../src/definition/types';
import { parametersOf } from '../../src/flow';
import { unitSettings } from './harness/unit-world';
import { worldSettings } from './harness/world';

const [base] = worldSettings.units;
const pause = (commandId: string) => ({ flowId: 'salesflow', commandId });
const withUnit = (patch: Partial<ExecutionUnit>, ...more: ExecutionUnit[]): Settings => ({
  ...worldSettings,
  units: [{ ...base!, flowIds: ['salesflow'], ...patch }, ...more],
});
const pausesOf = (settings: Settings) => settings.units[0]!.breakpoints.map(({ commandId }) => commandId);

describe('pauses', () => {
  const settings = withUnit({ breakpoints: [pause('group'), pause('gone')] });

  it('go with their command and come back with undo; one lost before stays to be seen', () => {
    const removal = { kind: 'removeCommand', flowId: 'salesflow', commandId: 'group' } as const;
    const document = edit(openDocument(settings), removal, null);
    expect(pausesOf(document.settings)).toEqual(['gone']);
    const back = undo(document);
    expect(pausesOf(back.settings)).toEqual(['group', 'gone']);
    expect(pausesOf(redo(back).settings)).toEqual(['gone']);
  });

  it('go with their flow, and when the unit no longer runs it', () => {
    const removed = applyEdit(settings, { kind: 'removeFlow', flowId: 'salesflow' });
    expect(pausesOf(removed)).toEqual(['gone']);
    const taken = applyEdit(settings, { kind: 'updateUnit', unitId: base!.id, patch: { flowIds: [] } });
    expect(pausesOf(taken)).toEqual(['gone']);
  });

  it('leave units without one untouched', () => {
    const quiet = withUnit({});
    const after = applyEdit(quiet, { kind: 'removeCommand', flowId: 'salesflow', commandId: 'rank' });
    expect(after.units).toBe(quiet.units);
  });
});

describe('changes in words', () => {
  it('name the parts of the page that differ', () => {
    const before = withUnit({});
    const after = { ...withUnit({ api: true, conflict: 'skip', priority: 3 }), holidays: ['2027-01-01'] };
    const changes = compareSettings(before, after);
    expect(changes.units.changed).toEqual([{ id: base!.id, name: base!.name, parts: ['start', 'rules'] }]);
    expect(changes).toMatchObject({ holidays: true, count: 2 });
  });

  it('know every setting of a unit', () => {
    const { id: _id, ...rest } = base!;
    expect(Object.keys(UNIT_PARTS).sort()).toEqual(Object.keys(rest).sort());
    expect(partOf('schedules.0.cron')).toBe('start');
    expect(partOf('nothing')).toBeNull();
  });

  it('holidays are an edit with its own undo', () => {
    const document = edit(
      openDocument(worldSettings),
      { kind: 'setHolidays', holidays: ['2027-01-01'] },
      null,
    );
    expect(document.settings.holidays).toEqual(['2027-01-01']);
    expect(undo(document).settings.holidays).toEqual([]);
  });
});

describe('files', () => {
  it('keep everything that a unit can have', () => {
    const read = decodeSettings(JSON.parse(JSON.stringify(unitSettings)) as Json);
    expect(read).toEqual({ ok: true, value: unitSettings });
  });
});

describe('input in flows', () => {
  const metadata: Metadata = {
    fields: () => undefined,
    parameters: parametersOf({ month: { type: 'DATE', code: 'month', label: '対象月' } }),
  };
  const field = (name: string, type: InputField['type'] = 'text'): InputField => ({
    name,
    label: '',
    note: '',
    type,
    required: false,
    defaultValue: '',
    choices: [],
  });
  const other = (input: readonly InputField[]): ExecutionUnit => ({
    ...base!,
    id: 'otherotherothe',
    name: '別の実行単位',
    flowIds: ['salesflow'],
    input,
  });
  const namesFor = (settings: Settings) =>
    check(settings, metadata)
      .flows.get('salesflow')
      ?.parameters.map(({ name }) => name)
      .filter((name) => !name.startsWith('$'));
  const codes = (settings: Settings) =>
    check(settings, metadata)
      .problems.filter(({ place }) => place.unitId !== undefined)
      .map(({ code, place }) => `${code} ${place.unitId === base!.id ? 'first' : 'other'} ${place.field}`);
  const withFormula = (settings: Settings, formula: string): Settings => ({
    ...settings,
    flows: settings.flows.map((flow) => ({
      ...flow,
      commands: flow.commands.map((command) =>
        command.id === 'edit'
          ? {
              ...command,
              settings: {
                steps: [{ method: 'formula', target: 'x', label: '', formula, type: null, onError: 'fail' }],
              },
            }
          : command,
      ),
    })),
  });

  it('is offered to the flows of its unit, once a name', () => {
    expect(namesFor(withUnit({}))).toEqual(['month']);
    const both = withUnit(
      { input: [field('締め日', 'date')] },
      other([field('締め日', 'date'), field('率')]),
    );
    expect(namesFor(both)).toEqual(['締め日', '率', 'month']);
  });

  it('may not be called like a field of the calling app', () =>
    expect(codes(withUnit({ input: [field('month')] }))).toContain('inputNameIsField first input.0.name'));

  it('must be of one type wherever the flow runs', () =>
    expect(codes(withUnit({ input: [field('率', 'number')] }, other([field('率')])))).toEqual(
      expect.arrayContaining(['inputTypeDiffers first input.0.name', 'inputTypeDiffers other input.0.name']),
    ));

  it('must be there in every unit whose flow uses it', () => {
    const shared = withUnit({}, other([field('率', 'number'), field('unused')]));
    expect(codes(withFormula(shared, 'amount * %率%'))).toContain('unitInputUnknown first input');
    expect(codes(shared)).not.toContain('unitInputUnknown first input');
  });

  it('compiles a flow again only when its input changed', () => {
    const settings = withUnit({ input: [field('率')] });
    const memory = new WeakMap();
    const first = check(settings, metadata, memory).flows.get('salesflow');
    const renamed = { ...settings, units: settings.units.map((unit) => ({ ...unit, name: 'x' })) };
    expect(check(renamed, metadata, memory).flows.get('salesflow')).toBe(first);
    const changed = { ...settings, units: settings.units.map((unit) => ({ ...unit, input: [] })) };
    expect(check(changed, metadata, memory).flows.get('salesflow')).not.toBe(first);
  });
});

describe('test mode', () => {
  const metadata: Metadata = { fields: () => undefined, parameters: [] };
  const app = (appId: string) => ({ appId });
  const found = (patch: Partial<ExecutionUnit>) =>
    check(withUnit(patch), metadata)
      .problems.filter(({ code }) => code.startsWith('testApp'))
      .map(({ severity, code, params }) => `${severity} ${code} ${params['app']}`);

  it.each<[string, Partial<ExecutionUnit>, string[]]>([
    ['without rows needs no copies', { mode: 'test', test: { rowLimit: 0, apps: [] } }, []],
    ['asks for a copy', { mode: 'test', test: { rowLimit: 5, apps: [] } }, ['warning testAppMissing 3']],
    [
      'is content with one',
      { mode: 'test', test: { rowLimit: 5, apps: [{ from: app('3'), to: app('4') }] } },
      [],
    ],
    [
      'knows what it writes into',
      { test: { rowLimit: 0, apps: [{ from: app('7'), to: app('3') }] } },
      ['error testAppIsOutput 3', 'warning testAppUnused 7'],
    ],
  ])('%s', (_name, patch, expected) => expect(found(patch)).toEqual(expected));
});
