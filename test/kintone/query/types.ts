/** Comparison operators of the kintone query language, always in their lower-case, single-space spelling. */
export type Operator =
  | '='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | 'in'
  | 'not in'
  | 'like'
  | 'not like'
  | 'is empty'
  | 'is not empty';

/** An argument of a query function: a bare word (`DAYS`, `LAST`), a number or a quoted string. */
export interface FunctionArgument {
  readonly kind: 'symbol' | 'number' | 'string';
  readonly text: string;
}

/** A call such as `FROM_TODAY(5, DAYS)`; the name is in capitals, as kintone writes it. */
export interface FunctionCall {
  readonly kind: 'function';
  readonly name: string;
  readonly args: readonly FunctionArgument[];
  /** Offset of the name in the query text, in UTF-16 units. */
  readonly position: number;
}

/** A value as written in the query. Numbers stay text: a query may carry 30 digits. */
export interface Literal {
  readonly kind: 'string' | 'number';
  readonly text: string;
}

export type Operand = Literal | FunctionCall;

/** `code`, or `related.code` for a field of a related-records list. */
export interface FieldReference {
  readonly code: string;
  readonly related: string | null;
  /** Offset in the query text, in UTF-16 units. */
  readonly position: number;
}

export interface Comparison {
  readonly kind: 'comparison';
  readonly field: FieldReference;
  readonly operator: Operator;
  /** One operand for `=` and its kin and for `like`, one or more for `in`, none for `is empty`. */
  readonly operands: readonly Operand[];
}

/** `and` / `or` with two or more parts; a part is never a junction of the same kind (the parser flattens). */
export interface Junction {
  readonly kind: 'and' | 'or';
  readonly parts: readonly Condition[];
}

export type Condition = Comparison | Junction;

export interface OrderBy {
  /** Field code as written; `related.code` keeps its dot. */
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

export interface Query {
  readonly condition: Condition | null;
  readonly orderBy: readonly OrderBy[];
  /** As written, so possibly beyond the limits: `checkQuery` judges them. `null` = not written. */
  readonly limit: number | null;
  readonly offset: number | null;
}

/**
 * One entry of `properties` in the answer of `GET /k/v1/app/form/fields.json`. Only the keys that queries need are
 * named; a whole property object can be passed.
 */
export interface QueryField {
  readonly type: string;
  readonly code: string;
  /** Options of a choice field, by name. On a STATUS field a caller may add the process states here. */
  readonly options?:
    | Readonly<Record<string, { readonly label: string; readonly index: string | number }>>
    | undefined;
  /**
   * Columns of a SUBTABLE. On a REFERENCE_TABLE a caller may add the fields of the related app here; without them dot
   * notation is accepted but matches nothing.
   */
  readonly fields?: QueryFields | undefined;
  /** Format of a CALC field. */
  readonly format?: string | undefined;
  /** STATUS: whether process management is on. */
  readonly enabled?: boolean | undefined;
}

export type QueryFields = Readonly<Record<string, QueryField>>;

interface RecordValue {
  readonly type: string;
  readonly value: unknown;
}

/** A record exactly as kintone's JSON shows it, with `$id` and `$revision`. A table row has the same shape. */
export type QueryRecord = Readonly<Record<string, RecordValue>>;

/** What a condition means depends on who asks and when. */
export interface QueryContext {
  readonly fields: QueryFields;
  /** Now, in milliseconds since 1970-01-01T00:00Z. */
  readonly nowMs: number;
  /** IANA name of the calling user's time zone; date functions follow it (facts 2.6, seen live). */
  readonly timeZone: string;
  readonly loginUser: { readonly code: string };
  /** Code of the caller's primary organization; `null` makes kintone drop PRIMARY_ORGANIZATION() conditions. */
  readonly primaryOrganization: string | null;
  /** Records that a related-records list shows for a record; without it dot notation matches nothing. */
  readonly relatedRows?: ((record: QueryRecord, relatedCode: string) => readonly QueryRecord[]) | undefined;
}
