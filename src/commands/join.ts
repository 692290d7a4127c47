/** アプリ結合: puts the rows of two inputs side by side where their keys agree. */
import * as v from 'valibot';
import { FailureError, failure } from '../definition/errors';
import type { JoinedRows } from '../table/index';
import { columnNamed, JoinTooLargeError, joiningRows, tableOf, takeColumn, withSpec } from '../table/index';
import type { Column, ColumnSpec, Table } from '../table/types';
import type { KeyPair } from './key-pairs';
import { checkKeyPairs, keyPairs } from './key-pairs';
import { freeName, problemList } from './problem-list';
import { inPieces, specsOf } from './tables';
import type { CommandSpec, RunContext } from './types';

export interface JoinSettings {
  readonly method: 'inner' | 'left' | 'right' | 'full';
  readonly keys: readonly KeyPair[];
}

const settings: v.GenericSchema<unknown, JoinSettings> = v.strictObject({
  method: v.picklist(['inner', 'left', 'right', 'full']),
  keys: keyPairs,
});

/**
 * Every pair of rows whose keys all agree (as `key-pairs.ts` says), in left order, then right order within one
 * left row: several matches multiply. A blank key matches nothing. `left`/`right`/`full` keep rows without
 * partner, the other side blank; right rows without partner come last, in their order.
 * Columns: left ones, then right ones; a right name already in use becomes `name_1` (or the next free
 * number). Columns of type table stay like all others, where krewData drops them (command_join_app.html); a
 * row that finds several partners carries its table on each of the rows that come of it.
 * Reports `joinLeftDropped` and `joinRightDropped` with the number of rows without partner that the method leaves out.
 * Problems: those of `checkKeyPairs`. A run fails with `joinTooLarge {rows}` when the keys are so far from
 * unique that the result would not fit into memory.
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
    checkKeyPairs(left, right, chosen.keys, list);
    const columns = joinedColumns(left, right);
    return {
      columns: [...columns.left, ...columns.right.map((entry) => entry.spec)],
      problems: list.problems,
    };
  },
  async run(inputs, chosen, context) {
    const [left, right] = inputs as [Table, Table];
    const rows = await joinedRows(left, right, chosen, context);
    tellDropped('joinLeftDropped', left.rowCount, rows.left, context);
    tellDropped('joinRightDropped', right.rowCount, rows.right, context);
    await context.rest?.();
    const specs = joinedColumns(specsOf(left), specsOf(right));
    const columns: Column[] = [];
    for (const spec of specs.left) {
      columns.push(takeColumn(columnNamed(left, spec.name), rows.left));
      await context.rest?.();
    }
    for (const { from, spec } of specs.right) {
      columns.push(withSpec(takeColumn(columnNamed(right, from), rows.right), spec));
      await context.rest?.();
    }
    return tableOf(columns, rows.left.length);
  },
};

async function joinedRows(
  left: Table,
  right: Table,
  chosen: JoinSettings,
  context: Pick<RunContext, 'place' | 'rest'>,
): Promise<JoinedRows> {
  try {
    const keys = chosen.keys.map(
      (key) => [columnNamed(left, key.left), columnNamed(right, key.right)] as const,
    );
    const work = joiningRows(
      keys.map(([own]) => own),
      keys.map(([, other]) => other),
      chosen.method,
    );
    return await inPieces(work, context);
  } catch (cause) {
    if (!(cause instanceof JoinTooLargeError)) throw cause;
    throw new FailureError(failure('joinTooLarge', { rows: cause.rowCount }, context.place));
  }
}

function tellDropped(code: string, rowCount: number, used: Int32Array, context: RunContext): void {
  const isUsed = new Uint8Array(rowCount);
  for (const row of used) if (row >= 0) isUsed[row] = 1;
  const count = rowCount - isUsed.reduce((sum, one) => sum + one, 0);
  if (count > 0) context.report({ code, params: {}, place: context.place, count });
}

interface JoinedColumns {
  readonly left: readonly ColumnSpec[];
  readonly right: readonly { readonly from: string; readonly spec: ColumnSpec }[];
}

function joinedColumns(left: readonly ColumnSpec[], right: readonly ColumnSpec[]): JoinedColumns {
  const taken = new Set(left.map((spec) => spec.name));
  const keptRight = right.map((spec) => {
    const name = freeName(taken, spec.name);
    taken.add(name);
    return { from: spec.name, spec: name === spec.name ? spec : { ...spec, name } };
  });
  return { left, right: keptRight };
}
