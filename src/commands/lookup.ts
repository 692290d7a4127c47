/** マスタ参照: brings columns of a master to the rows of the left input. */
import * as v from 'valibot';
import { FailureError, failure } from '../definition/errors';
import type { Table } from '../table/index';
import {
  cellAt,
  cellToText,
  columnNamed,
  filterRows,
  tableOf,
  takeColumn,
  takeRows,
  withSpec,
} from '../table/index';
import { keyCodes } from '../table/join-keys';
import type { ColumnSpec } from '../table/types';
import type { KeyPair } from './key-pairs';
import { checkKeyPairs, keyPairs } from './key-pairs';
import type { ProblemList } from './problem-list';
import { checkNewName, problemList, requireColumn } from './problem-list';
import { columnName, entries } from './schemas';
import { specsOf } from './tables';
import type { CommandSpec, RunContext } from './types';

export interface LookupColumn {
  /** Column of the master. */
  readonly from: string;
  /** Name in the result. */
  readonly to: string;
}

export interface LookupSettings {
  readonly keys: readonly KeyPair[];
  readonly columns: readonly LookupColumn[];
  /** What a row does that finds several rows of the master. */
  readonly duplicates: 'fail' | 'first' | 'last';
  /** What a row does that finds none. */
  readonly unmatched: 'blank' | 'fail' | 'drop';
}

const settings: v.GenericSchema<unknown, LookupSettings> = v.strictObject({
  keys: keyPairs,
  columns: entries(v.strictObject({ from: columnName, to: columnName })),
  duplicates: v.picklist(['fail', 'first', 'last']),
  unmatched: v.picklist(['blank', 'fail', 'drop']),
});

/** Key values named in a failure or report; more would not be read. */
const NAMED_KEYS = 5;

/**
 * Each row of the left input gets the chosen columns of the one row of the right input (the master) whose
 * keys agree, as `key-pairs.ts` says; a blank key finds nothing. Rows never multiply: left rows keep their
 * order, columns (tables too) and tie to the app's records. Several rows of the master for one row of the
 * left stop the run (`fail`), or the first or last in master order counts; unused duplicates do not matter.
 * Reports `lookupSeveral {keys, values}` (rows that found several), `lookupBlank {keys, values}` or
 * `lookupDropped {keys, values}` (rows that found none). Failures: `lookupAmbiguous` and `lookupMissing`,
 * both `{keys, values, count}` at the first such row.
 * Problems: those of `checkKeyPairs`; `lookupEmpty` (nothing to bring, and nothing to drop or to fail for);
 * `columnMissing {column}`; `columnNameBlank`; `columnNameTaken {column}`.
 */
export const lookup: CommandSpec<LookupSettings> = {
  type: 'lookup',
  group: 'combine',
  inputCount: 2,
  settings,
  defaults: () => ({ keys: [], columns: [], duplicates: 'fail', unmatched: 'blank' }),
  apps: () => [],
  columns([left = [], master = []], chosen, context) {
    const list = problemList(context.place);
    checkKeyPairs(left, master, chosen.keys, list);
    if (chosen.columns.length === 0 && chosen.unmatched === 'blank') list.error('lookupEmpty', {}, 'columns');
    return {
      columns: [...left, ...broughtSpecs(left, master, chosen.columns, list)],
      problems: list.problems,
    };
  },
  async run(inputs, chosen, context) {
    const [left, master] = inputs as [Table, Table];
    const found = foundRows(left, master, chosen, context);
    const specs = broughtSpecs(specsOf(left), specsOf(master), chosen.columns, problemList(context.place));
    const brought = specs.map((spec, index) => {
      const source = columnNamed(master, chosen.columns[index]!.from);
      return withSpec(takeColumn(source, found), spec);
    });
    const whole = tableOf([...left.columns, ...brought], left.rowCount, left.origin);
    if (chosen.unmatched !== 'drop' || !found.includes(-1)) return whole;
    return takeRows(
      whole,
      filterRows(found.length, (row) => found[row] !== -1),
    );
  },
};

function broughtSpecs(
  left: readonly ColumnSpec[],
  master: readonly ColumnSpec[],
  columns: readonly LookupColumn[],
  list: ProblemList,
): readonly ColumnSpec[] {
  const taken = new Set(left.map((spec) => spec.name));
  return columns.flatMap((entry, index) => {
    const source = requireColumn(master, entry.from, `columns.${index}.from`, list);
    const named = checkNewName(taken, entry.to, `columns.${index}.to`, list);
    taken.add(entry.to);
    return source && named ? [{ ...source, name: entry.to }] : [];
  });
}

/** The row of the master for each left row, or -1. */
function foundRows(left: Table, master: Table, chosen: LookupSettings, context: RunContext): Int32Array {
  const keys = chosen.keys.map((key) => columnNamed(left, key.left));
  const codes = keyCodes(
    keys,
    chosen.keys.map((key) => columnNamed(master, key.right)),
  );
  const rowOf = new Int32Array(codes.count).fill(-1);
  const isRepeated = new Uint8Array(codes.count);
  codes.right.forEach((code, row) => {
    if (code < 0) return;
    if (rowOf[code] !== -1) isRepeated[code] = 1;
    if (rowOf[code] === -1 || chosen.duplicates === 'last') rowOf[code] = row;
  });
  const found = codes.left.map((code) => (code < 0 ? -1 : rowOf[code]!));
  const tell = (rows: Int32Array, fails: boolean, failureCode: string, reportCode: string): void => {
    if (rows.length === 0) return;
    const params = { keys: chosen.keys.map((key) => key.left), values: keyTexts(rows) };
    if (fails) {
      const place = { ...context.place, row: rows[0]! };
      throw new FailureError(failure(failureCode, { ...params, count: rows.length }, place));
    }
    context.report({ code: reportCode, params, place: context.place, count: rows.length });
  };
  const keyTexts = (rows: Int32Array): readonly string[] => {
    const texts = new Set<string>();
    for (const row of rows) {
      if (texts.size === NAMED_KEYS) break;
      texts.add(keys.map((key) => cellToText(key.spec.type, cellAt(key, row))).join(' / '));
    }
    return [...texts];
  };
  const several = filterRows(found.length, (row) => found[row] !== -1 && isRepeated[codes.left[row]!] === 1);
  tell(several, chosen.duplicates === 'fail', 'lookupAmbiguous', 'lookupSeveral');
  const none = filterRows(found.length, (row) => found[row] === -1);
  const code = chosen.unmatched === 'drop' ? 'lookupDropped' : 'lookupBlank';
  tell(none, chosen.unmatched === 'fail', 'lookupMissing', code);
  return found;
}
