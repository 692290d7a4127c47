/** Schema parts that several commands share. */
import * as v from 'valibot';

/** Longest column name or label; kintone's codes and labels end at 128 characters. */
const MAX_COLUMN_NAME_LENGTH = 256;
/** Entries of any list in a command's settings; a kintone app has at most 500 fields. */
const MAX_ENTRIES = 1000;

/** May be blank while nothing is chosen yet; `columns` says so. */
export const columnName = v.pipe(v.string(), v.maxLength(MAX_COLUMN_NAME_LENGTH));
export const columnNames = v.pipe(v.array(columnName), v.maxLength(MAX_ENTRIES));

/** A list of settings entries, bounded. */
export function entries<const T extends v.GenericSchema>(entry: T) {
  return v.pipe(v.array(entry), v.maxLength(MAX_ENTRIES));
}

export const sortKeys = entries(v.strictObject({ column: columnName, descending: v.boolean() }));
