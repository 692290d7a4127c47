import { describe, expect, it } from 'vitest';
import { parametersOf } from '../../src/flow';
import { checkFormula, compileFormula, FUNCTIONS, parseFormula, ROW_ERROR_CODES } from '../../src/formula';
import { cellAt, columnNamed } from '../../src/table/index';
import { readCsv, shownTable } from './csv';
import { codeOf, readPage, tableRows } from './pages';
import { NOW_MS, TIME_ZONE } from './run-example';

const PAGE = readPage('docs/formulas.md');
const FORMULAS = tableRows(PAGE, 'Formula', 'Result').map(
  ([formula = '', result = '']) => [codeOf(formula), codeOf(result)] as const,
);

function block(name: string): string {
  const text = new RegExp(`^\`\`\`csv ${name}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(PAGE)?.[1];
  if (text === undefined) throw new Error(`The page has no block ${name}`);
  return text;
}

const row = readCsv(block('row')).table;
const calling = readCsv(block('record'));
const parameters = parametersOf(calling.fields);

/** The result as the page writes it. */
function resultOf(formula: string): string {
  const parsed = parseFormula(formula);
  if (!parsed.ok) return `#${parsed.error.code}`;
  const columns = row.columns.map((column) => column.spec);
  const checked = checkFormula(parsed.value, { columns, parameters });
  if (!checked.ok) return `#${checked.error.code}`;
  const { column, errors } = compileFormula(checked.value).evaluate(row, {
    nowMs: NOW_MS,
    timeZone: TIME_ZONE,
    parameter: (name) => (name === '$today' ? '2026-11-22' : cellAt(columnNamed(calling.table, name), 0)),
  });
  const [error] = errors;
  if (error !== undefined) return `#${error.code}`;
  const shown = shownTable({ rowCount: 1, columns: [column] })[1]?.[0] ?? '';
  return shown === '' ? '(blank)' : shown;
}

describe('the formulas of the page', () => {
  it.each(FORMULAS)('%s gives %s', (formula, result) => {
    expect(resultOf(formula)).toBe(result);
  });

  it.each([...FUNCTIONS.keys()])('%s is described and has an example', (name) => {
    expect(PAGE).toMatch(new RegExp(`^\\|[^|]*\`${name}\\(.*\\|`, 'm'));
    expect(FORMULAS.some(([formula]) => new RegExp(`\\b${name}\\(`).test(formula))).toBe(true);
  });

  it.each(ROW_ERROR_CODES)('the error %s is described and shown', (code) => {
    expect(tableRows(PAGE, 'Code', 'Meaning').some(([codes]) => codes?.includes(`\`${code}\``))).toBe(true);
    expect(FORMULAS.some(([, result]) => result === `#${code}`)).toBe(true);
  });
});
