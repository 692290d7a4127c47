/** The product: its own commands, formulas and planning, on the bytes as they arrive. Bundled before it is run. */
import { commandSpec } from '../../../src/commands';
import type { RunContext } from '../../../src/commands/types';
import { bulkItem } from '../../../src/kintone/journal-port';
import { batchAt, flowRequests, type OutputPlan, planOutput } from '../../../src/plan';
import {
  type ColumnSpec,
  cellAt,
  cellToText,
  columnNamed,
  columnSpecsOfFields,
  type KintoneFields,
  selectColumns,
  type Table,
  tableBuilder,
  tableOf,
  withSpec,
} from '../../../src/table';

const field = (type: string, code: string, more: object = {}) => ({ type, code, label: code, ...more });
const form = (...fields: readonly ReturnType<typeof field>[]): KintoneFields =>
  Object.fromEntries(fields.map((one) => [one.code, one]));

const FORMS: Readonly<Record<string, KintoneFields>> = {
  orders: form(
    field('SINGLE_LINE_TEXT', 'order'),
    field('SINGLE_LINE_TEXT', 'customer'),
    field('SINGLE_LINE_TEXT', 'product'),
    field('SINGLE_LINE_TEXT', 'item'),
    field('DATE', 'day'),
    field('NUMBER', 'price'),
    field('NUMBER', 'quantity'),
    field('DROP_DOWN', 'status'),
  ),
  master: form(field('SINGLE_LINE_TEXT', 'item'), field('DROP_DOWN', 'category'), field('NUMBER', 'weight')),
  output: form(
    field('SINGLE_LINE_TEXT', 'order', { unique: true }),
    field('SINGLE_LINE_TEXT', 'customer'),
    field('DATE', 'day'),
    field('SINGLE_LINE_TEXT', 'category'),
    field('NUMBER', 'amount'),
    field('NUMBER', 'running'),
  ),
};

const OUTPUT = Object.keys(FORMS['output'] ?? {});

const context: RunContext = {
  read: () => Promise.reject(new Error('nothing to read')),
  fetchText: () => Promise.reject(new Error('nothing to fetch')),
  emit: () => undefined,
  emitValue: () => undefined,
  emitStart: () => undefined,
  report: () => undefined,
  parameter: () => {
    throw new Error('no parameters');
  },
  parameters: [],
  nowMs: 0,
  timeZone: 'Asia/Tokyo',
  place: {},
  signal: new AbortController().signal,
  fields: () => ({}),
};

function run(type: string, settings: object, ...inputs: readonly Table[]): Promise<Table> {
  const spec = commandSpec(type);
  if (spec === undefined) throw new Error(`no command ${type}`);
  return spec.run(inputs, settings, context);
}

export async function createEngine() {
  const builders = new Map(
    Object.entries(FORMS).map(([name, fields]) => [name, tableBuilder(columnSpecsOfFields(fields), name)]),
  );
  const tables = new Map<string, Table>();
  const table = (name: string): Table => tables.get(name) as Table;
  const set = async (name: string, made: Promise<Table>): Promise<void> => {
    tables.set(name, await made);
  };
  let plan: OutputPlan | null = null;

  return {
    page: (name: string, bytes: Uint8Array) => builders.get(name)?.appendBytes(bytes),
    loaded(name: string) {
      tables.set(name, builders.get(name)?.finish() as Table);
      builders.delete(name);
    },
    filter: () =>
      set(
        'orders',
        run(
          'filter',
          {
            mode: 'conditions',
            condition: {
              join: 'all',
              conditions: [
                { field: 'status', operator: '!=', values: [{ kind: 'literal', value: '取消' }] },
                { field: 'quantity', operator: '>=', values: [{ kind: 'literal', value: '3' }] },
              ],
            },
            formula: '',
          },
          table('orders'),
        ),
      ),
    group: () =>
      set(
        'groups',
        run(
          'group',
          {
            by: ['customer', 'product'],
            aggregates: ['sum', 'average', 'min', 'max', 'count'].map((method) => ({
              column: 'price',
              method,
              as: method,
              label: '',
            })),
          },
          table('orders'),
        ),
      ),
    async join() {
      const settings = { method: 'left', keys: [{ left: 'item', right: 'item' }] };
      await set('rows', run('join', settings, table('orders'), table('master')));
      // As a flow does with tables that no later command takes (`TableStore`), and the other engines here.
      tables.delete('orders');
      tables.delete('master');
    },
    sort: () =>
      set(
        'rows',
        run(
          'sort',
          {
            keys: [
              { column: 'customer', descending: false },
              { column: 'day', descending: true },
            ],
          },
          table('rows'),
        ),
      ),
    formula: () =>
      set(
        'rows',
        run(
          'edit',
          {
            steps: [
              {
                method: 'formula',
                target: 'amount',
                label: '',
                formula: 'ROUND(price * quantity * IF(status = "完了", 1.08, 1.1), 2)',
                type: 'number',
                onError: 'fail',
              },
            ],
          },
          table('rows'),
        ),
      ),
    running: () =>
      set(
        'rows',
        run(
          'window',
          {
            groupBy: ['customer'],
            order: [],
            steps: [{ method: 'runningTotal', column: 'amount', rows: 1, as: 'running', label: '' }],
          },
          table('rows'),
        ),
      ),
    diff() {
      // What an output command hands on: the columns that are mapped.
      const rows = selectColumns(table('rows'), OUTPUT);
      tables.set('rows', rows);
      const specs = new Map<string, ColumnSpec>(
        columnSpecsOfFields(FORMS['output'] ?? {}).map((spec) => [spec.name, spec]),
      );
      const columns = rows.columns.map((column) =>
        withSpec(column, specs.get(column.spec.name) ?? column.spec),
      );
      plan = planOutput(
        {
          place: { flowId: 'f', commandId: 'out' },
          app: { appId: '9' },
          mode: 'upsert',
          keys: ['order'],
          mapping: OUTPUT.map((code) => ({ from: code, to: code })),
          table: tableOf(columns, rows.rowCount),
        },
        table('output'),
        FORMS['output'] ?? {},
        { digits: 16, decimalPlaces: 4, rounding: 'halfEven' },
      );
    },
    bodies(onBody: (body: string) => void) {
      if (plan === null) throw new Error('no plan');
      const requests = flowRequests({ flowId: 'f', outputs: [plan] });
      for (let first = 0; first < requests.length; first += 19) {
        const batch = batchAt('f', requests, first, 19);
        onBody(JSON.stringify({ requests: batch.requests.map(bulkItem) }));
      }
    },
    results() {
      const texts = (name: string, columns: readonly string[]) =>
        Array.from({ length: table(name).rowCount }, (_, row) =>
          columns.map((code) => {
            const column = columnNamed(table(name), code);
            return cellToText(column.spec.type, cellAt(column, row));
          }),
        );
      return {
        groups: texts('groups', ['customer', 'product', 'sum', 'average', 'min', 'max', 'count']),
        rows: texts('rows', ['order', 'amount', 'running']),
        adds: plan?.adds.length,
        updates: plan?.updates.length,
      };
    },
  };
}
