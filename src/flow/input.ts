/** Values that a person or a program gives at the start of a run, read into the types their names stand for. */
import { converter } from '../commands/type-conversion';
import type { ParameterSpec } from '../commands/types';
import { type Failure, fail, failure, ok, type Result } from '../definition/errors';
import type { InputField } from '../definition/types';
import type { Cell, ColumnType } from '../table/types';
import { inputParameters } from './parameters';

/** What may be given: the unit's input fields, and the calling record's fields for a start without a record. */
export interface InputForm {
  readonly fields: readonly InputField[];
  /** Empty when there is a record, which then has the values. */
  readonly recordFields: readonly ParameterSpec[];
}

/** Types that one line of a form can hold; people, files and tables need a record. */
export const INPUT_TYPES: ReadonlySet<ColumnType> = new Set<ColumnType>([
  'text',
  'number',
  'date',
  'time',
  'datetime',
  'choice',
  'choices',
]);

/**
 * Cells by name. A field of the unit that is not given has its default value; a given blank is blank. Dates and times
 * are read as `setType` reads them, on the wall clock of `timeZone`; of several choices each line is one.
 * Errors, with the name as `place.field`: `inputUnknown {name, known}`, `inputRequired {label}`,
 * `inputUnreadable {label, value, type}`, `inputNotOption {label, value, options}`.
 */
export function readInput(
  form: InputForm,
  given: Readonly<Record<string, string>>,
  timeZone: string,
): Result<ReadonlyMap<string, Cell>> {
  const specs = [...inputParameters(form.fields), ...form.recordFields.filter(isGivable)];
  const stranger = Object.keys(given).find((name) => !specs.some((spec) => spec.name === name));
  if (stranger !== undefined) {
    const known = specs.map((spec) => spec.name).join(', ');
    return fail(failure('inputUnknown', { name: stranger, known }, { field: stranger }));
  }
  const cells = new Map<string, Cell>();
  for (const [index, spec] of specs.entries()) {
    const field = form.fields[index];
    const text = Object.hasOwn(given, spec.name) ? given[spec.name] : field?.defaultValue;
    if (text === undefined) continue;
    const cell = readOne(spec, text, timeZone);
    if (!cell.ok) return cell;
    if (cell.value === null && field?.required === true)
      return fail(failure('inputRequired', { label: spec.label }, { field: spec.name }));
    cells.set(spec.name, cell.value);
  }
  return ok(cells);
}

const isGivable = (spec: ParameterSpec): boolean => INPUT_TYPES.has(spec.type) && !spec.name.startsWith('$');

const TEXT = { type: 'text' } as const;

function readOne(spec: ParameterSpec, text: string, timeZone: string): Result<Cell, Failure> {
  if (text === '') return ok(null);
  const options = spec.options ?? [];
  const convert = converter(TEXT, spec.type, { separator: '\n', people: 'code', options, timeZone });
  const { cell, isWhole } = convert(text);
  if (isWhole) return ok(cell);
  const place = { field: spec.name };
  return fail(
    options.length > 0
      ? failure('inputNotOption', { label: spec.label, value: text, options: options.join(', ') }, place)
      : failure('inputUnreadable', { label: spec.label, value: text, type: spec.type }, place),
  );
}
