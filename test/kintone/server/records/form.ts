import type { FieldProperties, FieldProperty, FieldType } from '../../store/types';

/** Types whose values a caller never writes by a record; the server keeps them. */
const keptByServer = new Set<FieldType>([
  'RECORD_NUMBER',
  '__ID__',
  '__REVISION__',
  'CALC',
  'STATUS',
  'STATUS_ASSIGNEE',
  'CATEGORY',
  'REFERENCE_TABLE',
  'GROUP',
]);

/** Types that only an app manager may set, and only on POST. */
export const signatureTypes = new Set<FieldType>(['CREATOR', 'MODIFIER', 'CREATED_TIME', 'UPDATED_TIME']);

/** What one level of a form (the record, or the rows of a table) needs to know when it is written. */
export interface Level {
  /** Fields that hold a value a caller may send, tables included. */
  readonly writable: readonly FieldProperty[];
  readonly tables: readonly FieldProperty[];
  readonly lookups: readonly FieldProperty[];
  /** CALC fields and auto-calculated texts. */
  readonly calculated: readonly FieldProperty[];
}

export interface Form {
  readonly fields: FieldProperties;
  readonly top: Level;
  readonly rows: ReadonlyMap<string, Level>;
  /** Table that a column belongs to. */
  readonly tableOfColumn: ReadonlyMap<string, FieldProperty>;
  readonly signatures: readonly FieldProperty[];
  readonly hasCalculated: boolean;
}

export function isCalculated(field: FieldProperty): boolean {
  return (
    field.type === 'CALC' ||
    (field.type === 'SINGLE_LINE_TEXT' && field.expression !== undefined && field.expression !== '')
  );
}

function levelOf(fields: FieldProperties): Level {
  const all = Object.values(fields);
  const lookups = all.filter((field) => field.lookup !== undefined);
  // What a lookup copies is not the caller's to send.
  const copied = new Set(lookups.flatMap((field) => field.lookup?.fieldMappings.map((pair) => pair.field)));
  return {
    writable: all.filter(
      (field) =>
        !keptByServer.has(field.type) &&
        !signatureTypes.has(field.type) &&
        !isCalculated(field) &&
        !copied.has(field.code),
    ),
    tables: all.filter((field) => field.type === 'SUBTABLE'),
    lookups,
    calculated: all.filter(isCalculated),
  };
}

function analyse(fields: FieldProperties): Form {
  const top = levelOf(fields);
  const rows = new Map<string, Level>();
  const tableOfColumn = new Map<string, FieldProperty>();
  for (const table of top.tables) {
    rows.set(table.code, levelOf(table.fields ?? {}));
    for (const code of Object.keys(table.fields ?? {})) tableOfColumn.set(code, table);
  }
  return {
    fields,
    top,
    rows,
    tableOfColumn,
    signatures: Object.values(fields).filter((field) => signatureTypes.has(field.type)),
    hasCalculated:
      top.calculated.length > 0 || [...rows.values()].some((level) => level.calculated.length > 0),
  };
}

const known = new WeakMap<FieldProperties, Form>();

/** The analysed form of an app; live fields are replaced as a whole by a deploy, so the answer is kept. */
export function formOf(fields: FieldProperties): Form {
  let form = known.get(fields);
  if (form === undefined) {
    form = analyse(fields);
    known.set(fields, form);
  }
  return form;
}

/** Lookup-copied codes of a level, with the lookup that feeds them. */
export function copiedFields(level: Level): Map<string, FieldProperty> {
  const copied = new Map<string, FieldProperty>();
  for (const lookup of level.lookups) {
    for (const pair of lookup.lookup?.fieldMappings ?? []) copied.set(pair.field, lookup);
  }
  return copied;
}
