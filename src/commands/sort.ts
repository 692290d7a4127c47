/** 並べ替え: orders rows. */
import * as v from 'valibot';
import { sortingRows, takingRows } from '../table/index';
import type { ColumnSpec } from '../table/types';
import type { ProblemList } from './problem-list';
import { problemList, requireColumn } from './problem-list';
import { sortKeys } from './schemas';
import { inPieces } from './tables';
import type { CommandSpec } from './types';

export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
}

export interface SortSettings {
  readonly keys: readonly SortKey[];
}

const settings: v.GenericSchema<unknown, SortSettings> = v.strictObject({ keys: sortKeys });

/**
 * Orders by the first key, ties by the next; rows that tie in all keys keep their order. Blank comes first
 * ascending and last descending. Numbers and times by value, texts by code point.
 * Problems: `keysMissing`; `columnMissing {column}`; `sortTypeUnsuitable {column, type}`; `sortKeyTwice {column}`.
 */
export const sort: CommandSpec<SortSettings> = {
  type: 'sort',
  group: 'rows',
  inputCount: 1,
  settings,
  defaults: () => ({ keys: [] }),
  apps: () => [],
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    checkSortKeys(input, chosen.keys, 'keys', list);
    return { columns: input, problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const rows = await inPieces(sortingRows(input, chosen.keys), context);
    return inPieces(takingRows(input, rows), context);
  },
};

/** Shared with `rank`. Problems as described at `sort`. */
export function checkSortKeys(
  input: readonly ColumnSpec[],
  keys: readonly SortKey[],
  path: string,
  list: ProblemList,
): void {
  if (keys.length === 0) list.error('keysMissing', {}, path);
  const used = new Set<string>();
  keys.forEach((key, index) => {
    const spec = requireColumn(input, key.column, `${path}.${index}.column`, list);
    if (!spec) return;
    if (spec.type === 'table' || spec.type === 'files') {
      list.error('sortTypeUnsuitable', { column: spec.name, type: spec.type }, `${path}.${index}.column`);
    }
    if (used.has(spec.name)) list.error('sortKeyTwice', { column: spec.name }, `${path}.${index}.column`);
    used.add(spec.name);
  });
}
