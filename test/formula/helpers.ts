import { expect, it } from 'vitest';
import type {
  EvaluationContext,
  Expression,
  FormulaParameter,
  FormulaResult,
  ResultType,
  TypedExpression,
} from '../../src/formula';
import { checkFormula, compileFormula, parseFormula } from '../../src/formula';
import { cellAt, columnFromCells } from '../../src/table/column';
import { formatDecimal, parseDecimal } from '../../src/table/decimal';
import { tableOf } from '../../src/table/table';
import type { Cell, ColumnSpec, ColumnType, Table } from '../../src/table/types';

export function spec(name: string, type: ColumnType): ColumnSpec {
  return { name, label: name, type };
}

export interface Setting {
  readonly columns?: readonly ColumnSpec[];
  /** One entry per column; numbers may be given as their text. */
  readonly rows?: readonly (readonly (Cell | string)[])[];
  readonly parameters?: readonly (FormulaParameter & { readonly cell: Cell })[];
  readonly resultType?: ResultType;
  readonly nowMs?: number;
  readonly timeZone?: string;
}

export function tableOfRows(
  columns: readonly ColumnSpec[],
  rows: readonly (readonly (Cell | string)[])[],
): Table {
  const built = columns.map((column, index) =>
    columnFromCells(
      column,
      rows.map((row) => {
        const cell = row[index] ?? null;
        return column.type === 'number' && typeof cell === 'string' ? parseDecimal(cell) : cell;
      }),
    ),
  );
  return tableOf(built, rows.length);
}

export function parsed(text: string): Expression {
  const result = parseFormula(text);
  if (!result.ok) throw new Error(`${text}: ${JSON.stringify(result.error)}`);
  return result.value;
}

export function checked(text: string, setting: Setting = {}): TypedExpression {
  const { columns = [], parameters = [], resultType } = setting;
  const scope = resultType === undefined ? { columns, parameters } : { columns, parameters, resultType };
  const result = checkFormula(parsed(text), scope);
  if (!result.ok) throw new Error(`${text}: ${JSON.stringify(result.error)}`);
  return result.value;
}

export function contextOf({
  parameters = [],
  nowMs = 0,
  timeZone = 'Asia/Tokyo',
}: Setting): EvaluationContext {
  const cells = new Map(parameters.map(({ name, cell }) => [name, cell]));
  return { nowMs, timeZone, parameter: (name) => cells.get(name) ?? null };
}

export function evaluated(text: string, setting: Setting = {}): FormulaResult {
  const table = tableOfRows(setting.columns ?? [], setting.rows ?? [[]]);
  return compileFormula(checked(text, setting)).evaluate(table, contextOf(setting));
}

/** Each row as text: numbers plain, blank "", an error as "#" and its code. */
export function shown(text: string, setting: Setting = {}): string[] {
  const { column, errors } = evaluated(text, setting);
  const codes = new Map(errors.map(({ row, code }) => [row, code]));
  return Array.from({ length: column.length }, (_, row) => {
    const code = codes.get(row);
    if (code !== undefined) return `#${code}`;
    const cell = cellAt(column, row);
    if (cell === null) return '';
    return typeof cell === 'string' ? cell : formatDecimal(cell as ReturnType<typeof parseDecimal> & object);
  });
}

/** The value of a formula without columns. */
export function value(text: string, setting: Setting = {}): string {
  return shown(text, setting)[0]!;
}

/** The failure of a formula that must not pass parsing and checking. */
export function failed(
  text: string,
  setting: Setting = {},
): { code: string; params: Record<string, unknown> } {
  const result = parseFormula(text);
  if (!result.ok) return { code: result.error.code, params: { ...result.error.params } };
  const { columns = [], parameters = [], resultType } = setting;
  const scope = resultType === undefined ? { columns, parameters } : { columns, parameters, resultType };
  const outcome = checkFormula(result.value, scope);
  if (outcome.ok) throw new Error(`${text} is accepted`);
  return { code: outcome.error.code, params: { ...outcome.error.params } };
}

/** One test per formula without columns: its text and what it shows. */
export function table(name: string, cases: readonly (readonly [string, string])[]): void {
  it.each(cases)(`${name}: %s is %s`, (text, expected) => {
    expect(value(text)).toBe(expected);
  });
}
