/**
 * Bounds on formulas and on what they may produce. A formula is written by a person, so the bounds
 * are far above honest use; they exist because an imported definition may be hostile.
 */
export const MAX_FORMULA_CHARACTERS = 8_000;
export const MAX_FORMULA_TOKENS = 2_000;
/** Nesting of parentheses, calls and signs. Chains such as a+b+c do not nest. */
export const MAX_FORMULA_DEPTH = 100;
/** UTF-16 units in one text value; kintone's own text fields hold at most 64,000 characters. */
export const MAX_TEXT_LENGTH = 65_536;
/** UTF-16 units of distinct text over a whole result column. */
export const MAX_COLUMN_TEXT_LENGTH = 256 * 1024 * 1024;
/** Digits of one number, before and after the point together; kintone itself stores 30. */
export const MAX_NUMBER_DIGITS = 100;
/** Rows with an error that a result lists one by one; all of them are counted. */
export const MAX_LISTED_ROW_ERRORS = 100;
/** Rows evaluated at a time: intermediate arrays stay in the processor cache and memory stays flat. */
export const CHUNK_ROWS = 4_096;
