import type { OutputRows } from '../commands/types';
import { keyValues, type StoredPrecision } from '../plan';
import {
  type ColumnSpec,
  columnSpecOfField,
  emptyTable,
  type KintoneFields,
  type Table,
  tableBuilder,
} from '../table';
import type { RecordsPort } from './ports';
import { appendPage, readTable } from './reader';

/** Values in one `in (...)`: kintone documents no limit; 200 keep the query well under what its index handles at once. */
const KEYS_PER_QUERY = 200;
/** Records per page of a scan (kintone's limit). */
const ROWS_PER_PAGE = 500;

/** Field types whose `in` compares exactly (facts "kintone" 2.6); others are read by scan. */
const IN_TYPES: ReadonlySet<string> = new Set([
  'SINGLE_LINE_TEXT',
  'NUMBER',
  'LINK',
  'DROP_DOWN',
  'RADIO_BUTTON',
]);

/**
 * The output app's records that may match the result: by key where that needs fewer requests than
 * reading the whole app, by scan otherwise. Append compares nothing and reads nothing.
 */
export async function readCurrent(
  records: RecordsPort,
  output: OutputRows,
  fields: KintoneFields,
  precision: StoredPrecision,
  signal: AbortSignal,
): Promise<Table> {
  const columns = output.mapping.flatMap((entry): readonly ColumnSpec[] => {
    const property = fields[entry.to];
    const spec = property === undefined ? null : columnSpecOfField(property);
    return spec === null ? [] : [spec];
  });
  if (output.mode === 'append' || output.table.rowCount === 0) return emptyTable(columns);
  const key = output.keys[0] ?? '';
  const values = keyValues(output, fields, precision);
  const keyRequests = Math.ceil(values.length / KEYS_PER_QUERY);
  const canUseKeys = IN_TYPES.has(fields[key]?.type ?? '') && values.length > 0;
  if (!canUseKeys || (keyRequests > 1 && keyRequests >= (await scanRequests(records, output)))) {
    return readTable(records, output.app, columns, '', signal);
  }
  const builder = tableBuilder(columns, output.app.appId);
  const fieldCodes = columns.map((column) => column.name);
  for (let start = 0; start < values.length; start += KEYS_PER_QUERY) {
    const quoted = values.slice(start, start + KEYS_PER_QUERY).map(quote);
    const query = `${key} in (${quoted.join(', ')})`;
    for await (const page of records.pages({ app: output.app, query, fieldCodes, signal }))
      appendPage(builder, page, output.app);
  }
  return builder.finish();
}

async function scanRequests(records: RecordsPort, output: OutputRows): Promise<number> {
  return Math.ceil((await records.count(output.app, '')) / ROWS_PER_PAGE);
}

const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
