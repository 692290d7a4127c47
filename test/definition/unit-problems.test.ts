import { describe, expect, it } from 'vitest';
import { newUnit } from '../../src/definition/create';
import { validateReferences } from '../../src/definition/references';
import type { ExecutionUnit, InputField, RecordEventTrigger } from '../../src/definition/types';
import { isTriggerUrl } from '../../src/definition/urls';
import { sampleSettings } from './sample';

const quiet: ExecutionUnit = { ...newUnit(() => 'a'.repeat(14), '集計'), flowIds: ['flowa', 'flowb'] };
const [flowA] = sampleSettings.flows;

function found(patch: Partial<ExecutionUnit>): string[] {
  const settings = { ...sampleSettings, units: [{ ...quiet, ...patch }] };
  return validateReferences(settings).map((one) => `${one.severity} ${one.code} ${one.place.field}`);
}

const blank = { join: 'all', conditions: [{ field: '', operator: '=', values: [] }] } as const;
const event = (patch: Partial<RecordEventTrigger>): RecordEventTrigger => ({
  event: 'edited',
  timing: 'before',
  condition: null,
  action: '',
  onFailure: 'tell',
  ...patch,
});
const input = (patch: Partial<InputField>): InputField => ({
  name: '締め日',
  label: '',
  note: '',
  type: 'text',
  required: false,
  defaultValue: '',
  choices: [],
  ...patch,
});
const app = (appId: string) => ({ appId });
const schedule = { cron: '0 9 * * *', timeZone: 'Asia/Tokyo', holidays: 'run' } as const;

