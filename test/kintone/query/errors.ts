/** kintone error codes that a query can cause (facts 2.6 and 3.1). All answer with HTTP 400. */
export type QueryErrorCode =
  | 'CB_VA01'
  | 'GAIA_IL08'
  | 'GAIA_IQ03'
  | 'GAIA_IQ07'
  | 'GAIA_IQ10'
  | 'GAIA_IQ11'
  | 'GAIA_IQ23'
  | 'GAIA_IQ25'
  | 'GAIA_IR02'
  | 'GAIA_QU01'
  | 'GAIA_QU02'
  | 'GAIA_ST02';

/**
 * Why a query was refused; finer than the code, because kintone uses CB_VA01 and GAIA_IL08 for several things.
 *
 * | reason | code | filled keys |
 * |---|---|---|
 * | `syntax` | CB_VA01 | position |
 * | `negativeLimit`, `negativeOffset` | CB_VA01 | value |
 * | `limitTooLarge` / `offsetTooLarge` | GAIA_QU01 / GAIA_QU02 | value |
 * | `unknownField` | GAIA_IQ11 | field, position |
 * | `operatorNotAllowed` | GAIA_IQ03 (in a table GAIA_IQ07) | field, fieldType, operator, position |
 * | `notSortable` | GAIA_IQ03 (in a table GAIA_IQ07) | field, fieldType, operator (`order by`) |
 * | `dotNotation` | GAIA_IR02 | field (the whole `a.b`), position |
 * | `unknownOption` | GAIA_IQ10 | field, value, position |
 * | `argumentCount` | GAIA_IL08 | field, function, position |
 * | `argumentValue` | GAIA_IQ23, FROM_TODAY: GAIA_IQ25 | field, function, argumentIndex, value, position |
 * | `functionNotAllowed` | GAIA_IL08 | field, fieldType, function, operator, position |
 * | `blankNotAllowed`, `valueNotReadable` | GAIA_IL08 | field, fieldType, operator, value, position |
 * | `processOff` | GAIA_ST02 | field, position |
 */
export type QueryErrorReason =
  | 'syntax'
  | 'negativeLimit'
  | 'negativeOffset'
  | 'limitTooLarge'
  | 'offsetTooLarge'
  | 'unknownField'
  | 'operatorNotAllowed'
  | 'notSortable'
  | 'dotNotation'
  | 'unknownOption'
  | 'argumentCount'
  | 'argumentValue'
  | 'functionNotAllowed'
  | 'blankNotAllowed'
  | 'valueNotReadable'
  | 'processOff';

/** Facts for the message that the caller writes in the user's language. See {@link QueryErrorReason} for which are set. */
export interface QueryErrorDetail {
  readonly reason: QueryErrorReason;
  /** Offset in the query text, in UTF-16 units. */
  readonly position?: number;
  readonly field?: string;
  readonly fieldType?: string;
  readonly operator?: string;
  readonly function?: string;
  /** Zero-based. */
  readonly argumentIndex?: number;
  /** The offending value as written in the query, unescaped. */
  readonly value?: string;
}

/** A query that kintone refuses. `message` is for developers; users see the text the caller makes from code and detail. */
export class QueryError extends Error {
  readonly code: QueryErrorCode;
  readonly detail: QueryErrorDetail;

  constructor(code: QueryErrorCode, detail: QueryErrorDetail) {
    super(`${code} ${JSON.stringify(detail)}`);
    this.name = 'QueryError';
    this.code = code;
    this.detail = detail;
  }
}
