import { toQuery } from '../commands/condition-query';
import type { OutputRows } from '../commands/types';
import { deletesRecords, deletesTheRest, keyValues, type StoredPrecision } from '../plan';
import {
  type ColumnSpec,
  columnSpecOfField,
  columnSpecsOfFields,
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
  'RECORD_NUMBER',
  'SINGLE_LINE_TEXT',
  'NUMBER',
  'LINK',
  'DROP_DOWN',
  'RADIO_BUTTON',
]);

/**
 * The output app's records that the plan needs: those that may match the result, by key where that needs
 * fewer requests than reading the whole app, by scan otherwise; every record (or those within the condition)
 * where the rest is deleted. Append compares nothing and reads nothing.
 */
export async function readCurrent(
  records: RecordsPort,
  output: OutputRows,
  fields: KintoneFields,
  precision: StoredPrecision,
  signal: AbortSignal,
): Promise<Table> {
  const columns = neededColumns(output, fields);
  const scan = (): Promise<Table> => readTable(records, output.app, columns, '', signal);
  if (output.mode === 'append') return emptyTable(columns);
  if (output.table.rowCount === 0 && !deletesTheRest(output.mode)) return emptyTable(columns);
  const key = output.keys[0] ?? '';
  const canUseKeys = IN_TYPES.has(fields[key]?.type ?? '');
  const values = canUseKeys ? keyValues(output, fields, precision) : [];
  const queryCount = Math.ceil(values.length / KEYS_PER_QUERY);
  if (deletesTheRest(output.mode)) {
    const query = canUseKeys && queryCount <= 1 ? restQuery(output, fields, inQueries(key, values)) : null;
    return query === null ? scan() : readTable(records, output.app, columns, query, signal);
  }
  if (queryCount === 0 || (queryCount > 1 && queryCount >= (await scanRequests(records, output)))) {
    return scan();
  }
  const builder = tableBuilder(columns, output.app.appId);
  const fieldCodes = columns.map((column) => column.name);
  for (const query of inQueries(key, values)) {
    for await (const page of records.pages({ app: output.app, query, fieldCodes, signal }))
      appendPage(builder, page, output.app);
  }
  return builder.finish();
}

/** Deletions need every field, for people to see and for undo; process actions need the status. */
function neededColumns(output: OutputRows, fields: KintoneFields): readonly ColumnSpec[] {
  if (deletesRecords(output.mode)) return columnSpecsOfFields(fields);
  const mapped = output.mapping.map((entry) => entry.to);
  const process =
    output.mode === 'status'
      ? Object.values(fields)
          .filter((property) => PROCESS_TYPES.has(property.type))
          .map((property) => property.code)
      : [];
  return [...mapped, ...process].flatMap((code): readonly ColumnSpec[] => {
    const property = fields[code];
    const spec = property === undefined ? null : columnSpecOfField(property);
    return spec === null ? [] : [spec];
  });
}

const PROCESS_TYPES: ReadonlySet<string> = new Set(['STATUS', 'STATUS_ASSIGNEE']);

/**
 * One query for the records within the condition and those that the result names; null when only reading
 * everything is exact.
 */
function restQuery(output: OutputRows, fields: KintoneFields, keyQueries: readonly string[]): string | null {
  if (output.mode !== 'sync' || !output.deleteWithin) return null;
  const within = toQuery(output.deleteWithin, fields);
  if (within.remainder !== null || within.query === '') return null;
  return [within.query, ...keyQueries].map((query) => `(${query})`).join(' or ');
}

/** `code in ("a", "b")` for all values, as few queries as their length allows. */
export function inQueries(code: string, values: readonly string[]): readonly string[] {
  const queries: string[] = [];
  for (let start = 0; start < values.length; start += KEYS_PER_QUERY) {
    const quoted = values.slice(start, start + KEYS_PER_QUERY).map(quote);
    queries.push(`${code} in (${quoted.join(', ')})`);
  }
  return queries;
}

async function scanRequests(records: RecordsPort, output: OutputRows): Promise<number> {
  return Math.ceil((await records.count(output.app, '')) / ROWS_PER_PAGE);
}

const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
