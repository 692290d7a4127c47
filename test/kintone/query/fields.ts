import { QueryError } from './errors';
import type { FieldReference, Operator, QueryField, QueryFields } from './types';

/** How values of a field are compared; several kintone types share a kind. */
export type FieldKind =
  | 'id'
  | 'number'
  | 'date'
  | 'time'
  | 'datetime'
  | 'duration'
  | 'text'
  | 'longText'
  | 'richText'
  | 'file'
  | 'choice'
  | 'people';

/** Where a field's values are found: in the record, or in rows of a table or of a related-records list. */
export type RowSource = { readonly kind: 'table' | 'related'; readonly code: string } | null;

export interface ResolvedField {
  /** The code as written, `related.code` included; for error details. */
  readonly name: string;
  /** Key of the value in the record or row. */
  readonly code: string;
  readonly rows: RowSource;
  /** `null`: a field of a related app whose fields the caller did not give. */
  readonly definition: QueryField | null;
}

const ORDERED: readonly Operator[] = ['=', '!=', '<', '>', '<=', '>='];
const LISTED: readonly Operator[] = ['in', 'not in'];
const SEARCHED: readonly Operator[] = ['like', 'not like'];
const EMPTIABLE: readonly Operator[] = ['is empty', 'is not empty'];
const NUMERIC = [...ORDERED, ...LISTED];
const TEXTUAL: readonly Operator[] = ['=', '!=', ...LISTED, ...SEARCHED];

/** Operators per field type: the table of facts 2.6. RICH_TEXT: sources conflict on `is empty`, so it is refused. */
const OPERATORS: Readonly<Record<string, readonly Operator[]>> = {
  __ID__: NUMERIC,
  RECORD_NUMBER: NUMERIC,
  NUMBER: NUMERIC,
  CALC: NUMERIC,
  CREATED_TIME: ORDERED,
  UPDATED_TIME: ORDERED,
  DATE: ORDERED,
  TIME: ORDERED,
  DATETIME: ORDERED,
  SINGLE_LINE_TEXT: TEXTUAL,
  LINK: TEXTUAL,
  MULTI_LINE_TEXT: [...SEARCHED, ...EMPTIABLE],
  FILE: [...SEARCHED, ...EMPTIABLE],
  RICH_TEXT: SEARCHED,
  CHECK_BOX: LISTED,
  RADIO_BUTTON: LISTED,
  DROP_DOWN: LISTED,
  MULTI_SELECT: LISTED,
  CREATOR: LISTED,
  MODIFIER: LISTED,
  USER_SELECT: LISTED,
  ORGANIZATION_SELECT: LISTED,
  GROUP_SELECT: LISTED,
  STATUS_ASSIGNEE: LISTED,
  STATUS: ['=', '!=', ...LISTED],
};

const KINDS: Readonly<Record<string, FieldKind>> = {
  __ID__: 'id',
  RECORD_NUMBER: 'id',
  NUMBER: 'number',
  CREATED_TIME: 'datetime',
  UPDATED_TIME: 'datetime',
  DATETIME: 'datetime',
  DATE: 'date',
  TIME: 'time',
  SINGLE_LINE_TEXT: 'text',
  LINK: 'text',
  MULTI_LINE_TEXT: 'longText',
  RICH_TEXT: 'richText',
  FILE: 'file',
  CHECK_BOX: 'choice',
  RADIO_BUTTON: 'choice',
  DROP_DOWN: 'choice',
  MULTI_SELECT: 'choice',
  STATUS: 'choice',
  CREATOR: 'people',
  MODIFIER: 'people',
  USER_SELECT: 'people',
  ORGANIZATION_SELECT: 'people',
  GROUP_SELECT: 'people',
  STATUS_ASSIGNEE: 'people',
};

const CALC_KINDS: Readonly<Record<string, FieldKind>> = {
  DATE: 'date',
  TIME: 'time',
  DATETIME: 'datetime',
  HOUR_MINUTE: 'duration',
  DAY_HOUR_MINUTE: 'duration',
};