describe('problems of a unit', () => {
  it('a fresh unit with flows has none', () => expect(found({})).toEqual([]));

  const cases: [string, Partial<ExecutionUnit>, string[]][] = [
    [
      'nothing starts it',
      { button: { ...quiet.button, enabled: false } },
      ['warning unitWithoutStart button.enabled'],
    ],
    ['only programs start it', { button: { ...quiet.button, enabled: false }, api: true }, []],
    ['an event that blocks before', { recordEvents: [event({ onFailure: 'block' })] }, []],
    [
      'an event that blocks after',
      { recordEvents: [event({ timing: 'after', onFailure: 'block' })] },
      ['error eventBlocksAfter recordEvents.0.onFailure'],
    ],
    [
      'after a deletion',
      { recordEvents: [event({ event: 'deleted', timing: 'after' })] },
      ['error eventDeletedAfter recordEvents.0.timing'],
    ],
    ['a process action', { recordEvents: [event({ event: 'statusChanged', action: '承認' })] }, []],
    [
      'a process action of an edit',
      { recordEvents: [event({ action: '承認' })] },
      ['warning eventActionUnused recordEvents.0.action'],
    ],
    [
      'a condition without a field',
      { recordEvents: [event({ condition: blank })] },
      ['error eventConditionBlank recordEvents.0.condition.conditions.0.field'],
    ],
    [
      'the same event twice',
      { recordEvents: [event({}), event({ onFailure: 'block' })] },
      ['warning eventRepeated recordEvents.1'],
    ],
    ['a server', { executor: { kind: 'server' } }, ['info executorNeedsServer executor']],
    ['no address', { executor: { kind: 'remote', url: '' } }, ['error executorUrlBlank executor.url']],
    [
      'a wrong address',
      { executor: { kind: 'remote', url: 'https://example.com/' } },
      ['error executorUrlInvalid executor.url'],
    ],
    ['webhooks', { webhookEvents: ['ADD_RECORD'] }, ['info webhooksNeedServer webhookEvents']],
    ['schedules', { schedules: [schedule] }, ['info schedulesNeedServer schedules']],
    [
      'webhooks and schedules of a unit that another service runs',
      {
        executor: { kind: 'remote', url: 'https://api.example.com/trigger/v1/abcdefghijklmn' },
        webhookEvents: ['ADD_RECORD'],
        schedules: [schedule],
      },
      ['warning webhooksNotRemote webhookEvents', 'warning schedulesNotRemote schedules'],
    ],
    [
      'names of input fields',
      {
        input: [
          input({ name: ' ' }),
          input({}),
          input({}),
          input({ name: '$today' }),
          input({ name: '50%' }),
        ],
      },
      [
        'error inputNameBlank input.0.name',
        'error inputNameRepeated input.2.name',
        'error inputNameReserved input.3.name',
        'error inputNameSign input.4.name',
      ],
    ],
    ['no choices', { input: [input({ type: 'choice' })] }, ['error inputChoicesEmpty input.0.choices']],
    [
      'a choice twice',
      { input: [input({ type: 'choices', choices: ['A', 'B', 'A', 'A'] })] },
      ['error inputChoiceRepeated input.0.choices'],
    ],
    [
      'a default that is no choice',
      { input: [input({ type: 'choices', choices: ['A'], defaultValue: 'A\nB' })] },
      ['error inputDefaultNotChoice input.0.defaultValue'],
    ],
    [
      'nobody to fill it in',
      { schedules: [schedule], input: [input({ required: true })] },
      ['warning inputRequiredUnattended input.0.defaultValue', 'info schedulesNeedServer schedules'],
    ],
    [
      'copies for tests',
      {
        test: {
          rowLimit: 1,
          apps: [
            { from: app('1'), to: app('1') },
            { from: app('1'), to: app('2') },
          ],
        },
      },
      ['error testAppSelf test.apps.0', 'error testAppRepeated test.apps.1'],
    ],
    [
      'a pause before a known command',
      { breakpoints: [{ flowId: flowA!.id, commandId: flowA!.commands[0]!.id }] },
      [],
    ],
    [
      'a pause before an unknown one',
      { breakpoints: [{ flowId: flowA!.id, commandId: 'gone' }] },
      ['warning breakpointUnknown breakpoints'],
    ],
  ];
  it.each(cases)('%s', (_name, patch, expected) => expect(found(patch).sort()).toEqual(expected.sort()));

  it('a unit that runs elsewhere needs no flows here', () => {
    const url = 'https://api.example.com/trigger/v1/abcdefghijklmn';
    const codes = found({ executor: { kind: 'remote', url }, flowIds: [] });
    expect(codes.filter((code) => code.startsWith('error'))).toEqual([]);
    expect(found({ flowIds: [] })).toContain('error unitWithoutFlows flowIds');
  });

  it.each([
    ['number', '12.5', true],
    ['number', '-3', true],
    ['number', '1e3', false],
    ['number', '1,000', false],
    ['date', '2028-02-29', true],
    ['date', '2026-02-29', false],
    ['date', '2026/01/01', false],
    ['time', '09:30', true],
    ['time', '24:00', false],
    ['datetime', '2026-11-21T00:30:00Z', true],
    ['datetime', '2026-11-21 00:30', false],
    ['text', '%', true],
  ] as const)('default of type %s: %s', (type, defaultValue, isGood) => {
    expect(found({ input: [input({ type, defaultValue })] })).toEqual(
      isGood ? [] : ['error inputDefaultType input.0.defaultValue'],
    );
  });
});

describe('isTriggerUrl', () => {
  it.each([
    ['https://api.krewdata.grapecity.com/trigger/v1/abcdefghijklmn', true],
    ['https://example.com/nagare/trigger/v1/abcdefghijklmn', true],
    ['http://localhost:8080/trigger/v1/abcdefghijklmn', true],
    ['http://example.com/trigger/v1/abcdefghijklmn', false],
    ['https://example.com/trigger/v1/abcdefghijklmn/token', false],
    ['https://example.com/trigger/v1/abcdefghijklmn?x=1', false],
    ['https://user:pass@example.com/trigger/v1/abcdefghijklmn', false],
    ['https://example.com/trigger/v1/ABCDEFGHIJKLMN', false],
    ['trigger/v1/abcdefghijklmn', false],
    ['', false],
  ])('%s: %s', (url, isGood) => expect(isTriggerUrl(url)).toBe(isGood));
});
