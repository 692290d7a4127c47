import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canMoveCommand } from '../../src/config/document/commands';
import { compareSettings } from '../../src/config/document/compare';
import { copyFlow, copyUnit, freeName } from '../../src/config/document/copies';
import type { Edit } from '../../src/config/document/edits';
import { edit, isDirty, markSaved, openDocument, redo, undo } from '../../src/config/document/history';
import { applyEdit } from '../../src/config/document/reducer';
import { createDocumentStore } from '../../src/config/document/store';
import { decodeSettings } from '../../src/definition/decode';
import { MAX_NAME_LENGTH } from '../../src/definition/schema';
import type { Command, Settings } from '../../src/definition/types';
import { sampleSettings } from '../definition/sample';

const command = (id: string, ...inputs: string[]): Command => ({
  id,
  type: id.startsWith('in') ? 'inputApp' : 'filter',
  note: '',
  inputs,
  settings: {},
});

function withCommands(...commands: Command[]): Settings {
  const [first, ...rest] = sampleSettings.flows;
  return { ...sampleSettings, flows: [{ ...first!, commands }, ...rest] };
}

function graph(settings: Settings): string {
  return settings.flows[0]!.commands.map((one) => `${one.id}(${one.inputs.join('+')})`).join(' ');
}

const flowId = 'flowa';
const chain = withCommands(command('in'), command('b', 'in'), command('c', 'b'), command('d', 'c'));

describe('applyEdit on commands', () => {
  const cases: [string, Settings, Edit, string][] = [
    [
      'insert takes over what followed',
      chain,
      { kind: 'insertCommand', flowId, command: command('x', 'b'), afterId: 'b', takeOver: true },
      'in() b(in) x(b) c(x) d(c)',
    ],
    [
      'insert as a branch leaves the stream alone',
      chain,
      { kind: 'insertCommand', flowId, command: command('x', 'b'), afterId: 'b', takeOver: false },
      'in() b(in) x(b) c(b) d(c)',
    ],
    [
      'insert without a place goes to the end',
      chain,
      { kind: 'insertCommand', flowId, command: command('in2'), afterId: null, takeOver: true },
      'in() b(in) c(b) d(c) in2()',
    ],
    ['remove heals', chain, { kind: 'removeCommand', flowId, commandId: 'b' }, 'in() c(in) d(c)'],
    [
      'remove of an input leaves its followers without one',
      chain,
      { kind: 'removeCommand', flowId, commandId: 'in' },
      'b() c(b) d(c)',
    ],
    [
      'remove heals one side of a join',
      withCommands(command('in'), command('in2'), command('b', 'in2'), command('j', 'in', 'b')),
      { kind: 'removeCommand', flowId, commandId: 'b' },
      'in() in2() j(in+in2)',
    ],
    [
      'move down changes places',
      chain,
      { kind: 'moveCommand', flowId, commandId: 'b', by: 1 },
      'in() c(in) b(c) d(b)',
    ],
    [
      'move up changes places',
      chain,
      { kind: 'moveCommand', flowId, commandId: 'c', by: -1 },
      'in() c(in) b(c) d(b)',
    ],
    ['the first stays first', chain, { kind: 'moveCommand', flowId, commandId: 'in', by: 1 }, graph(chain)],
    ['the last stays last', chain, { kind: 'moveCommand', flowId, commandId: 'd', by: -1 }, graph(chain)],
    [
      'unrelated neighbours only change order',
      withCommands(command('in'), command('in2'), command('j', 'in', 'in2')),
      { kind: 'moveCommand', flowId, commandId: 'in2', by: -1 },
      'in2() in() j(in+in2)',
    ],
    [
      'a branch point does not move past its follower',
      withCommands(
        command('in'),
        command('b', 'in'),
        command('c', 'b'),
        command('d', 'b'),
        command('e', 'c'),
      ),
      { kind: 'moveCommand', flowId, commandId: 'b', by: 1 },
      'in() b(in) c(b) d(b) e(c)',
    ],
  ];
  it.each(cases)('%s', (_, settings, change, expected) => {
    expect(graph(applyEdit(settings, change))).toBe(expected);
  });

  it('knows beforehand what can move', () => {
    const flow = chain.flows[0]!;
    expect(canMoveCommand(flow, 'b', 1)).toBe(true);
    expect(canMoveCommand(flow, 'b', -1)).toBe(false);
    expect(canMoveCommand(flow, 'in', -1)).toBe(false);
    expect(canMoveCommand(flow, 'gone', 1)).toBe(false);
  });
});

describe('applyEdit on units and flows', () => {
  const unitId = sampleSettings.units[0]!.id;
  it('takes a removed flow out of every unit', () => {
    const after = applyEdit(sampleSettings, { kind: 'removeFlow', flowId: 'flowb' });
    expect(after.flows.map((flow) => flow.id)).toEqual(['flowa']);
    expect(after.units[0]?.flowIds).toEqual(['flowa']);
  });

  it('links a new flow to the unit it was made for', () => {
    const flow = { id: 'new', name: 'n', note: '', commands: [] };
    const after = applyEdit(sampleSettings, { kind: 'addFlow', flow, afterId: 'flowa', linkTo: unitId });
    expect(after.flows.map((one) => one.id)).toEqual(['flowa', 'new', 'flowb']);
    expect(after.units[0]?.flowIds).toEqual(['flowa', 'flowb', 'new']);
  });

  it('answers the same object when there is nothing to do', () => {
    const nothing: Edit[] = [
      { kind: 'removeUnit', unitId: 'x' },
      { kind: 'moveUnit', unitId, by: 1 },
      { kind: 'updateUnit', unitId: 'x', patch: { name: 'y' } },
      { kind: 'removeFlow', flowId: 'x' },
      { kind: 'updateFlow', flowId: 'x', patch: {} },
      { kind: 'removeCommand', flowId, commandId: 'x' },
      { kind: 'moveCommand', flowId, commandId: 'in1', by: -1 },
    ];
    for (const change of nothing) expect(applyEdit(sampleSettings, change)).toBe(sampleSettings);
  });
});