const OPTION_TYPES = new Set(['CHECK_BOX', 'RADIO_BUTTON', 'DROP_DOWN', 'MULTI_SELECT', 'STATUS']);
/** Types with one plain value per record; the others cannot be sorted by (assumed from what list screens offer). */
const SORTABLE_TYPES = new Set([
  ...[
    '__ID__',
    'RECORD_NUMBER',
    'NUMBER',
    'CALC',
    'CREATED_TIME',
    'UPDATED_TIME',
    'DATE',
    'TIME',
    'DATETIME',
  ],
  ...['SINGLE_LINE_TEXT', 'LINK', 'RADIO_BUTTON', 'DROP_DOWN', 'STATUS', 'CREATOR', 'MODIFIER'],
]);

const ID_FIELD: QueryField = { type: '__ID__', code: '$id' };

/**
 * Finds a field by its reference: `$id`, a field of the record, a column of any table (by its bare code), or
 * `related.code`. `$revision` is read as an identifier but no source says it can be queried: it counts as unknown.
 *
 * @throws QueryError GAIA_IQ11 unknown field; GAIA_IR02 dot notation on anything but a related-records list.
 */
export function resolveField(reference: FieldReference, fields: QueryFields): ResolvedField {
  const { code, related, position } = reference;
  if (related !== null) return resolveRelated(related, code, position, fields);
  if (code === ID_FIELD.code) return { name: code, code, rows: null, definition: ID_FIELD };
  const own = lookUp(fields, code);
  if (own !== undefined) return { name: code, code, rows: null, definition: own };
  for (const table of Object.values(fields)) {
    const column = table.type === 'SUBTABLE' ? lookUp(table.fields, code) : undefined;
    if (column !== undefined) {
      return { name: code, code, rows: { kind: 'table', code: table.code }, definition: column };
    }
  }
  throw new QueryError('GAIA_IQ11', { reason: 'unknownField', field: code, position });
}

function resolveRelated(related: string, code: string, position: number, fields: QueryFields): ResolvedField {
  const name = `${related}.${code}`;
  const list = lookUp(fields, related);
  if (list === undefined) {
    throw new QueryError('GAIA_IQ11', { reason: 'unknownField', field: related, position });
  }
  if (list.type !== 'REFERENCE_TABLE') {
    throw new QueryError('GAIA_IR02', { reason: 'dotNotation', field: name, position });
  }
  const rows = { kind: 'related', code: related } as const;
  if (list.fields === undefined) return { name, code, rows, definition: null };
  const definition = code === ID_FIELD.code ? ID_FIELD : lookUp(list.fields, code);
  if (definition === undefined) {
    throw new QueryError('GAIA_IQ11', { reason: 'unknownField', field: name, position });
  }
  return { name, code, rows, definition };
}

/** @returns `null` for types that hold no value to compare (LABEL, GROUP, SUBTABLE itself, CATEGORY ...). */
export function kindOf(definition: QueryField): FieldKind | null {
  if (definition.type === 'CALC') return CALC_KINDS[definition.format ?? ''] ?? 'number';
  return KINDS[definition.type] ?? null;
}

/**
 * Operators that a field takes. In tables and related lists `in` / `not in` stand for `=` / `!=`, so types that have
 * no `in` of their own (dates) gain it there.
 */
export function operatorsOf(definition: QueryField, rows: RowSource): readonly Operator[] {
  const operators = OPERATORS[definition.type] ?? [];
  if (rows === null || !operators.includes('=')) return operators;
  return [...LISTED, ...operators.filter((operator) => !['=', '!=', ...LISTED].includes(operator))];
}

/** @returns the option names that queries may use, or `null` when any value is fine. */
export function optionsOf(definition: QueryField): ReadonlySet<string> | null {
  if (!OPTION_TYPES.has(definition.type) || definition.options === undefined) return null;
  return new Set(Object.keys(definition.options));
}

export function isSortable(definition: QueryField): boolean {
  return SORTABLE_TYPES.has(definition.type);
}

/** Own keys only: a field code may well be `constructor`. */
function lookUp(fields: QueryFields | undefined, code: string): QueryField | undefined {
  return fields !== undefined && Object.hasOwn(fields, code) ? fields[code] : undefined;
}
