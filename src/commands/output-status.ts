/** ステータス更新: carries out process actions on records of an app. */
import * as v from 'valibot';
import { AppRefSchema } from '../definition/schema';
import type { AppRef } from '../definition/types';
import { columnNamed, constantColumn, tableOf } from '../table/index';
import type { KintoneFields } from '../table/kintone-json';
import type { Column, ColumnSpec, ColumnType, Table } from '../table/types';
import { fieldsOfApp } from './app-fields';
import { isKeyType } from './output-keys';
import { checkPair, fieldNamed } from './output-mapping';
import { outputColumn } from './output-table';
import { checkParameter, type ProblemList, problemList, requireColumn } from './problem-list';
import { columnName, entries } from './schemas';
import type {
  BlankKeyPolicy,
  CommandSpec,
  FieldMapping,
  InferContext,
  RunContext,
  StatusChange,
} from './types';

export interface OutputStatusSettings {
  readonly app: AppRef | null;
  /** Pairs of a column and the field of the app that identifies the record; a record number is a key too. */
  readonly keys: readonly FieldMapping[];
  /** fixed: `value` is the name of the action; column, parameter: the column or parameter that holds the name. */
  readonly action: { readonly from: 'fixed' | 'column' | 'parameter'; readonly value: string };
  /** Next assignee: none, a login name, or a column or parameter of login names or users (the first counts). */
  readonly assignee: { readonly from: 'none' | 'fixed' | 'column' | 'parameter'; readonly value: string };
  readonly blankKeys: BlankKeyPolicy;
  /** Records whose present status has no such action. */
  readonly notAllowed: StatusChange['notAllowed'];
}

/** Names of kintone's actions end at 64 characters, login names at 128. */
const shortText = v.pipe(v.string(), v.maxLength(128));

const settings: v.GenericSchema<unknown, OutputStatusSettings> = v.strictObject({
  app: v.nullable(AppRefSchema),
  keys: entries(v.strictObject({ from: columnName, to: columnName })),
  action: v.strictObject({ from: v.picklist(['fixed', 'column', 'parameter']), value: shortText }),
  assignee: v.strictObject({ from: v.picklist(['none', 'fixed', 'column', 'parameter']), value: shortText }),
  blankKeys: v.picklist(['fail', 'skip']),
  notAllowed: v.picklist(['fail', 'skip']),
});

/**
 * One action per row, on the record with the row's keys; the input passes through unchanged. Rows without a
 * record are counted, rows with a blank action or a record that already is where the action leads change
 * nothing. The plan checks the present status against the app's actions; conditions on actions and on
 * assignees are kintone's to judge. A process action raises the revision by 2 and runs in the same commit
 * as other writes (PUT records/status.json within bulkRequest).
 * Problems: those of `fieldsOfApp`; `processOff`; `keysMissing`; `keyTwice {field}`; `keyTypeUnsuitable {column, type}`;
 * `outputFieldNotChosen`; `outputFieldMissing {field}`; `fieldInTable {field, table}`; the mapping problems of a
 * pair; `actionBlank`; `assigneeBlank`; `columnMissing {column}`; `textColumnNeeded {column, type}`;
 * `parameterMissing {parameter}`; `parameterNotUsable {parameter}`.
 */
export const outputStatus: CommandSpec<OutputStatusSettings> = {
  type: 'outputStatus',
  group: 'output',
  inputCount: 1,
  settings,
  defaults: () => ({
    app: null,
    keys: [],
    action: { from: 'fixed', value: '' },
    assignee: { from: 'none', value: '' },
    blankKeys: 'fail',
    notAllowed: 'fail',
  }),
  apps: ({ app }) => (app ? [app] : []),
  parameters: ({ action, assignee }) =>
    [action, assignee].flatMap(({ from, value }) => (from === 'parameter' ? [value] : [])),
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    const fields = fieldsOfApp(chosen.app, context, list);
    if (fields) {
      const status = Object.values(fields).find((property) => property.type === 'STATUS');
      if (!status || status.enabled === false) list.error('processOff', {}, 'app');
      checkKeys(input, chosen, fields, list);
    }
    checkChoice(input, chosen.action, 'action', ['text', 'choice'], context, list);
    if (chosen.assignee.from !== 'none') {
      checkChoice(input, chosen.assignee, 'assignee', ['text', 'choice', 'people'], context, list);
    }
    return { columns: input, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const app = chosen.app as AppRef;
    const fields = context.fields(app);
    const { timeZone, place } = context;
    const columns = chosen.keys.map(({ from, to }) =>
      outputColumn(columnNamed(input, from), fields[to]!, { timeZone, place }),
    );
    const { assignee } = chosen;
    context.emit({
      place,
      app,
      mode: 'status',
      keys: chosen.keys.map(({ to }) => to),
      mapping: chosen.keys.map(({ to }) => ({ from: to, to })),
      table: tableOf(columns, input.rowCount, input.origin),
      blankKeys: chosen.blankKeys,
      statusChange: {
        action: chosenColumn(input, chosen.action, context),
        assignee:
          assignee.from === 'none'
            ? null
            : chosenColumn(input, { from: assignee.from, value: assignee.value }, context),
        notAllowed: chosen.notAllowed,
      },
    });
    return input;
  },
};

function checkKeys(
  input: readonly ColumnSpec[],
  chosen: OutputStatusSettings,
  fields: KintoneFields,
  list: ProblemList,
): void {
  if (chosen.keys.length === 0) list.error('keysMissing', {}, 'keys');
  const used = new Set<string>();
  chosen.keys.forEach(({ from, to }, index) => {
    const path = `keys.${index}`;
    const column = requireColumn(input, from, `${path}.from`, list);
    const property = fieldNamed(to, fields, `${path}.to`, list);
    if (!property) return;
    if (used.has(to)) list.error('keyTwice', { field: to }, `${path}.to`);
    used.add(to);
    if (!isKeyType(property.type, true)) {
      list.error('keyTypeUnsuitable', { column: to, type: property.type }, `${path}.to`);
    } else if (column) checkPair(column, property, path, list);
  });
}

function checkChoice(
  input: readonly ColumnSpec[],
  choice: { readonly from: string; readonly value: string },
  path: 'action' | 'assignee',
  types: readonly ColumnType[],
  { parameters }: InferContext,
  list: ProblemList,
): void {
  const at = `${path}.value`;
  if (choice.from === 'fixed') {
    if (choice.value.trim() === '') list.error(`${path}Blank`, {}, at);
    return;
  }
  if (choice.from === 'parameter') {
    checkParameter(parameters, choice.value, ({ type }) => types.includes(type), at, list);
    return;
  }
  const column = requireColumn(input, choice.value, at, list);
  if (column && !types.includes(column.type)) {
    list.error('textColumnNeeded', { column: column.name, type: column.type }, at);
  }
}

function chosenColumn(input: Table, choice: OutputStatusSettings['action'], context: RunContext): Column {
  if (choice.from === 'column') return columnNamed(input, choice.value);
  if (choice.from === 'parameter') {
    const { spec, cell } = context.parameter(choice.value);
    return constantColumn({ name: '', label: '', type: spec.type }, cell, input.rowCount);
  }
  return constantColumn({ name: '', label: '', type: 'text' }, choice.value, input.rowCount);
}
