import { describe, expect, it } from 'vitest';
import { formulaParameters } from '../../src/commands/settings-parameters';
import type { Command, JsonObject } from '../../src/definition/types';
import { parametersOf, requiredParameters } from '../../src/flow/index';
import { field, form } from '../commands/support';
import { command, edit, filterBy, flow, inputApp } from './support';

const KNOWN = parametersOf(
  form(
    field('日付', 'DATE'),
    field('数量', 'NUMBER'),
    field('区分', 'DROP_DOWN', { options: { a: { label: 'a', index: '0' } } }),
    field('顧客', 'SINGLE_LINE_TEXT'),
    field('明細', 'SUBTABLE', { fields: form(field('単価', 'NUMBER')) }),
    field('備考', 'SINGLE_LINE_TEXT'),
  ),
);

const names = (...commands: Command[]): string[] =>
  requiredParameters({ flowIds: ['f'] }, [flow(...commands)], KNOWN).map(({ spec }) => spec.name);

const when = (...values: JsonObject[]): JsonObject => ({
  condition: { join: 'all', conditions: [{ field: 'x', operator: 'in', values }] },
});
const parameter = (name: string): JsonObject => ({ kind: 'parameter', name });
const period = (base: string): JsonObject => ({
  kind: 'period',
  unit: 'month',
  edge: 'start',
  offset: 0,
  base,
});
const record = (settings: JsonObject): Command => command('r', 'inputRecord', [], settings);
const http = (more: JsonObject): Command =>
  command('h', 'inputHttp', [], {
    url: 'https://api.example.com/',
    method: 'GET',
    headers: [],
    bodyType: 'json',
    body: '',
    format: 'json',
    path: '',
    csvHeader: true,
    csvDelimiter: 'comma',
    columns: [],
    onError: 'fail',
    formulaTexts: 'keep',
    ...more,
  });

describe('parameters that a unit needs', () => {
  it.each<[string, Command, string[]]>([
    [
      'values of conditions',
      inputApp('i', '1', when(parameter('顧客'), { kind: 'literal', value: '数量' })),
      ['顧客'],
    ],
    ['bases of periods', inputApp('i', '1', when(period('日付'), period(''))), ['日付']],
    ['formulas', edit('e', 'i', 'x', 'IF(-%数量%>1,%[顧客]%&"%備考%",[日付])'), ['数量', '顧客']],
    ['a filter by formula', filterBy('f', 'i', '%区分%="a"'), ['区分']],
    ['facts of the run: none', filterBy('f', 'i', '%$user%="a"'), []],
    ['names the app does not have: none', filterBy('f', 'i', '%無%="a"'), []],
    ['a formula that cannot be read: none', filterBy('f', 'i', '%数量%+'), []],
    ['a URL', http({ url: 'https://api.example.com/%顧客%?a=%E3%81%82', body: '%備考%' }), ['顧客']],
    ['a body that is sent', http({ method: 'POST', body: '{"a":"%備考%"}' }), ['備考']],
    [
      'what fills blanks',
      command('e', 'edit', ['i'], {
        steps: [
          { method: 'fill', target: 'x', label: '', source: 'x', with: 'parameter', value: '備考' },
          { method: 'fill', target: 'x', label: '', source: 'x', with: 'value', value: '顧客' },
        ],
      }),
      ['備考'],
    ],
    [
      'an action and who is next',
      command('s', 'outputStatus', ['i'], {
        app: null,
        keys: [],
        action: { from: 'parameter', value: '区分' },
        assignee: { from: 'fixed', value: '顧客' },
        blankKeys: 'fail',
        notAllowed: 'fail',
      }),
      ['区分'],
    ],
    ['chosen fields of the record', record({ table: null, fields: ['数量'] }), ['数量']],
    [
      'the whole record',
      record({ table: null, fields: [] }),
      ['日付', '数量', '区分', '顧客', '明細', '備考'],
    ],
    ['a table with fields beside it', record({ table: '明細', fields: ['単価', '顧客'] }), ['顧客', '明細']],
  ])('%s', (_what, one, expected) => {
    expect(names(one)).toEqual(expected);
  });

  it('leaves out what a switch has turned off', () => {
    const settings = { mode: 'conditions', formula: '%数量%>1', ...when(parameter('顧客')) };
    expect(names(command('f', 'filter', ['i'], settings))).toEqual(['顧客']);
  });

  it('come once, in the order of the form, with type, options and users', () => {
    const first = flow(inputApp('i', '1', when(parameter('区分'))), edit('e', 'i', 'x', '%数量%+%数量%'));
    const second = { ...flow(filterBy('g', 'i', '%区分%="a"')), id: 'f2' };
    const unused = { ...flow(filterBy('g', 'i', '%備考%="a"')), id: 'f3' };
    expect(requiredParameters({ flowIds: ['f', 'f2', 'gone'] }, [unused, second, first], KNOWN)).toEqual([
      {
        spec: { name: '数量', label: '数量', type: 'number', fieldType: 'NUMBER' },
        uses: [{ flowId: 'f', commandId: 'e' }],
      },
      {
        spec: { name: '区分', label: '区分', type: 'choice', fieldType: 'DROP_DOWN', options: ['a'] },
        uses: [
          { flowId: 'f', commandId: 'i' },
          { flowId: 'f2', commandId: 'g' },
        ],
      },
    ]);
  });

  it('are nothing for commands that cannot be read', () => {
    expect(names(command('x', 'unheardOf', [], { formula: '%数量%' }))).toEqual([]);
    expect(names(command('f', 'filter', [], { formula: '%数量%' }))).toEqual([]);
  });

  it('are found anywhere in a formula', () => {
    expect(formulaParameters('=SUM(%a%, -%b%, (%c%+1)^%d%, %e%%)')).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
