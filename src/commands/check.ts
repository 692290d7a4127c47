/** データチェック: tells rows that break rules, and may stop the flow because of them. */
import { failure } from '../definition/errors';
import type { Table } from '../table/index';
import {
  cellAt,
  cellToText,
  columnFromCells,
  columnNamed,
  filterRows,
  tableOf,
  takeRows,
} from '../table/index';
import type { Cell, ColumnSpec } from '../table/types';
import { checkRule } from './check-rules';
import type { CheckRule, CheckSettings } from './check-settings';
import { checkSettings } from './check-settings';
import { ruleTest } from './check-tests';
import { FlowStopError } from './flow-stop';
import { checkNewName, problemList } from './problem-list';
import type { CommandSpec, RunContext } from './types';

/** Rows and values named in a report; more would not be read. */
const NAMED_ROWS = 5;

/** Report codes by kind of rule. */
const REPORTS: Readonly<Record<CheckRule['kind'], string>> = {
  required: 'checkRequired',
  range: 'checkRange',
  compare: 'checkCompare',
  pattern: 'checkPattern',
  exists: 'checkExists',
  option: 'checkOption',
  formula: 'checkFormula',
  anyRow: 'checkNoRow',
};

/**
 * Every rule is tried on every row (what a rule means: `check-tests.ts`); each broken one is reported with the
 * number of its rows and the first of them, as `REPORTS` says, or `checkMessage` with the person's own words:
 * `{number, column, rows, values, message}`, rows counted from 1.
 * - stop: any error ends the flow; stopAt: as many rows with an error as `stopAt`. The flow then writes nothing
 *   and ends with the reason `checkStopped {count}` (`FlowStopError`).
 * - otherwise rows with an error stay (`keep`) or are left out (`drop`), and the others go on in their order,
 *   with their tie to the app's records. `as` adds a text column with the messages of the rules a row breaks
 *   (or their numbers, "#2"), in lines.
 * krewData ends a stopped flow as a plain success (command_data_check.html); here its reason says so.
 * Problems: `checkEmpty`; those of `checkRule`; `columnNameTaken {column}`.
 */
export const check: CommandSpec<CheckSettings> = {
  type: 'check',
  group: 'rows',
  inputCount: 1,
  settings: checkSettings,
  defaults: () => ({ rules: [], onError: 'stop', stopAt: 10, badRows: 'drop', as: '' }),
  apps: ({ rules }) =>
    rules.flatMap((rule) => {
      const asksApp = rule.kind === 'exists' || (rule.kind === 'option' && rule.source === 'app');
      return asksApp && rule.app ? [rule.app] : [];
    }),
  columns([input = []], chosen, context) {
    const list = problemList(context.place);
    if (chosen.rules.length === 0) list.error('checkEmpty', {}, 'rules');
    chosen.rules.forEach((rule, index) => {
      checkRule(rule, input, context, `rules.${index}`, list);
    });
    if (chosen.as !== '') checkNewName(new Set(input.map((spec) => spec.name)), chosen.as, 'as', list);
    return { columns: chosen.as === '' ? input : [...input, findingsSpec(chosen)], problems: list.problems };
  },
  async run(inputs, chosen, context) {
    const input = inputs[0]!;
    const findings = await findingsOf(input, chosen.rules, context);
    for (const found of findings) report(found, input, context);
    const bad = filterRows(input.rowCount, (row) => findings.some((found) => found.isBad[row] === 1));
    // A missing row is an error without a row.
    const errors = bad.length + Number(findings.some((found) => found.rule.kind === 'anyRow'));
    if (
      errors > 0 &&
      (chosen.onError === 'stop' || (chosen.onError === 'stopAt' && errors >= chosen.stopAt))
    ) {
      const place = bad.length > 0 ? { ...context.place, row: bad[0]! } : context.place;
      throw new FlowStopError(failure('checkStopped', { count: errors }, place));
    }
    const whole = chosen.as === '' ? input : withFindings(input, findings, chosen);
    if (chosen.badRows === 'keep' || bad.length === 0) return whole;
    const badRows = new Set(bad);
    return takeRows(
      whole,
      filterRows(input.rowCount, (row) => !badRows.has(row)),
    );
  },
};

interface Finding {
  readonly rule: CheckRule;
  /** Counted from 1. */
  readonly number: number;
  /** 1 for each row that breaks the rule. */
  readonly isBad: Uint8Array;
}

/** The rules that are broken, in order. */
async function findingsOf(
  input: Table,
  rules: readonly CheckRule[],
  context: RunContext,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [index, rule] of rules.entries()) {
    const isBad = new Uint8Array(input.rowCount);
    if (rule.kind !== 'anyRow') {
      const holds = await ruleTest(rule, input, context);
      for (let row = 0; row < input.rowCount; row += 1) isBad[row] = holds(row) ? 0 : 1;
    }
    const isBroken = rule.kind === 'anyRow' ? input.rowCount === 0 : isBad.includes(1);
    if (isBroken) findings.push({ rule, number: index + 1, isBad });
  }
  return findings;
}

function report({ rule, number, isBad }: Finding, input: Table, context: RunContext): void {
  const rows = filterRows(isBad.length, (row) => isBad[row] === 1);
  const column = 'column' in rule ? columnNamed(input, rule.column) : null;
  const named = [...rows.subarray(0, NAMED_ROWS)];
  const texts = column ? named.map((row) => cellToText(column.spec.type, cellAt(column, row))) : [];
  context.report({
    code: rule.message === '' ? REPORTS[rule.kind] : 'checkMessage',
    params: {
      number,
      column: column?.spec.name ?? '',
      message: rule.message,
      rows: named.map((row) => String(row + 1)),
      values: [...new Set(texts)].filter((text) => text !== ''),
    },
    place: rows.length > 0 ? { ...context.place, row: rows[0]! } : context.place,
    count: rule.kind === 'anyRow' ? 1 : rows.length,
  });
}

const findingsSpec = ({ as }: CheckSettings): ColumnSpec => ({ name: as, label: as, type: 'text' });

function withFindings(input: Table, findings: readonly Finding[], chosen: CheckSettings): Table {
  const texts = Array.from({ length: input.rowCount }, (_unused, row): Cell => {
    const broken = findings.filter((found) => found.isBad[row] === 1);
    if (broken.length === 0) return null;
    return broken.map(({ rule, number }) => (rule.message === '' ? `#${number}` : rule.message)).join('\n');
  });
  const column = columnFromCells(findingsSpec(chosen), texts);
  return tableOf([...input.columns, column], input.rowCount, input.origin);
}
