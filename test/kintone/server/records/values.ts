import { formatDecimal, parseDecimal, roundDecimal } from '../../store/decimal';
import type { Cell, CellValue, Entity, FieldProperty, FileValue } from '../../store/types';
import { ApiError, invalid } from '../errors';
import { isObject } from '../params';
import { readDate, readDateTime, readTime } from './dates';
import type { WriteScope } from './scope';

/**
 * Where a cell sits, for error keys: `record.code`, `records[2].code` or
 * `record.table.value[0].value.code`. `inTable` changes what happens to values that are no number.
 */
export interface Place {
  readonly path: string;
  readonly inTable: boolean;
}

function textOf(value: unknown, key: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw invalid({ key, message: 'notString' });
}

function listOf(value: unknown, key: string): unknown[] {
  if (value === null || value === undefined || value === '') return [];
  if (!Array.isArray(value)) throw invalid({ key, message: 'notArray' });
  return value;
}

/**
 * A NUMBER in plain notation, decimals rounded as the app says.
 * Outside a table a wrong value is a problem under its own key (and, being empty then, under a second one if
 * the field is required); inside a table it silently becomes empty. Both as observed.
 */
function readNumber(scope: WriteScope, field: FieldProperty, value: unknown, place: Place): string | null {
  if (value === null) return null;
  const text = textOf(value, `${place.path}.value`).trim();
  if (text === '') return '';
  const number = parseDecimal(text);
  if (number === null) {
    if (place.inTable) return '';
    const dot = place.path.lastIndexOf('.');
    const bracketed = `${place.path.slice(0, dot)}[${field.code}].value`;
    scope.problems.push({ key: bracketed, message: 'notNumber' });
    return '';
  }
  const precision = scope.side.settings.numberPrecision;
  return formatDecimal(roundDecimal(number, Number(precision.decimalPlaces), precision.roundingMode));
}

function readBy(
  scope: WriteScope,
  value: unknown,
  place: Place,
  read: (text: string) => string | null,
  problem: 'badDate' | 'badTime' | 'badDateTime',
): string | null {
  const key = `${place.path}.value`;
  const text = textOf(value, key).trim();
  if (text === '') return null;
  const result = read(text);
  if (result === null) scope.problems.push({ key, message: problem });
  return result;
}

const directories = {
  USER_SELECT: { unknown: 'GAIA_IL26', of: 'users' },
  GROUP_SELECT: { unknown: 'GAIA_IL27', of: 'groups' },
  ORGANIZATION_SELECT: { unknown: 'GAIA_IL28', of: 'organizations' },
} as const;

/** Entities by their codes; an unknown code refuses the whole call. */
export function readEntities(
  scope: WriteScope,
  type: keyof typeof directories,
  value: unknown,
  key: string,
): Entity[] {
  const directory = directories[type];
  const known: ReadonlyMap<string, Entity> = scope.store[directory.of];
  const chosen = new Map<string, Entity>();
  for (const [at, item] of listOf(value, key).entries()) {
    const code = isObject(item) ? item['code'] : undefined;
    if (typeof code !== 'string') throw invalid({ key: `${key}[${at}].code`, message: 'required' });
    const found = known.get(code);
    if (found === undefined) throw new ApiError(directory.unknown, { code });
    chosen.set(code, { code: found.code, name: found.name });
  }
  return [...chosen.values()];
}

function readFiles(scope: WriteScope, value: unknown, key: string): FileValue[] {
  return listOf(value, key).map((item, at) => {
    const fileKey = isObject(item) ? item['fileKey'] : undefined;
    if (typeof fileKey !== 'string') throw invalid({ key: `${key}[${at}].fileKey`, message: 'required' });
    const file = scope.store.files.attach(fileKey);
    if (file === null) throw new ApiError('GAIA_BL01', { id: fileKey });
    return file;
  });
}

function readChoices(field: FieldProperty, value: unknown, key: string): string[] {
  const chosen = new Set(listOf(value, key).map((item, at) => textOf(item, `${key}[${at}]`)));
  const order = (name: string) => Number(field.options?.[name]?.index ?? 0);
  // kintone answers in the order of the options, whatever the order that was sent.
  return [...chosen].sort((a, b) => order(a) - order(b));
}

