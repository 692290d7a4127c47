import { describe, expect, it } from 'vitest';
import type { ExecutionUnit, Flow } from '../../src/definition/types';
import { callingAgain } from '../../src/record/engine/start-over';
import type { JournalEntry, RecordsPort } from '../../src/run/ports';
import { SOURCE, SOURCE_FIELDS, sumFlow, UNIT, unitOf } from '../run/setup';

const entryOf = (callingAppId: string, callingRecordId: string): JournalEntry =>
  ({ callingAppId, callingRecordId }) as JournalEntry;

/** A flow that reads the orders of the calling record's customer. */
const asks = (): Flow => {
  const flow = sumFlow('f1');
  const condition = {
    join: 'all',
    conditions: [{ field: 'customer', operator: '=', values: [{ kind: 'parameter', name: 'customer' }] }],
  };
  return {
    ...flow,
    commands: flow.commands.map((one) =>
      one.type === 'inputApp' ? { ...one, settings: { ...one.settings, condition } } : one,
    ),
  };
};

/** An app with the record 2 and no other. */
const ONE_RECORD = {
  fields: async () => SOURCE_FIELDS,
  async *pages({ query }: { readonly query: string }) {
    const records = query === '$id = 2' ? [{ customer: { type: 'SINGLE_LINE_TEXT', value: 'A' } }] : [];
    yield { records };
  },
} satisfies Pick<RecordsPort, 'fields' | 'pages'>;

const again = (entry: JournalEntry, flow: Flow, unit: ExecutionUnit = unitOf(['f1'])) =>
  callingAgain(ONE_RECORD, unit, [flow], entry, { appId: SOURCE });

describe('the record of a run that is started over', () => {
  it('is read anew, with the values that it has now', async () => {
    const calling = await again(entryOf(SOURCE, '2'), asks());
    expect(calling).toMatchObject({ appId: SOURCE, recordId: '2' });
    expect(calling.record?.['customer']).toMatchObject({ value: 'A' });
    expect(calling.fields?.['customer']).toBeDefined();
  });

  it('is missing in a run that had none', async () => {
    expect(await again(entryOf(SOURCE, ''), sumFlow('f1'))).toMatchObject({ recordId: '', record: null });
    expect(await again(entryOf('', ''), sumFlow('f1'))).toEqual({
      appId: '',
      recordId: '',
      record: null,
      fields: null,
    });
  });

  it('stands in the way of a unit that uses it when it is gone, and names it', async () => {
    await expect(again(entryOf(SOURCE, '99'), asks())).rejects.toMatchObject({
      failure: { code: 'callingRecordGone', params: { recordId: '99' }, place: { appId: SOURCE } },
    });
  });

  it('is done without by a unit that does not use it', async () => {
    expect(await again(entryOf(SOURCE, '99'), sumFlow('f1'))).toMatchObject({
      appId: SOURCE,
      recordId: '',
      record: null,
    });
  });

  it('is needed by every remote unit, because the service gets all of it', async () => {
    const remote = unitOf(['f1'], { id: UNIT, executor: { kind: 'remote' } as ExecutionUnit['executor'] });
    await expect(again(entryOf(SOURCE, '99'), sumFlow('f1'), remote)).rejects.toMatchObject({
      failure: { code: 'callingRecordGone' },
    });
  });
});
