import { QueryClientProvider } from '@tanstack/react-query';
import { createElement, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { COMMANDS, decodeCommandSettings } from '../../src/commands';
import { createQueryClient } from '../../src/config/app/data';
import { DocumentProvider } from '../../src/config/app/document';
import { type Environment, EnvironmentProvider } from '../../src/config/app/environment';
import { createDocumentStore } from '../../src/config/document/store';
import type { FormProps } from '../../src/config/forms/contract';
import { formFor } from '../../src/config/forms/index';
import { emptySettings } from '../../src/definition/create';
import type { JsonObject } from '../../src/definition/types';
import type { ColumnSpec } from '../../src/table/types';

const never = (): never => {
  throw new Error('Forms ask nobody while they are rendered');
};
const environment = (language: Environment['language']): Environment => ({
  callingApp: { appId: '1' },
  language,
  timeZone: 'Asia/Tokyo',
  user: { name: 'user' },
  client: new Proxy({} as Environment['client'], { get: () => never }),
  settings: new Proxy({} as Environment['settings'], { get: () => never }),
  connectors: {
    send: never,
    clock: new Proxy({} as Environment['connectors']['clock'], { get: () => never }),
  },
  secrets: { headerNames: () => [] } as unknown as Environment['secrets'],
  newId: never,
  nowMs: () => 0,
});

const COLUMNS: readonly ColumnSpec[] = [
  { name: 'code', label: 'Code', type: 'text' },
  { name: 'day', label: 'Day', type: 'datetime' },
  { name: 'who', label: 'Who', type: 'people' },
  { name: 'lines', label: 'Lines', type: 'table', columns: [] },
];

function render(type: string, settings: JsonObject, language: Environment['language'] = 'en'): string {
  const decoded = decodeCommandSettings({ id: 'c', type, note: '', inputs: [], settings });
  const Form = formFor(type);
  if (!decoded.ok || Form === null) throw new Error(`${type}: ${JSON.stringify(decoded)}`);
  const props: FormProps<unknown> = {
    settings: decoded.value.settings,
    change: never,
    inputs: [COLUMNS, COLUMNS],
    findings: (path) => (path === 'columns.0.value' ? [{ tone: 'error', text: 'a finding' }] : []),
    metadata: { fields: () => ({}), parameters: [{ name: 'count', label: 'Count', type: 'number' }] },
  };
  const form = createElement(Form, props as FormProps<never>);
  const page = createElement(EnvironmentProvider, { value: environment(language) }, inDocument(form));
  return renderToString(createElement(QueryClientProvider, { client: createQueryClient() }, page));
}

/** Forms that choose a unit or a flow ask the document. */
const inDocument = (form: ReactNode) =>
  createElement(DocumentProvider, { value: createDocumentStore(emptySettings()) }, form);

describe('forms of commands', () => {
  it.each(COMMANDS.map((spec) => [spec.type, spec] as const))(
    '%s has a form for fresh settings',
    (type, spec) => {
      for (const language of ['ja', 'en', 'zh'] as const) {
        expect(render(type, spec.defaults(), language).length).toBeGreaterThan(100);
      }
    },
  );

  const literal = (value: string) => ({ kind: 'literal', value });
  const rule = { message: '', column: 'day' };

  const http = {
    url: 'https://api.example.com/?n=%count%',
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
  };
  const chosen = [{ field: 'category', value: 'books', label: 'Books' }];
  const service = (address: string) => ({ ...http, connector: { kind: 'service', address, values: chosen } });

  it.each<[string, JsonObject, readonly string[]]>([
    // Settings from before there were connectors.
    ['inputHttp', http, ['Kind of connector']],
    ['inputHttp', { ...http, connector: { kind: 'json' } }, ['Values to try with', 'Load columns']],
    ['inputHttp', { ...http, url: '', connector: { kind: 'csv' } }, ['Correct the URL, headers and body']],
    ['inputHttp', service('http://plain.example/'), ['This cannot be an address']],
    ['inputHttp', service('https://shop.example'), ['category = Books', 'GET, POST https://shop.example/']],
    [
      'limit',
      { count: { kind: 'parameter', name: 'count' }, take: 'last', by: [], groupBy: ['code'] },
      ['Count [count]', 'Code [code]'],
    ],
    [
      'constant',
      {
        columns: [
          { name: 'area', label: '', type: 'CHECK_BOX', value: literal('a\nb') },
          { name: 'n', label: '', type: 'NUMBER', value: { kind: 'parameter', name: 'count' } },
          {
            name: 'first',
            label: '',
            type: 'DATE',
            value: { kind: 'period', unit: 'month', edge: 'start', offset: -1, base: '' },
          },
        ],
      },
      ['a finding', '<textarea', 'Several entries stand in lines', 'first day'],
    ],
    [
      'setType',
      {
        columns: [
          {
            column: 'who',
            as: '',
            label: '',
            type: 'SINGLE_LINE_TEXT',
            separator: ';',
            people: 'code',
            options: [],
            onFailure: 'keep',
            keepAs: 'kept',
          },
          {
            column: 'day',
            as: 'd',
            label: '',
            type: 'DATE',
            separator: '',
            people: 'name',
            options: [],
            onFailure: 'fail',
            keepAs: '',
          },
        ],
      },
      ['value="kept"', 'Users as 1', 'time zone of the user'],
    ],
    [
      'check',
      {
        rules: [
          { ...rule, kind: 'range', min: literal('2026-01-01'), max: null },
          {
            ...rule,
            kind: 'compare',
            operator: '<',
            against: 'column',
            value: literal(''),
            other: 'day',
            formula: '',
          },
          { ...rule, kind: 'pattern', pattern: '^a$' },
          { ...rule, kind: 'exists', app: null, field: '' },
          { ...rule, kind: 'option', source: 'app', app: { appId: '7' }, field: 'x' },
          { kind: 'formula', message: 'own words', formula: 'a=1' },
        ],
        onError: 'stopAt',
        stopAt: 3,
        badRows: 'keep',
        as: 'errors',
      },
      ['Minimum 1', 'Other column 2', 'value="^a$"', 'own words', 'Number of rows to stop at'],
    ],
  ])('%s shows what is set', (type, settings, texts) => {
    const html = render(type, settings);
    expect(texts.filter((text) => !html.includes(text))).toEqual([]);
  });
});
