/** 入力アプリ: reads records of an app. */
import * as v from 'valibot';
import { AppRefSchema, ConditionGroupSchema } from '../definition/schema';
import type { AppRef, ConditionGroup } from '../definition/types';
import { columnNamed, columnSpecsOfFields, tableOf } from '../table/index';
import type { KintoneFields } from '../table/kintone-json';
import type { ColumnSpec } from '../table/types';
import { fieldsOfApp } from './app-fields';
import { checkCondition } from './condition-check';
import { resolveCondition } from './conditions';
import type { ProblemList } from './problem-list';
import { problemList } from './problem-list';
import { columnName, columnNames, entries } from './schemas';
import { renameColumns } from './tables';
import type { CommandSpec } from './types';

export interface InputAppSettings {
  readonly app: AppRef | null;
  /** Field codes in the order wanted; empty: every field that holds a value. */
  readonly fields: readonly string[];
  readonly rename: readonly { readonly from: string; readonly to: string }[];
  readonly condition: ConditionGroup | null;
}

const settings: v.GenericSchema<unknown, InputAppSettings> = v.strictObject({
  app: v.nullable(AppRefSchema),
  fields: columnNames,
  rename: entries(v.strictObject({ from: columnName, to: columnName })),
  condition: v.nullable(ConditionGroupSchema),
});

/**
 * Rows are the app's records that the user may see, by record id ascending; duplicates cannot occur.
 * Columns carry field codes, or the names in `rename` (labels stay). Tables come as one column of type
 * table. The condition may use fields that are not read; parameters and periods in it are literals by the
 * time of reading. Every row keeps its record id and revision.
 * Problems: those of `fieldsOfApp` and `checkCondition`; `fieldMissing {field}`; `fieldTwice {field}`;
 * `columnNameBlank`; `columnNameTaken {column}`; `renameUnused {column}` (warning).
 */
export const inputApp: CommandSpec<InputAppSettings> = {
  type: 'inputApp',
  group: 'input',
  inputCount: 0,
  settings,
  defaults: () => ({ app: null, fields: [], rename: [], condition: null }),
  apps: ({ app }) => (app ? [app] : []),
  columns(_inputs, chosen, context) {
    const list = problemList(context.place);
    const fields = fieldsOfApp(chosen.app, context, list);
    if (!fields) return { columns: [], problems: list.problems };
    const all = columnSpecsOfFields(fields);
    const columns = renamed(wantedColumns(all, chosen.fields, list), chosen.rename, list);
    if (chosen.condition) {
      checkCondition(chosen.condition, {
        columns: all,
        parameters: context.parameters,
        path: 'condition',
        list,
      });
    }
    return { columns, problems: list.problems };
  },
  async run(_inputs, chosen, context) {
    const app = chosen.app as AppRef;
    const fields: KintoneFields = context.fields(app);
    const all = columnSpecsOfFields(fields);
    const list = problemList(context.place);
    const wanted = wantedColumns(all, chosen.fields, list);
    const typeOf = new Map(all.map((spec) => [spec.name, spec.type]));
    const condition = chosen.condition
      ? resolveCondition(chosen.condition, {
          parameter: (name) => context.parameter(name),
          nowMs: context.nowMs,
          timeZone: context.timeZone,
          place: context.place,
          columnType: (field) => typeOf.get(field),
        })
      : null;
    const read = await context.read({ app, columns: wanted, condition, place: context.place });
    // The reader may have fetched more (fields that the condition needs).
    const columns = wanted.map((spec) => columnNamed(read, spec.name));
    const table = tableOf(columns, read.rowCount, read.origin);
    return renameColumns(table, renamed(wanted, chosen.rename, list));
  },
};

function wantedColumns(
  all: readonly ColumnSpec[],
  codes: readonly string[],
  list: ProblemList,
): readonly ColumnSpec[] {
  if (codes.length === 0) return all;
  const wanted = new Map<string, ColumnSpec>();
  codes.forEach((code, index) => {
    const spec = all.find((candidate) => candidate.name === code);
    if (!spec) list.error('fieldMissing', { field: code }, `fields.${index}`);
    else if (wanted.has(code)) list.warning('fieldTwice', { field: code }, `fields.${index}`);
    else wanted.set(code, spec);
  });
  return [...wanted.values()];
}

function renamed(
  columns: readonly ColumnSpec[],
  rename: InputAppSettings['rename'],
  list: ProblemList,
): readonly ColumnSpec[] {
  const names = new Map<string, string>();
  rename.forEach(({ from, to }, index) => {
    if (!columns.some((column) => column.name === from)) {
      list.warning('renameUnused', { column: from }, `rename.${index}.from`);
    } else if (to.trim() === '') {
      list.error('columnNameBlank', {}, `rename.${index}.to`);
    } else {
      names.set(from, to);
    }
  });
  const taken = new Set<string>();
  return columns.map((column) => {
    const name = names.get(column.name) ?? column.name;
    if (taken.has(name)) list.error('columnNameTaken', { column: name }, 'rename');
    taken.add(name);
    return name === column.name ? column : { ...column, name };
  });
}
