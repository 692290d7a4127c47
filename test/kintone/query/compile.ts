import { kindOf, type ResolvedField, type RowSource, resolveField } from './fields';
import { type ValuePredicate, valuePredicate } from './predicates';
import type { Comparison, Condition, Junction, Operator, QueryContext, QueryRecord } from './types';

export type RecordPredicate = (record: QueryRecord) => boolean;

const NEGATIVE: ReadonlySet<Operator> = new Set(['!=', 'not in', 'not like', 'is not empty']);

/** A comparison made ready: which value to look at, in which rows, and the test of it. */
interface Leaf {
  readonly field: ResolvedField;
  readonly negative: boolean;
  readonly test: ValuePredicate;
}

/**
 * Turns a condition into a fast test: literals are read and dates computed once, not per record. The condition must
 * have passed `checkQuery` with the same fields; `null` matches every record.
 *
 * Table rows (facts 2.6): a positive operator needs one row that fits; a negative one needs at least one row and all
 * rows to fit; positive comparisons on the same table joined by `and` need one row that fits them all. An `or` inside
 * the `and` is judged on its own (assumed).
 *
 * @throws QueryError GAIA_IQ11 or GAIA_IR02 for a field that cannot be resolved.
 */
export function compileCondition(condition: Condition | null, context: QueryContext): RecordPredicate {
  const kept = condition === null ? null : withoutIgnored(condition, context);
  return kept === null ? () => true : compile(kept, context);
}

/** Whether one record meets a condition; to test many records, compile once. */
export function matches(condition: Condition | null, record: QueryRecord, context: QueryContext): boolean {
  return compileCondition(condition, context)(record);
}

/**
 * kintone drops `PRIMARY_ORGANIZATION()` when the caller has none, which yields more records than expected
 * (facts 0.17). Other values in the same list stay; a junction left with one part becomes that part.
 */
function withoutIgnored(condition: Condition, context: QueryContext): Condition | null {
  if (context.primaryOrganization !== null) return condition;
  if (condition.kind === 'comparison') {
    const operands = condition.operands.filter(
      (operand) => operand.kind !== 'function' || operand.name !== 'PRIMARY_ORGANIZATION',
    );
    if (operands.length === condition.operands.length) return condition;
    return operands.length === 0 ? null : { ...condition, operands };
  }
  const parts = condition.parts.map((part) => withoutIgnored(part, context)).filter((part) => part !== null);
  const [first] = parts;
  if (first === undefined) return null;
  return parts.length === 1 ? first : { kind: condition.kind, parts };
}

function compile(condition: Condition, context: QueryContext): RecordPredicate {
  if (condition.kind === 'comparison') return leafPredicate(toLeaf(condition, context), context);
  if (condition.kind === 'and') return compileAnd(condition, context);
  const tests = condition.parts.map((part) => compile(part, context));
  return (record) => tests.some((test) => test(record));
}

function compileAnd(junction: Junction, context: QueryContext): RecordPredicate {
  const tests: RecordPredicate[] = [];
  const sameRow = new Map<string, Leaf[]>();
  for (const part of flattenAnd(junction)) {
    if (part.kind !== 'comparison') {
      tests.push(compile(part, context));
      continue;
    }
    const leaf = toLeaf(part, context);
    const { rows } = leaf.field;
    if (rows === null || leaf.negative) {
      tests.push(leafPredicate(leaf, context));
      continue;
    }
    const key = `${rows.kind} ${rows.code}`;
    const group = sameRow.get(key);
    if (group === undefined) sameRow.set(key, [leaf]);
    else group.push(leaf);
  }
  for (const group of sameRow.values()) tests.push(someRowPredicate(group, context));
  return (record) => tests.every((test) => test(record));
}

/** Conditions built in code, unlike parsed ones, may nest `and` in `and`, or be left so by a dropped part. */
function flattenAnd(junction: Junction): Condition[] {
  return junction.parts.flatMap((part) => (part.kind === 'and' ? flattenAnd(part) : [part]));
}

function toLeaf(comparison: Comparison, context: QueryContext): Leaf {
  const field = resolveField(comparison.field, context.fields);
  const kind = field.definition === null ? null : kindOf(field.definition);
  return {
    field,
    negative: NEGATIVE.has(comparison.operator),
    test: kind === null ? () => false : valuePredicate(kind, comparison, context),
  };
}

function leafPredicate(leaf: Leaf, context: QueryContext): RecordPredicate {
  const { field, test } = leaf;
  if (field.rows === null) return (record) => test(record[field.code]?.value);
  if (!leaf.negative) return someRowPredicate([leaf], context);
  const rowsOf = rowReader(field.rows, context);
  return (record) => {
    const rows = rowsOf(record);
    return rows.length > 0 && rows.every((row) => test(row[field.code]?.value));
  };
}

/** One row must meet all leaves; they read the same rows. */
function someRowPredicate(leaves: readonly Leaf[], context: QueryContext): RecordPredicate {
  const rowsOf = rowReader(leaves[0]?.field.rows ?? null, context);
  return (record) =>
    rowsOf(record).some((row) => leaves.every(({ field, test }) => test(row[field.code]?.value)));
}

function rowReader(
  source: RowSource,
  context: QueryContext,
): (record: QueryRecord) => readonly QueryRecord[] {
  if (source === null) return (record) => [record];
  const { kind, code } = source;
  if (kind === 'related') return (record) => context.relatedRows?.(record, code) ?? [];
  return (record) => {
    const value = record[code]?.value;
    return Array.isArray(value) ? (value as { value: QueryRecord }[]).map((row) => row.value) : [];
  };
}
