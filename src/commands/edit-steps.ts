/** The methods of the edit command: the column each makes, and how. */
import { FailureError, failure } from '../definition/errors';
import { cellAt, cellToText, columnFromCells, columnNamed, mapTexts, withSpec } from '../table/index';
import type { Cell, Column, ColumnSpec, ColumnType, Table } from '../table/types';
import { literalCell, NOT_CONVERTIBLE } from './convert';
import { datePartColumn, datePartSources, datePartType } from './date-part';
import type { EditStep, FillStep, ReplaceStep } from './edit-settings';
import { isReadable } from './field-types';
import { checkFormulaSettings, formulaColumn } from './formulas';
import type { ProblemList } from './problem-list';
import { checkParameter, requireColumn } from './problem-list';
import { converter } from './type-conversion';
import type { ParameterSpec, RunContext } from './types';

/** The column a step makes, or null with the reasons in `list`. Problems as described at `edit`. */
export function editSpec(
  step: EditStep,
  columns: readonly ColumnSpec[],
  parameters: readonly ParameterSpec[],
  path: string,
  list: ProblemList,
): ColumnSpec | null {
  const replaced = columns.find((column) => column.name === step.target);
  const name = step.target;
  const label = step.label !== '' ? step.label : (replaced?.label ?? name);
  if (step.method === 'formula') {
    const scope = { columns, parameters, path: `${path}.formula`, list };
    const type = checkFormulaSettings(step.formula, step.type, scope);
    return type && { name, label, type };
  }
  const source = requireColumn(columns, step.source, `${path}.source`, list);
  if (!source) return null;
  const unsuitable = (): null => {
    const params = { column: source.name, type: source.type, method: step.method };
    list.error('editTypeUnsuitable', params, `${path}.source`);
    return null;
  };
  switch (step.method) {
    case 'datePart':
      if (!datePartSources(step.part).includes(source.type)) return unsuitable();
      return { name, label, type: datePartType(step.part) };
    case 'copy':
      return { ...source, name, label };
    case 'replace':
      if (source.type !== 'text' && source.type !== 'choice') return unsuitable();
      if (step.search === '') list.error('searchBlank', {}, `${path}.search`);
      return { name, label, type: 'text' };
    case 'fill':
      if (source.type === 'table' || source.type === 'files') return unsuitable();
      if (step.with === 'value') checkFillValue(step, source.type, path, list);
      if (step.with === 'parameter') {
        const fits = (spec: ParameterSpec): boolean => fillsFrom(spec, source);
        checkParameter(parameters, step.value, fits, `${path}.value`, list);
      }
      return { ...source, name, label };
  }
}

/** Types that are read as another, or the very same. */
const fillsFrom = (parameter: ColumnSpec, { type }: ColumnSpec): boolean =>
  parameter.type === type || isReadable(parameter.type, type);

function checkFillValue(step: FillStep, type: ColumnType, path: string, list: ProblemList): void {
  if (step.value === '') list.error('fillValueBlank', {}, `${path}.value`);
  else if (literalCell(type, step.value) === NOT_CONVERTIBLE) {
    list.error('fillValueInvalid', { value: step.value, type }, `${path}.value`);
  }
}

/** Computes the column; `spec` comes from `editSpec`, `context.place` says which step it is. */
export function editColumn(step: EditStep, spec: ColumnSpec, table: Table, context: RunContext): Column {
  switch (step.method) {
    case 'formula':
      return formulaColumn(step.formula, spec, table, context, step.onError);
    case 'datePart':
      return datePartColumn(columnNamed(table, step.source), step.part, spec, context.timeZone);
    case 'copy':
      return withSpec(columnNamed(table, step.source), spec);
    case 'replace':
      return replaced(columnNamed(table, step.source), spec, step);
    case 'fill':
      return columnFromCells(spec, filledCells(columnNamed(table, step.source), step, context));
  }
}

function replaced(source: Column, spec: ColumnSpec, step: ReplaceStep): Column {
  // `columns` has let only texts and choices through, which are stored as texts.
  if (source.kind !== 'text') throw new Error(`Column ${source.spec.name} holds no text`);
  // Split and join, because a replacement text may hold "$&", which `replaceAll` would interpret.
  return mapTexts(source, spec, (text) => text.split(step.search).join(step.replacement));
}

function* filledCells(source: Column, step: FillStep, context: RunContext): Iterable<Cell> {
  let filler = fillerOf(source.spec, step, context);
  for (let row = 0; row < source.length; row += 1) {
    const cell = cellAt(source, row);
    if (cell !== null && step.with === 'previous') filler = cell;
    yield cell ?? filler;
  }
}

/** Lists are one entry per line in texts, as in `constant`. */
const RULES = { separator: '\n', people: 'name', options: [] } as const;

/** What fills before any cell of the column does; blank fills nothing. */
function fillerOf({ name, type }: ColumnSpec, step: FillStep, context: RunContext): Cell {
  if (step.with === 'previous') return null;
  if (step.with === 'value') {
    const literal = literalCell(type, step.value);
    return literal === NOT_CONVERTIBLE ? null : literal;
  }
  const { spec, cell } = context.parameter(step.value);
  if (spec.type === type) return cell;
  const converted = converter(spec, type, { ...RULES, timeZone: context.timeZone })(cell);
  if (converted.isWhole) return converted.cell;
  const params = { column: name, value: cellToText(spec.type, cell) };
  throw new FailureError(failure('constantNotConvertible', params, context.place));
}
