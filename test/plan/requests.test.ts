import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  batchAt,
  type DataRequest,
  flowRequests,
  type OutputPlan,
  type PlannedAdd,
  type PlannedDelete,
  type PlannedUpdate,
} from '../../src/plan';
import { inUniqueOrder } from '../../src/plan/unique-order';
import type { KintoneFields } from '../../src/table';

const FIELDS: KintoneFields = {
  no: { type: 'NUMBER', code: 'no', label: 'no', unique: true },
  name: { type: 'SINGLE_LINE_TEXT', code: 'name', label: 'name' },
};

const at = (no: string) => ({ no: { value: no } });
const add = (no: string): PlannedAdd => ({ fields: at(no) });
const update = (recordId: string, from: string, to: string): PlannedUpdate => ({
  recordId,
  revision: '1',
  fields: at(to),
  before: at(from),
  label: recordId,
});
const removal = (recordId: string, no: string): PlannedDelete => ({
  recordId,
  revision: '1',
  before: at(no),
  label: recordId,
});

interface Writes {
  readonly adds?: readonly PlannedAdd[];
  readonly updates?: readonly PlannedUpdate[];
  readonly deletes?: readonly PlannedDelete[];
}

function planOf(writes: Writes): OutputPlan {
  const all = { adds: [], updates: [], deletes: [], ...writes };
  return {
    flowId: 'f',
    commandId: 'c',
    app: { appId: '1' },
    mode: 'regenerate',
    keys: [],
    ...inUniqueOrder(all, FIELDS, {}),
    unchanged: 0,
    unmatched: 0,
    reports: [],
  };
}

const requestsOf = (writes: Writes): readonly DataRequest[] =>
  flowRequests({ flowId: 'f', outputs: [planOf(writes)] });

const shapes = (requests: readonly DataRequest[]): string[] =>
  requests.map(({ kind, rows, source }) => `${kind} ${rows.length} from ${source.firstRow}`);

/** Carries the requests out as kintone does, row by row, and refuses a value that is held twice. */
function carryOut(
  held: ReadonlyMap<string, string>,
  requests: readonly DataRequest[],
): ReadonlyMap<string, string> {
  const values = new Map(held);
  let nextId = 1_000_000;
  for (const request of requests) {
    if (request.kind === 'status') throw new Error('No process here');
    for (const row of request.rows) {
      if ('before' in row && !('fields' in row)) {
        values.delete(row.recordId);
        continue;
      }
      const id = 'recordId' in row ? row.recordId : String(nextId++);
      const value = String(row.fields['no']?.value ?? '');
      for (const [other, no] of values) if (other !== id && no === value) throw new Error(`${value} twice`);
      values.set(id, value);
    }
  }
  return values;
}

describe('order of requests', () => {
  it('deletions come last when nobody needs their values', () => {
    const writes = { adds: [add('7')], updates: [update('2', '2', '3')], deletes: [removal('1', '1')] };
    expect(shapes(requestsOf(writes))).toEqual(['update 1 from 0', 'add 1 from 0', 'delete 1 from 0']);
  });

  it('a unique value moves from a deleted record to an added one within one commit', () => {
    const requests = requestsOf({ adds: [add('1.0')], deletes: [removal('9', '5'), removal('1', '1')] });
    expect(shapes(requests)).toEqual(['delete 1 from 0', 'add 1 from 0', 'delete 1 from 1']);
    expect(requests[0]).toMatchObject({ joinsNext: true, rows: [{ recordId: '1' }] });
    expect(shapes(batchAt('f', requests, 0, 1).requests)).toEqual(['delete 1 from 0', 'add 1 from 0']);
  });

  it('an update gives its value up before another takes it', () => {
    const plan = planOf({ updates: [update('1', '1', '2'), update('2', '2', '3'), update('3', '9', '8')] });
    expect(plan.updates.map((row) => row.recordId)).toEqual(['2', '1', '3']);
  });

  it('two updates that want each other’s value are refused before anything is sent', () => {
    expect(() => planOf({ updates: [update('1', '1', '2'), update('2', '2', '1')] })).toThrow(
      'uniqueSwapped',
    );
  });

  it('a cut never parts a deletion from the write that needs it, and every row is written once', () => {
    const adds = Array.from({ length: 950 }, (_unused, index) => add(String(index)));
    const deletes = Array.from({ length: 950 }, (_unused, index) =>
      removal(String(index + 1), String(949 - index)),
    );
    const requests = requestsOf({ adds, deletes });
    const held = new Map(deletes.map((row) => [row.recordId, String(row.before['no']?.value)]));
    expect(carryOut(held, requests).size).toBe(950);
    for (const size of [1, 3, 5, 19]) {
      let next = 0;
      while (next < requests.length) {
        const batch = batchAt('f', requests, next, size);
        const last = batch.requests.at(-1);
        expect(last?.kind === 'delete' && last.joinsNext).not.toBe(true);
        next += batch.requests.length;
      }
    }
  });

  it('whatever moves where, no value is ever held twice', () => {
    const values = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 0, maxLength: 20 });
    const property = fc.property(values, values, fc.nat(20), (before, after, kept) => {
      // The first `kept` records stay and take the wanted values in turn; the rest go or are added.
      const stay = Math.min(kept, before.length, after.length);
      const writes = {
        updates: before
          .slice(0, stay)
          .map((no, index) => update(String(index), String(no), String(after[index]))),
        adds: after.slice(stay).map((no) => add(String(no))),
        deletes: before.slice(stay).map((no, index) => removal(String(stay + index), String(no))),
      };
      const held = new Map(before.map((no, index) => [String(index), String(no)]));
      let requests: readonly DataRequest[];
      try {
        requests = requestsOf(writes);
      } catch (error) {
        // Only a ring of updates has no order.
        const takers = new Map(writes.updates.map((row) => [String(row.before['no']?.value), row]));
        const rings = writes.updates.filter((first) => {
          let next = takers.get(String(first.fields['no']?.value));
          for (let step = 0; next !== undefined && next !== first && step < stay; step += 1) {
            next = takers.get(String(next.fields['no']?.value));
          }
          return next === first;
        });
        expect(rings.length).toBeGreaterThan(0);
        expect(String(error)).toContain('uniqueSwapped');
        return;
      }
      const result = carryOut(held, requests);
      expect([...result.values()].sort()).toEqual(after.map(String).sort());
    });
    fc.assert(property, { numRuns: 300 });
  });
});
