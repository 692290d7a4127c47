import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePlanFile, encodePlanFile } from '../../src/run/plan-codec';
import type { PlanFile } from '../../src/run/plan-file';

const planOf = (texts: readonly string[]): PlanFile => ({
  version: 1,
  runId: 'run',
  plans: [
    {
      flowId: 'f',
      outputs: [
        {
          flowId: 'f',
          commandId: 'out',
          app: { appId: '1' },
          mode: 'append',
          keys: [],
          adds: texts.map((text) => ({ fields: { text: { value: text } } })),
          updates: [],
          deletes: [],
          unchanged: 0,
          unmatched: 0,
          reports: [],
        },
      ],
    },
  ],
  firstRow: 0,
  deferredFlowIds: [],
  calling: { appId: '1', recordId: '', record: null, fields: null },
  startedAtMs: 0,
  timeZone: 'Asia/Tokyo',
});

describe('plan file', () => {
  it('gives back exactly what was put in, in as many chunks as it takes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 50 }), async (texts) => {
        const { chunks, sha256 } = await encodePlanFile(planOf(texts));
        expect(await decodePlanFile(chunks, sha256)).toEqual({ ok: true, value: planOf(texts) });
      }),
      { numRuns: 30 },
    );
  });

  it('is refused when a byte, a chunk or the hash is not what was written', async () => {
    const { chunks, sha256 } = await encodePlanFile(planOf(['a', 'b']));
    const [first] = chunks;
    if (first === undefined) throw new Error('no chunk');
    const flipped = Uint8Array.from(first, (byte, index) => (index === 20 ? byte ^ 1 : byte));
    for (const [bytes, hash] of [
      [[flipped], sha256],
      [[], sha256],
      [[first, first], sha256],
      [[first], sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))],
    ] as const) {
      expect(await decodePlanFile(bytes, hash)).toMatchObject({ ok: false, error: { code: 'planDamaged' } });
    }
  });
});
