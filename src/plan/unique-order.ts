/** Puts the writes of one output into an order in which no unique value is ever held twice. */
import { FailureError, failure, type Place } from '../definition/errors';
import { formatDecimal, type KintoneFieldProperty, type KintoneFields, parseDecimal } from '../table';
import type { PlannedAdd, PlannedDelete, PlannedUpdate, WriteFields } from './types';

export interface RecordWrites {
  readonly adds: readonly PlannedAdd[];
  readonly updates: readonly PlannedUpdate[];
  readonly deletes: readonly PlannedDelete[];
}

/**
 * kintone checks "prohibit duplicate values" request by request and row by row, also inside a bulkRequest.
 * So an update that gives a value up goes before the one that takes it, and a deletion that gives one up
 * says who needs it (`neededBy`) and moves to the front of `deletes`. Two updates that want each other's
 * value have no such order: `FailureError` `uniqueSwapped {field, values}` before anything is sent.
 */
export function inUniqueOrder(writes: RecordWrites, fields: KintoneFields, place: Place): RecordWrites {
  const unique = Object.values(fields).filter((property) => property.unique === true);
  const written = unique.filter(
    ({ code }) =>
      writes.adds.some((row) => code in row.fields) || writes.updates.some((row) => code in row.fields),
  );
  if (written.length === 0 || writes.updates.length + writes.deletes.length === 0) return writes;
  const updates = orderedUpdates(writes.updates, written, place);
  return { adds: writes.adds, updates, deletes: orderedDeletes({ ...writes, updates }, written) };
}

/** A unique value as kintone compares it (numbers by value), or null for blank, which is never a duplicate. */
function valueKey(property: KintoneFieldProperty, fields: WriteFields): string | null {
  const value = fields[property.code]?.value;
  if (typeof value !== 'string' || value === '') return null;
  const number = property.type === 'NUMBER' ? parseDecimal(value) : null;
  // A field code holds no line break, so the two parts never run into each other.
  return `${property.code}\n${number === null ? value : formatDecimal(number)}`;
}

/** Stable: an update moves only as far to the back as the one it waits for. */
function orderedUpdates(
  updates: readonly PlannedUpdate[],
  unique: readonly KintoneFieldProperty[],
  place: Place,
): readonly PlannedUpdate[] {
  const givenUpBy = new Map<string, number>();
  for (const [row, update] of updates.entries()) {
    for (const property of unique) {
      const key = valueKey(property, update.before);
      if (key !== null && property.code in update.fields) givenUpBy.set(key, row);
    }
  }
  if (givenUpBy.size === 0) return updates;
  const ordered: PlannedUpdate[] = [];
  const state = new Uint8Array(updates.length);
  // Depth first without recursion: chains can be as long as the table.
  for (let start = 0; start < updates.length; start += 1) {
    const path = [start];
    while (path.length > 0) {
      const row = path[path.length - 1] ?? 0;
      const update = updates[row];
      if (update === undefined || state[row] === DONE) {
        path.pop();
        continue;
      }
      state[row] = WAITING;
      const next = waitsFor(update, row, unique, givenUpBy).find((other) => state[other] !== DONE);
      if (next === undefined) {
        state[row] = DONE;
        ordered.push(update);
        path.pop();
      } else if (state[next] === WAITING) {
        throw new FailureError(swapped(update, updates[next], unique, place));
      } else {
        path.push(next);
      }
    }
  }
  return ordered;
}

const WAITING = 1;
const DONE = 2;

function waitsFor(
  update: PlannedUpdate,
  row: number,
  unique: readonly KintoneFieldProperty[],
  givenUpBy: ReadonlyMap<string, number>,
): readonly number[] {
  return unique.flatMap((property) => {
    const key = valueKey(property, update.fields);
    const other = key === null ? undefined : givenUpBy.get(key);
    return other === undefined || other === row ? [] : [other];
  });
}

function swapped(
  one: PlannedUpdate,
  other: PlannedUpdate | undefined,
  unique: readonly KintoneFieldProperty[],
  place: Place,
) {
  const field = unique.find(({ code }) => code in one.fields);
  return failure(
    'uniqueSwapped',
    { field: field?.label ?? '', values: [one.label, other?.label ?? ''] },
    { ...place, recordId: one.recordId, ...(field === undefined ? {} : { field: field.code }) },
  );
}

function orderedDeletes(
  { adds, updates, deletes }: RecordWrites,
  unique: readonly KintoneFieldProperty[],
): readonly PlannedDelete[] {
  if (deletes.length === 0) return deletes;
  const givenUpBy = new Map<string, number>();
  for (const [row, removal] of deletes.entries()) {
    for (const property of unique) {
      const key = valueKey(property, removal.before);
      if (key !== null) givenUpBy.set(key, row);
    }
  }
  const needed = new Map<number, PlannedDelete>();
  const take = (kind: 'add' | 'update', rows: readonly { readonly fields: WriteFields }[]): void => {
    for (const [row, write] of rows.entries()) {
      for (const property of unique) {
        const key = valueKey(property, write.fields);
        const from = key === null ? undefined : givenUpBy.get(key);
        const removal = from === undefined ? undefined : deletes[from];
        if (from === undefined || removal === undefined || needed.has(from)) continue;
        needed.set(from, { ...removal, neededBy: { kind, row } });
      }
    }
  };
  take('update', updates);
  take('add', adds);
  return [...needed.values(), ...deletes.filter((_removal, row) => !needed.has(row))];
}
