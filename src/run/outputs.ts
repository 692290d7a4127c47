/** Plans one output against the app it writes into. */
import type { OutputRows } from '../commands/types';
import { FailureError, type Place } from '../definition/errors';
import {
  afterEarlierWrites,
  type LookupKeys,
  lookupKeyForm,
  lookupKeys,
  missingLookupKey,
  numberColumns,
  type OutputPlan,
  onEarlierWrites,
  planningOutput,
  planStatuses,
  type WriteFields,
  withAutoNumbers,
} from '../plan';
import { type Column, cellAt, cellToText, columnNamed, columnSpecOfField, workInPieces } from '../table';
import { inQueries, readCurrent } from './current';
import type { RecordsPort } from './ports';
import { type Metadata, readTable } from './reader';

export interface Planner {
  readonly records: RecordsPort;
  readonly known: Metadata;
  readonly signal: AbortSignal;
  /** Lets the page breathe between the pieces of a comparison. */
  readonly rest: () => Promise<void>;
}

/**
 * Reads what is needed of the output app, compares, numbers what is added, and checks lookup keys.
 * `sameFlow`: plans of the outputs before this one in its flow; `earlierFlows`: of the flows before it.
 * Throws `FailureError` only.
 */
export async function planFor(
  planner: Planner,
  output: OutputRows,
  sameFlow: readonly OutputPlan[],
  earlierFlows: readonly OutputPlan[],
): Promise<OutputPlan> {
  const { records, known, signal, rest } = planner;
  const fields = await known.fields(output.app);
  const precision = await known.precision(output.app);
  const read = await readCurrent(records, output, fields, precision, signal);
  const current = onEarlierWrites(read, output.app, sameFlow, fields);
  const compared =
    output.mode === 'status'
      ? planStatuses(output, current, fields, precision, await known.process(output.app))
      : await workInPieces(planningOutput(output, current, fields, precision), rest);
  const numbered = await numberedPlan(planner, output, compared, [...earlierFlows, ...sameFlow]);
  const plan = afterEarlierWrites(numbered, sameFlow, output.place);
  await checkLookups(planner, plan, [...earlierFlows, ...sameFlow], output.place);
  return plan;
}

async function numberedPlan(
  { records, known, signal }: Planner,
  output: OutputRows,
  plan: OutputPlan,
  earlier: readonly OutputPlan[],
): Promise<OutputPlan> {
  const rule = output.autoNumber;
  if (rule === undefined || plan.adds.length === 0) return plan;
  const fields = await known.fields(output.app);
  // No query finds texts by their beginning exactly (`like` searches words), so all numbers are read.
  const existing = await readTable(records, output.app, numberColumns(rule, fields), '', signal);
  const shared: Column[] = [];
  for (const { app, field } of rule.sharedWith) {
    const property = (await known.fields(app))[field];
    const spec = property === undefined ? null : columnSpecOfField(property);
    if (spec === null) continue;
    shared.push(columnNamed(await readTable(records, app, [spec], '', signal), field));
  }
  return withAutoNumbers(plan, rule, existing, earlier, fields, shared);
}

/** Throws `lookupKeyMissing` before kintone would refuse the whole commit without naming a row (GAIA_LO04). */
async function checkLookups(
  planner: Planner,
  plan: OutputPlan,
  earlier: readonly OutputPlan[],
  place: Place,
): Promise<void> {
  const fields = await planner.known.fields(plan.app);
  for (const keys of lookupKeys(plan, fields)) {
    const related = await existingKeys(planner, keys, earlier);
    if (related === null) continue;
    const missing = missingLookupKey(keys, related.keyType, related.existing, {
      ...place,
      appId: plan.app.appId,
    });
    if (missing !== null) throw new FailureError(missing);
  }
}

interface RelatedKeys {
  readonly keyType: string;
  readonly existing: ReadonlySet<string>;
}

/** Keys that the related app has or will have by then; null when the person may not read it. */
async function existingKeys(
  { records, known, signal }: Planner,
  keys: LookupKeys,
  earlier: readonly OutputPlan[],
): Promise<RelatedKeys | null> {
  const { app, keyField } = keys;
  try {
    const property = (await known.fields(app))[keyField];
    const spec = property === undefined ? null : columnSpecOfField(property);
    if (property === undefined || spec === null) return null;
    const existing = new Set<string>();
    for (const query of inQueries(keyField, [...keys.uses.keys()])) {
      const found = await readTable(records, app, [spec], query, signal);
      const column = columnNamed(found, keyField);
      for (let row = 0; row < found.rowCount; row += 1) {
        existing.add(lookupKeyForm(property.type, cellToText(spec.type, cellAt(column, row))));
      }
    }
    const formOf = (fields: WriteFields): string =>
      lookupKeyForm(property.type, String(fields[keyField]?.value ?? ''));
    for (const plan of earlier) {
      if (plan.app.appId !== app.appId) continue;
      for (const { before } of [...plan.updates, ...plan.deletes]) existing.delete(formOf(before));
      for (const { fields } of [...plan.adds, ...plan.updates]) existing.add(formOf(fields));
    }
    return { keyType: property.type, existing };
  } catch (error) {
    if (error instanceof FailureError && UNREADABLE.has(error.failure.code)) return null;
    throw error;
  }
}

/** kintone then judges the keys itself. */
const UNREADABLE: ReadonlySet<string> = new Set(['noReadPermission', 'appNotFound', 'fieldMissing']);
