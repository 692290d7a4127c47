/** 外部API入力: rows from a JSON or CSV answer of a host outside kintone. */
import { FailureError, failure } from '../definition/errors';
import { columnBuilder, tableOf } from '../table/index';
import type { Column, ColumnSpec } from '../table/types';
import { NOT_CONVERTIBLE } from './convert';
import { csvTexts, isColumnNumber, jsonTexts } from './http-answers';
import { checkRequest, hostOf, httpRequest } from './http-request';
import type { HttpColumn, InputHttpSettings } from './http-settings';
import { httpSettings } from './http-settings';
import { httpCell } from './http-values';
import { checkNewName, problemList } from './problem-list';
import { templateNames } from './text-template';
import type { CommandSpec, RunContext } from './types';

/**
 * Sends one request per run, however often the flow is computed, and makes rows of the answer, in its order.
 * JSON and CSV as described at `jsonTexts` and `csvTexts`; UTF-8. A missing key or an empty cell is blank.
 * Numbers, dates ("2026-11-21" or "2026/11/21"), times and date-times (ISO 8601 with a zone) are read in their forms;
 * other values stop with `httpValueInvalid {column, value, type}` at the row, or become blank and are reported as
 * `valuesNotConverted {column}`. Texts that begin like a formula (=, @, or + and - before what is no number) are reported as
 * `formulaTextsFound {column}`, or get an apostrophe and are reported as `formulaTextsGuarded {column}` (OWASP, "CSV injection").
 * CSV rows of another length are reported as `csvRowsUneven`.
 * The request is described at `httpRequest`. Stops with `httpStatus {host, status}` unless the status is 2xx, with the
 * failures of `RunContext.fetchText`, and with those of reading the answer.
 * Problems: those of `checkRequest`; `httpColumnsMissing`; `columnNameBlank`; `columnNameTaken {column}`;
 * `csvColumnBlank`, `csvColumnNotNumber {column}` (without a header).
 */
export const inputHttp: CommandSpec<InputHttpSettings> = {
  type: 'inputHttp',
  group: 'input',
  inputCount: 0,
  settings: httpSettings,
  defaults: () => ({
    url: '',
    method: 'GET',
    headers: [],
    bodyType: 'json',
    body: '',
    format: 'json',
    path: '',
    csvHeader: true,
    csvDelimiter: 'comma',
    columns: [],
    onError: 'fail',
    formulaTexts: 'keep',
    connector: null,
  }),
  apps: () => [],
  parameters: ({ url, method, body }, known) => {
    const isKnown = (name: string): boolean => known.some((spec) => spec.name === name);
    return [...templateNames(url, isKnown), ...(method === 'POST' ? templateNames(body, isKnown) : [])];
  },
  columns(_inputs, chosen, context) {
    const list = problemList(context.place);
    checkRequest(chosen, context.parameters, list);
    if (chosen.columns.length === 0) list.error('httpColumnsMissing', {}, 'columns');
    const taken = new Set<string>();
    const columns: ColumnSpec[] = [];
    chosen.columns.forEach((column, index) => {
      const path = `columns.${index}`;
      if (chosen.format === 'csv') {
        if (column.from === '') list.error('csvColumnBlank', {}, `${path}.from`);
        else if (!chosen.csvHeader && !isColumnNumber(column.from)) {
          list.error('csvColumnNotNumber', { column: column.from }, `${path}.from`);
        }
      }
      if (!checkNewName(taken, column.as, `${path}.as`, list)) return;
      taken.add(column.as);
      columns.push(specOf(column));
    });
    return { columns, problems: list.problems };
  },
  async run(_inputs, chosen, context) {
    const request = httpRequest(chosen, context);
    const reply = await context.fetchText(request);
    const host = hostOf(request.url);
    if (reply.status < 200 || reply.status > 299) {
      throw new FailureError(failure('httpStatus', { host, status: String(reply.status) }, context.place));
    }
    const texts =
      chosen.format === 'csv'
        ? csvTexts(reply.text, chosen)
        : jsonTexts(reply.text, chosen.path, chosen.columns);
    if (texts.unevenRows > 0) {
      context.report({ code: 'csvRowsUneven', params: {}, place: context.place, count: texts.unevenRows });
    }
    const columns = chosen.columns.map((column, index) =>
      typedColumn(column, texts.columns[index] ?? [], chosen, context),
    );
    return tableOf(columns, texts.rowCount);
  },
};

const specOf = ({ as, label, type }: HttpColumn): ColumnSpec => ({
  name: as,
  label: label === '' ? as : label,
  type,
});

function typedColumn(
  column: HttpColumn,
  texts: readonly (string | null)[],
  { onError, formulaTexts }: InputHttpSettings,
  context: RunContext,
): Column {
  const { type, as } = column;
  const builder = columnBuilder(specOf(column));
  let wrong = 0;
  let formulas = 0;
  texts.forEach((text, row) => {
    if (text === null) {
      builder.append(null);
      return;
    }
    const isFormula = type === 'text' && looksLikeFormula(text);
    if (isFormula) formulas += 1;
    const cell = isFormula && formulaTexts === 'guard' ? `'${text}` : httpCell(text, type);
    if (cell !== NOT_CONVERTIBLE) {
      builder.append(cell);
      return;
    }
    if (onError === 'fail') {
      const params = { column: as, value: text.slice(0, SHOWN_LENGTH), type };
      throw new FailureError(failure('httpValueInvalid', params, { ...context.place, field: as, row }));
    }
    wrong += 1;
    builder.append(null);
  });
  const place = { ...context.place, field: as };
  if (wrong > 0) context.report({ code: 'valuesNotConverted', params: { column: as }, place, count: wrong });
  if (formulas > 0) {
    const params = { column: as };
    if (formulaTexts === 'guard')
      context.report({ code: 'formulaTextsGuarded', params, place, count: formulas });
    else context.report({ code: 'formulaTextsFound', params, place, count: formulas });
  }
  return builder.finish();
}

/** Characters of a wrong value that a message shows. */
const SHOWN_LENGTH = 100;

/** "-5" and "+81 (3) 1234" are numbers of some kind; "-A1" and "+1+cmd|..." are not. */
function looksLikeFormula(text: string): boolean {
  return /^[=@\t\r]/.test(text) || (/^[+-]/.test(text) && !/^[-+()., \d]*$/.test(text));
}
