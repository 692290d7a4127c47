import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstRows, flowRequests, type OutputPlan } from '../../src/plan';

const kind = fc.constantFrom('add', 'update');
const plans = fc
  .record({
    adds: fc.integer({ min: 0, max: 6 }),
    updates: fc.integer({ min: 0, max: 6 }),
    loose: fc.integer({ min: 0, max: 4 }),
    needs: fc.array(fc.record({ kind, row: fc.integer({ min: 0, max: 5 }) }), { maxLength: 4 }),
  })
  .map(({ adds, updates, loose, needs }): OutputPlan => {
    const row = (id: string) => ({ recordId: id, revision: '1', before: {}, label: id });
    const order = { update: 0, add: 1 };
    const needed = needs
      .filter((one) => one.row < (one.kind === 'add' ? adds : updates))
      .sort((a, b) => order[a.kind as 'add'] - order[b.kind as 'add'] || a.row - b.row);
    return {
      flowId: 'f',
      commandId: 'o',
      app: { appId: '1' },
      mode: 'sync',
      keys: [],
      adds: Array.from({ length: adds }, () => ({ fields: {} })),
      updates: Array.from({ length: updates }, (_unused, at) => ({ ...row(`u${at}`), fields: {} })),
      deletes: [
        ...needed.map((neededBy, at) => ({
          ...row(`n${at}`),
          neededBy: neededBy as { kind: 'add'; row: number },
        })),
        ...Array.from({ length: loose }, (_unused, at) => row(`d${at}`)),
      ],
      unchanged: 0,
      unmatched: 0,
      reports: [],
    };
  });
const size = (plan: OutputPlan) => plan.adds.length + plan.updates.length + plan.deletes.length;

it('keeps at most so many rows, loses none without counting it, and never a write without what it needs', () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 0, max: 25 }), (plan, limit) => {
      const { output, cut } = firstRows(plan, limit);
      expect(size(output)).toBeLessThanOrEqual(limit);
      expect(size(output) + cut).toBe(size(plan));
      expect(output.updates).toEqual(plan.updates.slice(0, output.updates.length));
      expect(output.adds).toEqual(plan.adds.slice(0, output.adds.length));
      const needs = plan.deletes.filter(
        ({ neededBy }) =>
          neededBy !== undefined &&
          neededBy.row < (neededBy.kind === 'add' ? output.adds.length : output.updates.length),
      );
      expect(output.deletes.filter(({ neededBy }) => neededBy !== undefined)).toEqual(needs);
      // The order of requests still finds every row.
      const rows = flowRequests({ flowId: 'f', outputs: [output] }).reduce(
        (sum, one) => sum + one.rows.length,
        0,
      );
      expect(rows).toBe(size(output));
    }),
  );
});
