/** Works out a formula of the pages on the row and the calling record that `docs/formulas.md` shows. */
import { parametersOf } from '../../src/flow';
import { checkFormula, compileFormula, parseFormula } from '../../src/formula';
import { cellAt, columnNamed } from '../../src/table/index';
import { readCsv, shownTable } from './csv';
import { readPage } from './pages';
import { NOW_MS, TIME_ZONE } from './run-example';

export const FORMULAS_PAGE = readPage('docs/formulas.md');

function block(name: string): string {
  const text = new RegExp(`^\`\`\`csv ${name}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(FORMULAS_PAGE)?.[1];
  if (text === undefined) throw new Error(`The page has no block ${name}`);
  return text;
}

const row = readCsv(block('row')).table;
const calling = readCsv(block('record'));
const parameters = parametersOf(calling.fields);

/** The result as the pages write it: `(blank)`, or `#` and the code of an error. */
export function resultOf(formula: string): string {
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
