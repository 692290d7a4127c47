/** アプリ結合: puts the rows of two inputs side by side where their keys agree. */
import * as v from 'valibot';
import { columnNamed, joinRows, tableOf, takeColumn, withSpec } from '../table/index';
import type { ColumnSpec, ColumnType } from '../table/types';
import { freeName, problemList, requireColumn } from './problem-list';
import { columnName, entries } from './schemas';
import { specsOf } from './tables';
import type { CommandSpec } from './types';

export interface JoinSettings {
  readonly method: 'inner' | 'left' | 'right' | 'full';
  readonly keys: readonly { readonly left: string; readonly right: string }[];
}

const settings: v.GenericSchema<unknown, JoinSettings> = v.strictObject({
  method: v.picklist(['inner', 'left', 'right', 'full']),
  keys: entries(v.strictObject({ left: columnName, right: columnName })),
});

const TEXTUAL: readonly ColumnType[] = ['text', 'choice', 'number'];
const KEY_TYPES: readonly ColumnType[] = [...TEXTUAL, 'date', 'time', 'datetime'];

/**
 * Every pair of rows whose keys all agree, in left order, then right order within one left row: several
 * matches multiply. A blank key matches nothing. Numbers agree by value; a text agrees with a number when it
 * is that number; texts agree exactly. `left`/`right`/`full` keep rows without partner, the other side
 * blank; right rows without partner come last, in their order.
 * Columns: left ones, then right ones; a right name already in use becomes `name_1` (or the next free
 * number). Columns of type table are dropped, as in krewData, with a warning.
 * Problems: `keysMissing`; `columnMissing {column}`; `keyTypeUnsuitable {column, type}`;
 * `keyTypesDiffer {left, right, leftType, rightType}`; `tableDropped {column}` (warning).
 */
export const join: CommandSpec<JoinSettings> = {
  type: 'join',
  group: 'combine',
  inputCount: 2,
  settings,
  defaults: () => ({ method: 'left', keys: [] }),
  apps: () => [],
  columns(inputs, chosen, context) {
    const list = problemList(context.place);
    const [left = [], right = []] = inputs;
    if (chosen.keys.length === 0) list.error('keysMissing', {}, 'keys');
    chosen.keys.forEach((key, index) => {
      const sides = [
        requireColumn(left, key.left, `keys.${index}.left`, list),
        requireColumn(right, key.right, `keys.${index}.right`, list),
      ] as const;
      const unsuitable = sides.filter((spec) => spec && !KEY_TYPES.includes(spec.type));
      for (const spec of unsuitable) {
        if (spec) list.error('keyTypeUnsuitable', { column: spec.name, type: spec.type }, `keys.${index}`);
      }
      const [a, b] = sides;
      if (a && b && unsuitable.length === 0 && !canAgree(a.type, b.type)) {
        const params = { left: a.name, right: b.name, leftType: a.type, rightType: b.type };
        list.error('keyTypesDiffer', params, `keys.${index}`);
      }
    });
    for (const spec of [...left, ...right]) {
      if (spec.type === 'table') list.warning('tableDropped', { column: spec.name }, 'inputs');
    }
    const columns = joinedColumns(left, right);
    return {
      columns: [...columns.left, ...columns.right.map((entry) => entry.spec)],
      problems: list.problems,
    };
  },
  async run(inputs, chosen) {
    const [left, right] = inputs as [(typeof inputs)[0], (typeof inputs)[0]];
    const rows = joinRows(
      chosen.keys.map((key) => columnNamed(left, key.left)),
      chosen.keys.map((key) => columnNamed(right, key.right)),
      chosen.method,
    );
    const columns = joinedColumns(specsOf(left), specsOf(right));
    return tableOf(
      [
        ...columns.left.map((spec) => takeColumn(columnNamed(left, spec.name), rows.left)),
        ...columns.right.map(({ from, spec }) =>
          withSpec(takeColumn(columnNamed(right, from), rows.right), spec),
        ),
      ],
      rows.left.length,
    );
  },
};

const canAgree = (a: ColumnType, b: ColumnType): boolean =>
  a === b || (TEXTUAL.includes(a) && TEXTUAL.includes(b));

interface JoinedColumns {
  readonly left: readonly ColumnSpec[];
  readonly right: readonly { readonly from: string; readonly spec: ColumnSpec }[];
}

function joinedColumns(left: readonly ColumnSpec[], right: readonly ColumnSpec[]): JoinedColumns {
  const keptLeft = left.filter((spec) => spec.type !== 'table');
  const taken = new Set(keptLeft.map((spec) => spec.name));
  const keptRight: { from: string; spec: ColumnSpec }[] = [];
  for (const spec of right) {
    if (spec.type === 'table') continue;
    const name = freeName(taken, spec.name);
    taken.add(name);
    keptRight.push({ from: spec.name, spec: name === spec.name ? spec : { ...spec, name } });
  }
  return { left: keptLeft, right: keptRight };
}
