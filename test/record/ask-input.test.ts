import { describe, expect, it } from 'vitest';
import type { ExecutionUnit, InputField } from '../../src/definition/types';
import { type AskParts, askInput } from '../../src/record/engine/ask-input';
import type { StartHow } from '../../src/record/panel/contract';
import type { RunInput } from '../../src/run/ports';
import { sumFlow, unitOf } from '../run/setup';

const day: InputField = {
  name: 'day',
  label: '対象日',
  note: '',
  type: 'date',
  required: true,
  defaultValue: '',
  choices: [],
};
const memo: InputField = {
  ...day,
  name: 'memo',
  label: '',
  type: 'text',
  required: false,
  defaultValue: 'm',
};

const fields = {
  amount: { type: 'NUMBER', code: 'amount', label: '金額' },
  owner: { type: 'USER_SELECT', code: 'owner', label: '担当者' },
  unused: { type: 'DATE', code: 'unused', label: '使わない' },
};

/** A flow that uses fields of the calling record. */
const flowWith = (...codes: string[]) => {
  const flow = sumFlow('f1', 'append');
  const commands = flow.commands.map((command) =>
    command.type !== 'inputApp' || codes.length === 0
      ? command
      : {
          ...command,
          settings: {
            ...command.settings,
            condition: {
              join: 'all',
              conditions: codes.map((name) => ({
                field: 'customer',
                operator: '=',
                values: [{ kind: 'parameter', name }],
              })),
            },
          },
        },
  );
  return { ...flow, commands };
};

interface Case {
  readonly input?: readonly InputField[];
  readonly how?: StartHow;
  readonly given?: RunInput | null;
  readonly hasRecord?: boolean;
  readonly uses?: readonly string[];
  /** Input of the run that is started over. */
  readonly before?: RunInput;
  readonly last?: readonly RunInput[] | Error;
}

const ask = ({
  input = [],
  how = { kind: 'new' },
  given = null,
  hasRecord = true,
  uses = [],
  last = [],
  before = {},
}: Case) => {
  const unit: ExecutionUnit = unitOf(['f1'], { input });
  const parts: AskParts = {
    order: {
      how,
      input: given,
      record: hasRecord ? {} : null,
      user: { code: 'sato', name: '佐藤', language: 'ja', timezone: 'Asia/Tokyo' },
    },
    given: how.kind === 'api' ? how.input : before,
    unit,
    flows: [flowWith(...uses)],
    fields,
    journal: { lastInputs: async () => (last instanceof Error ? Promise.reject(last) : last) },
  };
  return askInput(parts);
};

const api = (input: RunInput, isConfirmed = false): StartHow => ({
  kind: 'api',
  pressId: 'p',
  isConfirmed,
  input,
});

const names = async (given: Case) => {
  const asked = await ask(given);
  return asked?.kind === 'ask' ? asked.fields.map(({ name }) => name) : asked;
};

describe('what a start asks for', () => {
  it('U7: nothing, where the unit has no input', async () => {
    expect(await ask({})).toBeNull();
    expect(await ask({ how: { kind: 'event', eventType: 'edited' } })).toBeNull();
    expect(await ask({ how: api({}) })).toBeNull();
  });

  it('the input of the unit, from a press, an event and a fresh start', async () => {
    const input = [day, memo];
    const holder = {} as Extract<StartHow, { kind: 'restart' }>['holder'];
    for (const how of [
      { kind: 'new' },
      { kind: 'event', eventType: 'created' },
      { kind: 'restart', holder },
    ] satisfies StartHow[]) {
      expect(await names({ input, how })).toEqual(['day', 'memo']);
    }
    const goesOn: StartHow[] = [
      { kind: 'resume', holder },
      { kind: 'undo', runId: 'r' },
      { kind: 'continue', runId: 'r' },
      { kind: 'fromFailedFlow', runId: 'r' },
    ];
    for (const how of goesOn) expect(await ask({ input, how })).toBeNull();
  });

  it('a person who starts a run over, with the values that it had', async () => {
    const how: StartHow = { kind: 'startOver', runId: 'r' };
    const asked = await ask({ input: [day, memo], how, before: { day: '2026-11-28' } });
    expect(asked).toMatchObject({
      fields: [
        { name: 'day', defaultValue: '2026-11-28' },
        { name: 'memo', defaultValue: 'm' },
      ],
    });
    expect(await ask({ how })).toBeNull();
  });

  it('a program only for what it has not given, and never when it is confirmed', async () => {
    const input = [day, memo];
    expect(await names({ input, how: api({}) })).toEqual(['day', 'memo']);
    expect(await ask({ input, how: api({ day: '2026-11-28' }) })).toBeNull();
    expect(await ask({ input, how: api({}, true) })).toBeNull();
    // Values that do not fit are refused, not asked again.
    expect(await ask({ input, how: api({ day: 'x' }) })).toBeNull();
    const asked = await ask({ input, how: api({ memo: 'mine' }) });
    expect(asked).toMatchObject({
      fields: [
        { name: 'day', label: '対象日', defaultValue: '' },
        { name: 'memo', label: 'memo', defaultValue: 'mine' },
      ],
    });
  });

  it('without a record, the fields of the record that the flows use', async () => {
    expect(await names({ hasRecord: false, uses: ['amount'] })).toEqual(['amount']);
    expect(await names({ input: [memo], hasRecord: false, uses: ['amount'] })).toEqual(['memo', 'amount']);
    expect(await ask({ uses: ['amount'] })).toBeNull();
    expect(await ask({ hasRecord: false })).toBeNull();
    expect(await names({ hasRecord: false, uses: ['amount'], how: api({}) })).toEqual(['amount']);
    expect(await ask({ hasRecord: false, uses: ['amount'], how: api({ amount: '1' }) })).toBeNull();
  });

  it('refuses, with names, where it needs what no form can ask for', async () => {
    expect(await ask({ hasRecord: false, uses: ['amount', 'owner'] })).toMatchObject({
      kind: 'problem',
      failure: { code: 'inputNeedsRecord', params: { fields: '担当者' } },
    });
  });

  it('says what is wrong with values, field by field', async () => {
    const input = [day, { ...day, name: 'until', label: '終わり' }, memo];
    const asked = await ask({ input, given: { day: '', until: 'x', memo: '' } });
    expect(asked).toMatchObject({
      kind: 'ask',
      faults: [
        { code: 'inputRequired', params: { label: '対象日' }, place: { field: 'day' } },
        { code: 'inputUnreadable', place: { field: 'until' } },
      ],
    });
    expect(await ask({ input, given: { day: '2026-11-28', until: '2026-11-29', memo: '' } })).toBeNull();
    expect(await ask({ hasRecord: false, uses: ['amount'], given: { amount: 'x' } })).toMatchObject({
      faults: [{ code: 'inputUnreadable', place: { field: 'amount' } }],
    });
  });

  it('offers the newest input that there was, as far as it fits, and nothing when the log cannot be read', async () => {
    const input = [day, memo];
    const last = [{}, { day: '2026-11-01', memo: 'a', gone: 'b' }, { day: '2026-10-01' }];
    expect(await ask({ input, last })).toMatchObject({ last: { day: '2026-11-01', memo: 'a' } });
    expect(await ask({ input, last: [{ day: 'x' }] })).toMatchObject({ last: null });
    expect(await ask({ input, last: new Error('no right') })).toMatchObject({ last: null });
  });
});