/** Reads what a caller sent as the value of a field (tables excepted) into what the store keeps. */
export function readValue(scope: WriteScope, field: FieldProperty, value: unknown, place: Place): CellValue {
  const key = `${place.path}.value`;
  switch (field.type) {
    case 'NUMBER':
      return readNumber(scope, field, value, place);
    case 'DATE':
      return readBy(scope, value, place, readDate, 'badDate');
    case 'TIME':
      return readBy(scope, value, place, readTime, 'badTime');
    case 'DATETIME':
      return readBy(scope, value, place, readDateTime, 'badDateTime') ?? '';
    case 'RADIO_BUTTON':
    case 'DROP_DOWN': {
      const text = textOf(value, key);
      return text === '' ? null : text;
    }
    case 'CHECK_BOX':
    case 'MULTI_SELECT':
      return readChoices(field, value, key);
    case 'USER_SELECT':
    case 'GROUP_SELECT':
    case 'ORGANIZATION_SELECT':
      return readEntities(scope, field.type, value, key);
    case 'FILE':
      return readFiles(scope, value, key);
    default:
      return textOf(value, key);
  }
}

/** The `value` of a sent cell; a cell that is no object is refused. */
export function sentValue(cell: unknown, path: string): unknown {
  if (!isObject(cell)) throw invalid({ key: path, message: 'notObject' });
  return cell['value'] ?? null;
}

function defaultEntities(scope: WriteScope, field: FieldProperty): Entity[] {
  if (!Array.isArray(field.defaultValue)) return [];
  const entities: Entity[] = [];
  for (const item of field.defaultValue) {
    if (typeof item === 'string') continue;
    if (item.type === 'FUNCTION') {
      const primary = scope.store.organizations.get(scope.user.organizations[0] ?? '');
      const chosen = field.type === 'USER_SELECT' ? scope.user : primary;
      if (chosen !== undefined) entities.push({ code: chosen.code, name: chosen.name });
      continue;
    }
    const { users, groups, organizations } = scope.store;
    const found =
      item.type === 'USER'
        ? users.get(item.code)
        : item.type === 'GROUP'
          ? groups.get(item.code)
          : organizations.get(item.code);
    if (found !== undefined) entities.push({ code: found.code, name: found.name });
  }
  return entities;
}

/** Date and time "now" as the calling user's clock shows it. */
function localNow(scope: WriteScope): { date: string; time: string } {
  const text = new Date(scope.store.clock.nowMs()).toLocaleString('sv-SE', { timeZone: scope.user.timezone });
  return { date: text.slice(0, 10), time: text.slice(11, 16) };
}

/** The value a field gets when a new record or row does not mention it. */
export function initialCell(scope: WriteScope, field: FieldProperty): Cell {
  const { type } = field;
  const preset = typeof field.defaultValue === 'string' ? field.defaultValue : '';
  switch (type) {
    case 'DATE':
      return { type, value: field.defaultNowValue === true ? localNow(scope).date : preset || null };
    case 'TIME':
      return { type, value: field.defaultNowValue === true ? localNow(scope).time : preset || null };
    case 'DATETIME': {
      const now = new Date(scope.store.clock.nowMs()).toISOString();
      return {
        type,
        value: (field.defaultNowValue === true ? readDateTime(now) : readDateTime(preset)) ?? '',
      };
    }
    case 'RADIO_BUTTON':
    case 'DROP_DOWN':
      return { type, value: preset || null };
    case 'CHECK_BOX':
    case 'MULTI_SELECT': {
      const chosen = Array.isArray(field.defaultValue) ? field.defaultValue : [];
      return { type, value: chosen.filter((item): item is string => typeof item === 'string') };
    }
    case 'USER_SELECT':
    case 'GROUP_SELECT':
    case 'ORGANIZATION_SELECT':
      return { type, value: defaultEntities(scope, field) };
    case 'FILE':
    case 'SUBTABLE':
      return { type, value: [] };
    default:
      return { type, value: preset };
  }
}

/** The value of a field in records that existed before the field: empty, whatever its default. */
export function emptyCell(field: FieldProperty): Cell {
  const { type } = field;
  if (['CHECK_BOX', 'MULTI_SELECT', 'FILE', 'SUBTABLE', 'CATEGORY', 'STATUS_ASSIGNEE'].includes(type)) {
    return { type, value: [] };
  }
  if (type.endsWith('_SELECT')) return { type, value: [] };
  const isNull = ['DATE', 'TIME', 'RADIO_BUTTON', 'DROP_DOWN'].includes(type);
  return { type, value: isNull ? null : '' };
}
