import { describe, expect, it } from 'vitest';
import type { RecordEventTrigger } from '../../src/definition/types';
import type { BootUnit } from '../../src/kintone/boot-index';
import { dueUnits, type Moment } from '../../src/record/event-starts';

const trigger = (more: Partial<RecordEventTrigger>): RecordEventTrigger => ({
  event: 'created',
  timing: 'after',
  condition: null,
  action: '',
  onFailure: 'tell',
  ...more,
});

const unit = (id: string, recordEvents?: readonly RecordEventTrigger[], enabled = true): BootUnit => ({
  id,
  name: `unit ${id}`,
  enabled,
  button: null,
  ...(recordEvents === undefined ? {} : { recordEvents }),
});

const facts = (record: object = {}) => ({
  record: record as Record<string, { type: string; value: unknown }>,
  recordId: '12',
  appId: '8',
  userCode: 'sato',
  nowMs: 0,
  timeZone: 'Asia/Tokyo',
});

const moment = (event: Moment['event'], timing: Moment['timing'], action = ''): Moment => ({
  event,
  timing,
  action,
});

const due = (units: readonly BootUnit[], when: Moment, record?: object) =>
  dueUnits({ units }, when, facts(record)).map(
    ({ unit: { id }, isBlocking }) => `${id}${isBlocking ? '!' : ''}`,
  );

const isOrder: RecordEventTrigger['condition'] = {
  join: 'all',
  conditions: [{ field: 's', operator: '=', values: [{ kind: 'literal', value: '受注' }] }],
};

describe('units that are due', () => {
  it.each<[string, Partial<RecordEventTrigger>, Moment, object | undefined, readonly string[]]>([
    ['the event', {}, moment('created', 'after'), undefined, ['a']],
    ['another event', {}, moment('edited', 'after'), undefined, []],
    ['another timing', {}, moment('created', 'before'), undefined, []],
    [
      'a condition that holds',
      { condition: isOrder },
      moment('created', 'after'),
      { s: { type: 'DROP_DOWN', value: '受注' } },
      ['a'],
    ],
    [
      'one that does not',
      { condition: isOrder },
      moment('created', 'after'),
      { s: { type: 'DROP_DOWN', value: '失注' } },
      [],
    ],
    ['one on a field that is not there', { condition: isOrder }, moment('created', 'after'), {}, []],
    [
      'any action',
      { event: 'statusChanged', timing: 'before' },
      moment('statusChanged', 'before', '承認'),
      undefined,
      ['a'],
    ],
    [
      'the action',
      { event: 'statusChanged', action: '承認' },
      moment('statusChanged', 'after', '承認'),
      undefined,
      ['a'],
    ],
    [
      'another action',
      { event: 'statusChanged', action: '承認' },
      moment('statusChanged', 'after', '却下'),
      undefined,
      [],
    ],
    ['an action left from before', { action: '承認' }, moment('created', 'after'), undefined, ['a']],
    [
      'one that blocks',
      { timing: 'before', onFailure: 'block' },
      moment('created', 'before'),
      undefined,
      ['a!'],
    ],
    ['one that cannot block any more', { onFailure: 'block' }, moment('created', 'after'), undefined, ['a']],
  ])('%s', (_name, change, when, record, expected) => {
    expect(due([unit('a', [trigger(change)])], when, record)).toEqual(expected);
  });

  it('are in their order, each once, and block if one of their triggers does', () => {
    const both = [
      trigger({ timing: 'before' }),
      trigger({ timing: 'before', onFailure: 'block', condition: isOrder }),
    ];
    const units = [unit('a', both), unit('off', both, false), unit('none'), unit('b', both.slice(0, 1))];
    expect(due(units, moment('created', 'before'), { s: { type: 'DROP_DOWN', value: '受注' } })).toEqual([
      'a!',
      'b',
    ]);
    expect(due(units, moment('created', 'before'))).toEqual(['a', 'b']);
  });

  it('are none where nothing was saved', () => {
    expect(dueUnits(null, moment('created', 'before'), facts())).toEqual([]);
  });
});
