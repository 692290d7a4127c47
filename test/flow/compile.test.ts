import { describe, expect, it } from 'vitest';
import { COMMANDS, commandSpec, decodeCommandSettings } from '../../src/commands/index';
import type { Flow } from '../../src/definition/types';
import { compileFlow, flowApps, validateFlow } from '../../src/flow/index';
import { field, form } from '../commands/support';
import { command, compile, edit, flow, inputApp, outputApp, union } from './support';

const FIELDS = form(field('a', 'SINGLE_LINE_TEXT'), field('n', 'NUMBER'));
const APPS = { '1': { fields: FIELDS }, '2': { fields: FIELDS } };

const findings = (wanted: Flow): string[] =>
  compile(wanted, APPS).problems.map(({ code, place }) => `${place.commandId ?? '-'} ${code} ${place.field}`);

const sort = (id: string, input: string, column = 'a') =>
  command(id, 'sort', [input], { keys: [{ column, descending: false }] });

describe('compileFlow', () => {
  it('infers the columns of every command and the apps', () => {
    const compiled = compile(
      flow(inputApp('i', '1'), edit('e', 'i', 'm', 'n*2'), outputApp('o', 'e', '2', ['a', 'n'])),
      APPS,
    );
    expect(compiled.problems).toEqual([]);
    expect(compiled.steps.map((step) => step.columns.map((spec) => `${spec.name}:${spec.type}`))).toEqual([
      ['a:text', 'n:number'],
      ['a:text', 'n:number', 'm:number'],
      ['a:text', 'n:number', 'm:number'],
    ]);
    expect(compiled.steps[1]?.inputColumns[0]?.map((spec) => spec.name)).toEqual(['a', 'n']);
    expect(compiled.apps).toEqual({ reads: [{ appId: '1' }], writes: [{ appId: '2' }] });
  });

  const output = outputApp('o', 'i', '2', ['a']);
  it.each<[string, Flow, readonly string[]]>([
    ['nothing at all', flow(), ['- flowWithoutInput commands', '- flowWithoutOutput commands']],
    ['no output', flow(inputApp('i', '1')), ['- flowWithoutOutput commands']],
    [
      'no input',
      flow(outputApp('o', 'gone', '2', ['a'])),
      ['o inputUnknown inputs.0', '- flowWithoutInput commands'],
    ],
    [
      'an unknown command',
      flow(inputApp('i', '1'), command('x', 'magic', ['i'], {}), output),
      ['x commandUnknown type'],
    ],
    [
      'settings that cannot be read',
      flow(inputApp('i', '1', { extra: 1 }), output),
      ['i settingsUnknownKey extra'],
    ],
    [
      'a missing input',
      flow(inputApp('i', '1'), output, command('j', 'union', ['i'], { columns: 'all' })),
      ['j inputMissing inputs', 'j leadsNowhere id'],
    ],
    [
      'too many inputs',
      flow(inputApp('i', '1'), inputApp('k', '1'), { ...output, inputs: ['i', 'k'] }),
      ['o inputTooMany inputs'],
    ],
    [
      'an input that stands later',
      flow(inputApp('i', '1'), union('u', 'i', 's'), sort('s', 'i'), outputApp('o', 'u', '2', ['a'])),
      ['u inputLater inputs.1'],
    ],
    [
      'itself as input',
      flow(inputApp('i', '1'), union('u', 'i', 'u'), outputApp('o', 'u', '2', ['a'])),
      ['u inputLater inputs.1'],
    ],
    ['an id used twice', flow(inputApp('i', '1'), inputApp('i', '1'), output), ['i commandIdTwice id']],
    ['a dead end', flow(inputApp('i', '1'), sort('s', 'i'), output), ['s leadsNowhere id']],
    [
      'two graphs',
      flow(inputApp('i', '1'), output, inputApp('k', '1'), outputApp('p', 'k', '2', ['n'])),
      ['- flowNotConnected commands'],
    ],
    [
      'one mistake, reported once',
      flow(
        inputApp('i', '1', { app: null }),
        sort('s', 'i'),
        edit('e', 's', 'x', 'a&n'),
        outputApp('o', 'e', '2', ['x']),
      ),
      ['i appNotChosen app'],
    ],
    [
      'an app that nobody may see',
      flow(inputApp('i', '9'), outputApp('o', 'i', '2', ['a'])),
      ['i appNotVisible app'],
    ],
    [
      'a column that is gone',
      flow(inputApp('i', '1'), sort('s', 'i', 'z'), outputApp('o', 's', '2', ['a'])),
      ['s columnMissing keys.0.column'],
    ],
  ])('finds %s', (_name, wanted, expected) => {
    expect(findings(wanted)).toEqual(expected);
  });

  it('says where each problem is, from the unit inwards', () => {
    const problem = compile(
      flow(inputApp('i', '1', { fields: ['z'] }), outputApp('o', 'i', '2', ['a'])),
      APPS,
    ).problems[0];
    expect(problem?.place).toEqual({ unitId: 'u', flowId: 'f', commandId: 'i', field: 'fields.0' });
  });

  it('waits for fields that are still loading', () => {
    const context = { fields: () => undefined, parameters: [], place: {} };
    const wanted = flow(inputApp('i', '1'), outputApp('o', 'i', '2', ['a']));
    expect(validateFlow(wanted, context).map((entry) => `${entry.severity} ${entry.code}`)).toEqual([
      'info appLoading',
    ]);
    expect(compileFlow(wanted, context).steps.map((step) => step.known)).toEqual([false, false]);
  });
});

describe('flowApps', () => {
  it('lists each app once and skips what it cannot read', () => {
    const guest = { app: { appId: '1', guestSpaceId: '4' } };
    expect(
      flowApps(
        flow(
          inputApp('i', '1'),
          inputApp('j', '1'),
          inputApp('k', '1', guest),
          command('x', 'magic', [], {}),
          outputApp('o', 'i', '1', ['a']),
        ),
      ),
    ).toEqual({ reads: [{ appId: '1' }, { appId: '1', guestSpaceId: '4' }], writes: [{ appId: '1' }] });
  });
});

describe('the registry', () => {
  it('has every command once, with defaults that can be read', () => {
    expect(new Set(COMMANDS.map((spec) => spec.type)).size).toBe(COMMANDS.length);
    for (const spec of COMMANDS) {
      expect(commandSpec(spec.type)).toBe(spec);
      const decoded = decodeCommandSettings(command('c', spec.type, [], spec.defaults()));
      expect(decoded.ok).toBe(true);
    }
  });

  it('has commands that answer for their defaults without throwing, and never call them sound before something is chosen', () => {
    const context = { fields: () => FIELDS, parameters: [], place: {} };
    const columns = [{ name: 'a', label: 'a', type: 'text' as const }];
    const incomplete = COMMANDS.filter((spec) => {
      const decoded = decodeCommandSettings(command('c', spec.type, [], spec.defaults()));
      const inputs = Array.from({ length: spec.inputCount }, () => columns);
      return decoded.ok && spec.columns(inputs, decoded.value.settings, context).problems.length > 0;
    });
    expect(COMMANDS.filter((spec) => !incomplete.includes(spec)).map((spec) => spec.type)).toEqual([
      'distinct',
      'limit',
      'union',
      'outputValue',
    ]);
  });

  it('does not know names that objects bring along', () => {
    expect(commandSpec('constructor')).toBeUndefined();
    expect(commandSpec('__proto__')).toBeUndefined();
  });
});
