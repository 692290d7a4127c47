/** What would change before it does, and what is chosen at a service. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { type HttpColumn, type InputHttpSettings, requestOf } from '../../src/commands';
import { httpSettings } from '../../src/commands/http-settings';
import { inputHttp } from '../../src/commands/input-http';
import {
  columnChanges,
  isUntouched,
  requestChanges,
  withMissing,
} from '../../src/config/forms/connector/proposals';
import { sampleRequest } from '../../src/config/forms/connector/sample-request';
import { missingFields, valuesOf, withValue } from '../../src/config/forms/connector/service-values';
import type { ServiceField } from '../../src/run/connector';

const column = (from: string, as = from, type: HttpColumn['type'] = 'text'): HttpColumn => ({
  from,
  as,
  label: '',
  type,
});

describe('columns that were loaded', () => {
  it('are compared with those that are there, by their source', () => {
    const now = [column('a'), column('b', 'mine'), column('old')];
    const loaded = [column('b'), column('a'), column('new', 'new', 'number')];
    expect(columnChanges(now, loaded).map(({ state, was, will }) => [state, was?.as, will?.as])).toEqual([
      ['changed', 'mine', 'b'],
      ['same', 'a', 'a'],
      ['added', undefined, 'new'],
      ['removed', 'old', undefined],
    ]);
  });

  it('of one source that is read twice, one stays', () => {
    const now = [column('a'), column('a', 'again')];
    expect(columnChanges(now, [column('a')]).map(({ state }) => state)).toEqual(['same', 'removed']);
  });

  it('are added under free names, and change nothing that is there', () => {
    expect(withMissing([column('x', 'a')], [column('x'), column('a'), column('b', 'a')])).toEqual([
      column('x', 'a'),
      column('a', 'a_1'),
      column('b', 'a_2'),
    ]);
  });

  it('whatever they are: nothing that is there is lost, and every name stays one of its own', () => {
    const columns = fc.uniqueArray(
      fc.record({
        from: fc.constantFrom('a', 'b', 'c', 'd'),
        as: fc.constantFrom('a', 'b', 'c', 'a_1', 'b_1'),
        label: fc.constant(''),
        type: fc.constantFrom('text' as const, 'number' as const),
      }),
      { selector: ({ as }) => as },
    );
    fc.assert(
      fc.property(columns, columns, (now, loaded) => {
        const all = withMissing(now, loaded);
        expect(all.slice(0, now.length)).toEqual(now);
        expect(new Set(all.map(({ as }) => as)).size).toBe(all.length);
        for (const { from } of loaded) expect(all.some((one) => one.from === from)).toBe(true);
      }),
    );
  });
});

const fresh = v.parse(httpSettings, inputHttp.defaults());

describe('a request that was loaded', () => {
  const { url, method, headers, bodyType, body, format, path, csvHeader, csvDelimiter } = fresh;
  const request = { url, method, headers, bodyType, body, format, path, csvHeader, csvDelimiter };

  it('is compared part by part', () => {
    expect(requestChanges(fresh, request)).toEqual([]);
    expect(requestChanges(fresh, { ...request, url: 'https://a.example/', csvHeader: false })).toEqual([
      'url',
      'csvHeader',
    ]);
  });

  it.each<[boolean, Partial<InputHttpSettings>]>([
    [true, {}],
    [true, { format: 'csv' }],
    [false, { url: 'h' }],
    [false, { path: 'p' }],
    [false, { body: 'b' }],
    [false, { headers: [{ name: 'a', value: 'b' }] }],
    [false, { columns: [column('a')] }],
  ])('asks nothing: %s with %j', (untouched, change) => {
    expect(isUntouched({ ...fresh, ...change })).toBe(untouched);
  });
});

describe('the request to try', () => {
  const parameters = [{ name: 'who', label: 'Who', type: 'people' as const }];
  const settings = { ...fresh, url: 'https://a.example/?w=%who%' };

  it('holds the values that were typed, and nothing for those that were not', () => {
    expect(sampleRequest(settings, parameters, { who: 'a&b' })?.url).toBe('https://a.example/?w=a%26b');
    expect(sampleRequest(settings, parameters, {})?.url).toBe('https://a.example/?w=');
  });

  it.each<[string, Partial<InputHttpSettings>]>([
    ['no URL', { url: '' }],
    ['no https', { url: 'http://a.example/' }],
    ['a header that holds a secret', { headers: [{ name: 'Authorization', value: 'x' }] }],
    ['a parameter that is unknown', { url: 'https://a.example/?w=%nobody%' }],
  ])('there is none with %s', (_, change) => {
    expect(sampleRequest({ ...settings, ...change }, parameters, {})).toBeNull();
  });

  it('there is none when a value leads elsewhere', () => {
    const path = { ...settings, url: 'https://a.example/%who%/x' };
    expect(sampleRequest(path, parameters, { who: '..' })).toBeNull();
    const failing = { parameters: [], parameter: () => ({}) as never, place: {} };
    expect(requestOf({ ...fresh, url: 'https://a.example/../x' }, failing)).toBeNull();
  });
});

describe('fields of a service', () => {
  const field = (name: string, dependsOn: string[] = [], required = false): ServiceField => ({
    name,
    label: name.toUpperCase(),
    required,
    choices: true,
    dependsOn,
  });
  // Listed against the order in which they depend on each other.
  const fields = [field('c', ['b']), field('b', ['a']), field('a', [], true), field('d')];
  const value = (name: string, text = 'x') => ({ field: name, value: text, label: '' });

  it('that depend on a changed one are chosen anew', () => {
    const all = ['a', 'b', 'c', 'd'].map((name) => value(name));
    const next = withValue(fields, all, value('a', 'y'));
    expect(next.values).toEqual([value('d'), value('a', 'y')]);
    expect(next.dependent.map(({ name }) => name).sort()).toEqual(['b', 'c']);
    expect(withValue(fields, all, value('d', '')).values.map((one) => one.field)).toEqual(['a', 'b', 'c']);
  });

  it('that depend on each other come to an end', () => {
    const round = [field('a', ['b']), field('b', ['a'])];
    expect(withValue(round, [value('b')], value('a')).values).toEqual([value('a')]);
  });

  it('are missing when they are required and blank', () => {
    expect(missingFields(fields, valuesOf([value('a', ''), value('b')])).map(({ name }) => name)).toEqual([
      'a',
    ]);
    expect(missingFields(fields, valuesOf([value('a')]))).toEqual([]);
  });
});

describe('settings', () => {
  const { connector: _, ...old } = fresh;
  it('from before there were connectors have none', () => {
    expect(v.parse(httpSettings, old)).toEqual(fresh);
  });

  it.each([
    { kind: 'other' },
    { kind: 'json', address: '' },
    { kind: 'service', address: '' },
    { kind: 'service', address: '', values: [{ field: 'a', value: 'b' }] },
    { kind: 'service', address: 'x'.repeat(2001), values: [] },
    {
      kind: 'service',
      address: '',
      values: Array.from({ length: 31 }, () => ({ field: '', value: '', label: '' })),
    },
  ])('with %j are refused', (connector) => {
    expect(v.is(httpSettings, { ...old, connector })).toBe(false);
  });
});