describe('history', () => {
  const unitId = sampleSettings.units[0]!.id;
  const rename = (name: string): Edit => ({ kind: 'updateUnit', unitId, patch: { name } });

  const anyEdit = fc.oneof(
    fc.string({ minLength: 1, maxLength: 8 }).map(rename),
    fc.constantFrom<Edit>(
      { kind: 'removeFlow', flowId: 'flowb' },
      { kind: 'removeCommand', flowId, commandId: 'in1' },
      { kind: 'removeUnit', unitId },
      { kind: 'setLogApp', app: { appId: '91' } },
      { kind: 'setLogApp', app: null },
    ),
    fc.nat(1000).map(
      (number): Edit => ({
        kind: 'insertCommand',
        flowId,
        command: command(`x${number}`, 'in1'),
        afterId: 'in1',
        takeOver: number % 2 === 0,
      }),
    ),
  );

  it('undoes everything back to the start and redoes it to the same end', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 25 }), (edits) => {
        const start = openDocument(sampleSettings);
        const end = edits.reduce((document, one) => edit(document, one), start);
        let back = end;
        for (let step = 0; step < edits.length; step++) back = undo(back);
        expect(back.settings).toBe(sampleSettings);
        expect(isDirty(back)).toBe(false);
        let again = back;
        for (let step = 0; step < edits.length; step++) again = redo(again);
        expect(again.settings).toBe(end.settings);
      }),
    );
  });

  it('joins edits of one field, but not across a save', () => {
    let document = openDocument(sampleSettings);
    for (const name of ['a', 'ab', 'abc']) document = edit(document, rename(name), 'name');
    expect(document.past).toHaveLength(1);
    document = markSaved(document, document.settings);
    document = edit(document, rename('abcd'), 'name');
    expect(document.past).toHaveLength(2);
    expect(undo(document).settings.units[0]?.name).toBe('abc');
    expect(isDirty(undo(document))).toBe(false);
    expect(isDirty(document)).toBe(true);
  });

  it('is clean again when somebody types the old text', () => {
    const renamed = edit(openDocument(sampleSettings), rename('x'));
    expect(isDirty(renamed)).toBe(true);
    expect(isDirty(edit(renamed, rename(sampleSettings.units[0]!.name)))).toBe(false);
  });

  it('a new edit closes the redo branch', () => {
    const document = undo(edit(openDocument(sampleSettings), rename('x')));
    expect(redo(document).settings.units[0]?.name).toBe('x');
    expect(redo(edit(document, rename('y'))).settings.units[0]?.name).toBe('y');
  });

  it('tells its listeners once per change', () => {
    const store = createDocumentStore(sampleSettings);
    let calls = 0;
    const stop = store.subscribe(() => {
      calls += 1;
    });
    store.edit(rename('x'));
    store.edit({ kind: 'removeUnit', unitId: 'nobody' });
    store.undo();
    stop();
    store.redo();
    expect(calls).toBe(2);
    expect(store.get().settings.units[0]?.name).toBe('x');
  });
});

describe('copies and comparison', () => {
  it('finds a free name of allowed length', () => {
    expect(freeName('a', [])).toBe('a');
    expect(freeName('a', ['a', 'a (2)'])).toBe('a (3)');
    expect(freeName('a (2)', ['a (2)'])).toBe('a (3)');
    const long = 'x'.repeat(MAX_NAME_LENGTH);
    expect(freeName(long, [long])).toHaveLength(MAX_NAME_LENGTH);
  });

  it('copies are valid, wired inside themselves and switched off', () => {
    let next = 0;
    const newId = () => `copy${String.fromCharCode(97 + next++)}aaaaaaaaa`;
    const flow = copyFlow(sampleSettings.flows[0]!, newId, ['集計']);
    expect(flow.name).toBe('集計 (2)');
    expect(flow.commands[1]?.inputs).toEqual([flow.commands[0]?.id]);
    const unit = copyUnit(sampleSettings.units[0]!, newId, []);
    expect(unit.enabled).toBe(false);
    const all = {
      ...sampleSettings,
      units: [...sampleSettings.units, unit],
      flows: [...sampleSettings.flows, flow],
    };
    expect(decodeSettings(all).ok).toBe(true);
  });

  it('says what differs', () => {
    const [a, b] = sampleSettings.flows;
    const after: Settings = {
      ...sampleSettings,
      logApp: null,
      flows: [{ ...b!, name: '別名' }, a!, { ...a!, id: 'flowc' }],
    };
    expect(compareSettings(sampleSettings, after)).toMatchObject({
      flows: { added: [{ id: 'flowc' }], removed: [], changed: [{ id: 'flowb' }] },
      units: { added: [], removed: [], changed: [] },
      logApp: true,
      order: true,
      count: 4,
    });
    expect(compareSettings(sampleSettings, structuredClone(sampleSettings)).count).toBe(0);
  });
});
