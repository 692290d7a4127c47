/** Settings of the command that asks outside hosts, and a host that answers. */
import type { HttpColumn, InputHttpSettings } from '../../src/commands/http-settings';
import { inputHttp } from '../../src/commands/input-http';
import type { ParameterSpec, TextReply, TextRequest } from '../../src/commands/types';
import { column, runCommand } from './support';

export const from = (name: string, type: HttpColumn['type'] = 'text', as = name): HttpColumn => ({
  from: name,
  as,
  label: '',
  type,
});

export const settings = (more: Partial<InputHttpSettings> = {}): InputHttpSettings => ({
  url: 'https://api.example.com/items',
  method: 'GET',
  headers: [],
  bodyType: 'json',
  body: '',
  format: 'json',
  path: '',
  csvHeader: true,
  csvDelimiter: 'comma',
  columns: [from('id'), from('price', 'number')],
  onError: 'fail',
  formulaTexts: 'keep',
  connector: null,
  ...more,
});

export const csv = (more: Partial<InputHttpSettings> = {}) => settings({ format: 'csv', ...more });

export const PARAMETERS: readonly ParameterSpec[] = [
  column('顧客'),
  column('数', 'number'),
  column('担当', 'people'),
  column('印', 'choices'),
  column('空'),
  column('表', 'table'),
];
export const VALUES = {
  顧客: 'A&B "x"/..',
  数: { coefficient: 125n, scale: 1 },
  担当: [
    { code: 'sato', name: 'Sato' },
    { code: 'ito', name: 'Ito' },
  ],
  印: ['x', 'y'],
};

export function run(chosen: InputHttpSettings, reply: string | TextReply, values: object = VALUES) {
  const asked: TextRequest[] = [];
  const world = {
    parameters: PARAMETERS,
    values: values as never,
    replies: (request: TextRequest) => {
      asked.push(request);
      return typeof reply === 'string' ? { status: 200, text: reply } : reply;
    },
  };
  return runCommand(inputHttp, [], chosen, world).then((done) => ({ ...done, asked }));
}

export const code = (done: Promise<unknown>): Promise<unknown> =>
  done.then(
    () => 'no failure',
    (error: { failure: { code: string; params: object } }) => [error.failure.code, error.failure.params],
  );
