import { AGGREGATE_METHODS, AGGREGATE_TYPES, type AggregateMethod } from '../../commands';
import type { ColumnSpec } from '../../table/types';

interface Aggregated {
  readonly column: string;
  readonly method: AggregateMethod;
}

/** The methods for a column; all of them while it is not known. */
function usable(name: string, columns: readonly ColumnSpec[]): readonly AggregateMethod[] {
  const type = columns.find((column) => column.name === name)?.type;
  return AGGREGATE_METHODS.filter((method) => type === undefined || AGGREGATE_TYPES[method].includes(type));
}

/** The methods to offer: those for the column, and the chosen one even where it does not fit. */
export function methodsToOffer(
  { column, method }: Aggregated,
  columns: readonly ColumnSpec[],
): readonly AggregateMethod[] {
  const methods = usable(column, columns);
  return methods.includes(method) ? methods : [method, ...methods];
}

/** With another column: the method stays if it fits, otherwise the first that does takes its place. */
export function methodForColumn(
  method: AggregateMethod,
  column: string,
  columns: readonly ColumnSpec[],
): AggregateMethod {
  const methods = usable(column, columns);
  return methods.includes(method) ? method : (methods[0] ?? method);
}
