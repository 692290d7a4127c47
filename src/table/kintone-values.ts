/**
 * kintone values to cells and back; nothing else in the project knows both forms.
 * Source of the forms: kintone developer site, "field types" (values on the wire by field type).
 */
import { cellToText, formOfCell } from './cells';
import { type Decimal, divide, formatDecimal, fromInteger, parseDecimal } from './decimal';
import { fieldTypeOf, isReadOnlyType } from './kintone-fields';
import { daysFromText, minutesFromText, minutesOfDayFromText, textFromMinutes } from './moments';
import type { Cell, ColumnSpec, FileRef, InnerRow, Person } from './types';

export { columnSpecOfField, columnSpecsOfFields, isWritable } from './kintone-fields';

/** kintone answered something that its documentation rules out; going on would lose or invent data. */
export class UnexpectedValueError extends Error {
  readonly code = 'unexpectedValue';
  readonly field: string;

  constructor(spec: ColumnSpec) {
    super(`Field "${spec.name}" (${spec.fieldType ?? spec.type}) has a value of an unexpected form`);
    this.field = spec.name;
  }
}

/**
 * A cell from the `value` of a field as kintone answers it. Blank ("" , null, [] or a missing value) is null.
 * Throws UnexpectedValueError.
 */
export function cellFromKintone(spec: ColumnSpec, value: unknown): Cell {
  if (value === null || value === undefined || value === '') return null;
  switch (spec.type) {
    case 'text':
    case 'choice':
      return textOf(spec, value);
    case 'number':
      return numberOf(value) ?? unexpected(spec);
    case 'date':
      return checkedText(spec, value, daysFromText);
    case 'time':
      return checkedText(spec, value, minutesOfDayFromText);
    case 'datetime': {
      const minutes = minutesFromText(textOf(spec, value));
      return minutes === null ? unexpected(spec) : textFromMinutes(minutes);
    }
    case 'choices':
      return blankIfEmpty(listOf(spec, value).map((label) => textOf(spec, label)));
    case 'people':
      // CREATOR and MODIFIER are one person, all others a list.
      return blankIfEmpty((Array.isArray(value) ? value : [value]).map((entry) => personOf(spec, entry)));
    case 'files':
      return blankIfEmpty(listOf(spec, value).map((entry) => fileOf(spec, entry)));
    case 'table':
      return blankIfEmpty(listOf(spec, value).map((entry) => innerRowOf(spec, entry)));
  }
}

/** A number in kintone's text form, or a duration "H:MM" as hours; null when it is neither. */
export function numberFromKintoneText(text: string): Decimal | null {
  const duration = /^(-?)(\d+):([0-5]\d)$/.exec(text);
  if (duration === null) return parseDecimal(text);
  const minutes = BigInt(duration[2] as string) * 60n + BigInt(duration[3] as string);
  return divide(fromInteger(duration[1] === '-' ? -minutes : minutes), fromInteger(60));
}

/**
 * The `value` to write for a cell. `fieldType` is kintone's type of the target field; `columns` are the
 * inner columns a table cell was made with (their `name` is the inner field code). Blank takes the form
 * the type needs: "", null or []. A scalar given to a text field becomes its canonical text.
 */
export function kintoneFromCell(fieldType: string, cell: Cell, columns: readonly ColumnSpec[] = []): unknown {
  const form = formOfCell(cell);
  switch (fieldType) {
    case 'DROP_DOWN':
    case 'DATE':
    case 'TIME':
      return form === null ? null : cellToText('text', cell);
    case 'CHECK_BOX':
    case 'MULTI_SELECT':
    case 'CATEGORY':
      if (form === null) return [];
      return form.form === 'choices' ? form.labels : [cellToText('text', cell)];
    case 'USER_SELECT':
    case 'ORGANIZATION_SELECT':
    case 'GROUP_SELECT':
    case 'STATUS_ASSIGNEE':
      if (form === null) return [];
      if (form.form === 'people') return form.people.map(({ code }) => ({ code }));
      return form.form === 'choices'
        ? form.labels.map((code) => ({ code }))
        : [{ code: cellToText('text', cell) }];
    case 'CREATOR':
    case 'MODIFIER':
      return form?.form === 'people'
        ? { code: form.people[0]?.code ?? '' }
        : { code: cellToText('text', cell) };
    case 'FILE':
      return form?.form === 'files' ? form.files.map(({ fileKey }) => ({ fileKey })) : [];
    case 'SUBTABLE':
      return form?.form === 'table' ? form.rows.map((row) => innerRowToKintone(row, columns)) : [];
    default:
      return form?.form === 'number' ? formatDecimal(form.decimal) : cellToText('text', cell);
  }
}

/** A row kintone does not know has no id to send; fields that no API takes are left out. */
function innerRowToKintone(row: InnerRow, columns: readonly ColumnSpec[]): unknown {
  const value: Record<string, { value: unknown }> = {};
  columns.forEach((column, index) => {
    const fieldType = fieldTypeOf(column);
    if (isReadOnlyType(fieldType)) return;
    value[column.name] = { value: kintoneFromCell(fieldType, row.cells[index] ?? null) };
  });
  return row.id === null ? { value } : { id: row.id, value };
}

function innerRowOf(spec: ColumnSpec, entry: unknown): InnerRow {
  if (!isObject(entry) || !isObject(entry['value'])) return unexpected(spec);
  const { id, value: fields } = entry;
  const cells = (spec.columns ?? []).map((column) => {
    const field = fields[column.name];
    return cellFromKintone(column, isObject(field) ? field['value'] : null);
  });
  return { id: typeof id === 'string' || typeof id === 'number' ? String(id) : null, cells };
}

function personOf(spec: ColumnSpec, entry: unknown): Person {
  if (!isObject(entry) || typeof entry['code'] !== 'string') return unexpected(spec);
  return { code: entry['code'], name: typeof entry['name'] === 'string' ? entry['name'] : entry['code'] };
}

function fileOf(spec: ColumnSpec, entry: unknown): FileRef {
  if (!isObject(entry) || typeof entry['fileKey'] !== 'string') return unexpected(spec);
  const text = (key: string): string => String(entry[key] ?? '');
  return {
    fileKey: entry['fileKey'],
    name: text('name'),
    contentType: text('contentType'),
    size: text('size'),
  };
}

function numberOf(value: unknown): Decimal | null {
  if (typeof value === 'string') return numberFromKintoneText(value);
  return typeof value === 'number' ? parseDecimal(String(value)) : null;
}

function textOf(spec: ColumnSpec, value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : unexpected(spec);
}

function checkedText(spec: ColumnSpec, value: unknown, parse: (text: string) => number | null): string {
  const text = textOf(spec, value);
  return parse(text) === null ? unexpected(spec) : text;
}

function listOf(spec: ColumnSpec, value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : unexpected(spec);
}

function blankIfEmpty<T>(entries: readonly T[]): readonly T[] | null {
  return entries.length === 0 ? null : entries;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unexpected(spec: ColumnSpec): never {
  throw new UnexpectedValueError(spec);
}
