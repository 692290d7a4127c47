import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpMethod } from '../../kintone/server/types';
import { call, loadedKintone } from './fixture';

const names = [
  'GET record',
  'GET records',
  'POST record',
  'POST records',
  'PUT record',
  'PUT records',
  'DELETE records',
  'POST records/cursor',
  'GET records/cursor',
  'PUT record/status',
  'PUT records/status',
  'PUT record/assignees',
  'GET records/acl/evaluate',
  'POST record/comment',
  'GET record/comments',
  'DELETE record/comment',
  'POST bulkRequest',
  'GET file',
  'POST file',
  'GET app',
  'GET apps',
  'GET app/form/fields',
  'POST preview/app',
  'POST preview/app/form/fields',
  'PUT preview/app/form/fields',
  'DELETE preview/app/form/fields',
  'PUT preview/app/form/layout',
  'PUT preview/app/views',
  'PUT preview/app/settings',
  'PUT preview/app/status',
  'PUT preview/app/customize',
  'PUT preview/app/acl',
  'POST preview/app/deploy',
  'GET preview/app/deploy',
] as const;

const codes = fc.constantFrom(
  'key',
  'amount',
  'tags',
  'people',
  'files',
  'lines',
  'customer',
  'at',
  '__proto__',
  'x',
);
const junk = fc.jsonValue({ maxDepth: 2 });
const cell = fc.oneof(
  junk,
  fc.record({ value: junk }),
  fc.record({ value: fc.array(fc.record({ value: junk })) }),
);
const record = fc.dictionary(codes, cell, { maxKeys: 4 });
const element = fc.oneof(
  junk,
  record,
  fc.record({ id: fc.constantFrom(1, '1', 9, null), record }),
  fc.record({ updateKey: fc.record({ field: codes, value: junk }), record }),
);
const params = fc
  .record(
    {
      id: fc.oneof(fc.constantFrom(1, '2'), junk),
      ids: fc.oneof(fc.constant([1]), junk),
      record: fc.oneof(record, fc.constant(1), junk),
      records: fc.oneof(fc.array(element, { maxLength: 3 }), junk),
      upsert: fc.boolean(),
      query: fc.oneof(fc.constantFrom('key = "a"', 'amount in (1)', 'order by'), junk),
      comment: fc.oneof(fc.record({ text: junk, mentions: junk }), fc.constant(1)),
      action: junk,
      assignees: junk,
      requests: fc.oneof(
        fc.array(
          fc.record({
            method: fc.constantFrom('POST', 'PUT', 'DELETE', 'GET'),
            api: fc.constantFrom('/k/v1/record.json', '/k/v1/records.json', '/x'),
            payload: fc.oneof(
              fc.record({ app: fc.constant(1), records: fc.array(element, { maxLength: 2 }) }),
              junk,
            ),
          }),
          { maxLength: 3 },
        ),
        junk,
      ),
      name: junk,
      properties: fc.oneof(
        fc.dictionary(
          codes,
          fc.oneof(
            junk,
            fc.record({
              type: fc.constantFrom('SUBTABLE', 'NUMBER', 'x'),
              fields: junk,
              options: junk,
              lookup: junk,
            }),
          ),
        ),
        junk,
      ),
      layout: fc.oneof(fc.array(fc.record({ type: fc.constant('ROW'), fields: junk })), junk),
      views: fc.oneof(
        fc.dictionary(fc.string(), fc.oneof(fc.record({ type: fc.constant('LIST') }), junk)),
        junk,
      ),
      fields: junk,
      states: junk,
      actions: junk,
      rights: fc.oneof(fc.array(fc.record({ entity: junk })), junk),
      apps: fc.oneof(fc.array(fc.record({ app: fc.constantFrom(1, 2, 'x') })), junk),
      numberPrecision: junk,
      revision: fc.oneof(fc.constant(-1), junk),
    },
    { requiredKeys: [] },
  )
  .map((given) => ({ app: 1, ...given }));

describe('requests of any shape', () => {
  it('are answered, never broken by; what is refused changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...names), params), { minLength: 4, maxLength: 4 }),
        async (calls) => {
          const kintone = loadedKintone({ deployPolls: 0 });
          await call(kintone, 'POST', 'records', { app: 1, records: [{ key: { value: 'a' } }, {}] });
          for (const [name, given] of calls) {
            const [method, path] = name.split(' ') as [HttpMethod, string];
            const before = JSON.stringify([...kintone.store.apps.get('1')!.records.range()]);
            const reply = await call(kintone, method, path, given, 'Administrator');
            expect([200, 400, 403, 404, 409]).toContain(reply.status);
            if (reply.status === 200) continue;
            expect(JSON.stringify([...kintone.store.apps.get('1')!.records.range()])).toBe(before);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
