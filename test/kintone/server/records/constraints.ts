import { compareDecimal, integerDigits, parseDecimal } from '../../store/decimal';
import type { Cell, FieldProperty, KintoneRecord } from '../../store/types';
import { canBeUnique } from '../../store/uniqueIndex';
import type { Level } from './form';
import type { WriteScope } from './scope';

/** The ending of the key under which kintone reports a missing required value differs per type. */
function requiredKey(field: FieldProperty, path: string): string {
  switch (field.type) {
    case 'CHECK_BOX':
    case 'MULTI_SELECT':
    case 'FILE':
      return `${path}.values`;
    case 'USER_SELECT':
    case 'GROUP_SELECT':
    case 'ORGANIZATION_SELECT':
      return `${path}.values.value`;
    default:
      return `${path}.value`;
  }
}

function isEmpty(cell: Cell): boolean {
  return cell.value === null || cell.value === '' || (Array.isArray(cell.value) && cell.value.length === 0);
}

function checkText(scope: WriteScope, field: FieldProperty, text: string, key: string): void {
  const min = Number(field.minLength || 0);
  // A unique text holds at most 64 characters whatever its own limit.
  const ownMax = field.maxLength === undefined || field.maxLength === '' ? Infinity : Number(field.maxLength);
  const max = field.unique === true && canBeUnique(field) ? Math.min(ownMax, 64) : ownMax;
  if (text.length < min) scope.problems.push({ key, message: 'tooShort', params: { limit: min - 1 } });
  if (text.length > max) scope.problems.push({ key, message: 'tooLong', params: { limit: max + 1 } });
}

function checkNumber(scope: WriteScope, field: FieldProperty, text: string, key: string): void {
  const number = parseDecimal(text);
  if (number === null) return;
  const { digits, decimalPlaces } = scope.side.settings.numberPrecision;
  if (integerDigits(number) > Number(digits) - Number(decimalPlaces)) {
    scope.problems.push({ key, message: 'tooPrecise', params: { limit: digits } });
  }
  const min = parseDecimal(field.minValue ?? '');
  const max = parseDecimal(field.maxValue ?? '');
  if (min !== null && compareDecimal(number, min) < 0) {
    scope.problems.push({ key, message: 'tooSmall', params: { limit: field.minValue! } });
  }
  if (max !== null && compareDecimal(number, max) > 0) {
    scope.problems.push({ key, message: 'tooLarge', params: { limit: field.maxValue! } });
  }
}

function checkOptions(scope: WriteScope, field: FieldProperty, cell: Cell, path: string): void {
  const options = field.options ?? {};
  const report = (value: string, key: string) => {
    if (!Object.hasOwn(options, value)) scope.problems.push({ key, message: 'badOption', params: { value } });
  };
  if (typeof cell.value === 'string') report(cell.value, `${path}.value`);
  if (Array.isArray(cell.value)) {
    for (const [at, value] of cell.value.entries()) {
      if (typeof value === 'string') report(value, `${path}.values[${at}].value`);
    }
  }
}

function checkCell(scope: WriteScope, field: FieldProperty, cell: Cell, path: string): void {
  if (isEmpty(cell)) {
    // The API does not enforce "required" on radio buttons.
    if (field.required === true && field.type !== 'RADIO_BUTTON') {
      const key = requiredKey(field, path);
      // A value that could not be read is empty by now; its own problem says more.
      if (!scope.problems.some((problem) => problem.key === key)) {
        scope.problems.push({ key, message: 'required' });
      }
    }
    return;
  }
  if (field.options !== undefined) checkOptions(scope, field, cell, path);
  if (typeof cell.value !== 'string') return;
  const key = `${path}.value`;
  if (field.type === 'SINGLE_LINE_TEXT' || field.type === 'LINK') checkText(scope, field, cell.value, key);
  if (field.type === 'NUMBER') checkNumber(scope, field, cell.value, key);
}

function checkLevel(
  scope: WriteScope,
  level: Level,
  cells: Readonly<Record<string, Cell>>,
  path: string,
): void {
  for (const field of level.writable) {
    const cell = cells[field.code];
    if (cell === undefined) continue;
    if (field.type !== 'SUBTABLE') {
      checkCell(scope, field, cell, `${path}.${field.code}`);
      continue;
    }
    const rowLevel = scope.form.rows.get(field.code);
    if (rowLevel === undefined || !Array.isArray(cell.value)) continue;
    for (const [at, row] of cell.value.entries()) {
      if (typeof row === 'object' && 'id' in row) {
        checkLevel(scope, rowLevel, row.value, `${path}.${field.code}.value[${at}].value`);
      }
    }
  }
}

/**
 * Checks a whole record, as it would be stored, against the form; problems go to `scope.problems` under
 * `<path>.<code>…`. The merged record is what kintone checks on PUT too, so an old record that lacks a value
 * required by now refuses every update.
 */
export function checkRecord(scope: WriteScope, id: number | null, record: KintoneRecord, path: string): void {
  checkLevel(scope, scope.form.top, record, path);
  for (const code of scope.app.records.unique.collisions(id, record)) {
    scope.problems.push({ key: `${path}.${code}.value`, message: 'duplicate' });
  }
}
