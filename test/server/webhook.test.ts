/** Notifications of kintone: taken into the queue, verified against kintone, one run each. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebhookEvent } from '../../src/definition/types';
import { CALLING, SECRET, ServerWorld, UNITS } from './server-world';

let world: ServerWorld;
beforeAll(async () => {
  world = await ServerWorld.start({
    rateLimitPerMinute: 60,
    webhookEvents: ['ADD_RECORD', 'UPDATE_RECORD', 'UPDATE_STATUS', 'DELETE_RECORD', 'ADD_RECORD_COMMENT'],
  });
  await world.change(UNITS.disabled, { webhookEvents: ['ADD_RECORD'] });
});
afterAll(() => world.close());

let count = 0;
const newId = (): string => {
  count += 1;
  return `1505898d-d3c5-41e9-b0c1-${String(count).padStart(12, '0')}`;
};

/** As kintone sends it (facts "kintone" 6); only what is read is complete. */
const saved = (type: WebhookEvent, recordId: string, revision = '1', id = newId()) => ({
  id,
  type,
  app: { id: CALLING, name: 'closing' },
  record: {
    memo: { type: 'SINGLE_LINE_TEXT', value: 'said, not so' },
    $id: { type: '__ID__', value: recordId },
    $revision: { type: '__REVISION__', value: revision },
  },
  recordTitle: recordId,
  url: `https://example.cybozu.com/k/${CALLING}/show#record=${recordId}`,
});
const deleted = (recordId: string) => ({
  id: newId(),
  type: 'DELETE_RECORD',
  app: { id: CALLING, name: 'closing' },
  recordId,
  deletedBy: { code: 'sato', name: '佐藤' },
  deletedAt: '2026-11-28T00:00:00Z',
});
const commented = (recordId: string, comment: string) => ({
  id: newId(),
  type: 'ADD_RECORD_COMMENT',
  app: { id: CALLING, name: 'closing' },
  recordId,
  comment: { id: comment, text: 'hm', createdAt: '', creator: { code: 'nobody', name: '' }, mentions: [] },
  url: '',
});

async function notify(body: unknown, path = `/webhook/${UNITS.usable}/${SECRET}`) {
  const response = await world.fetch(path, { method: 'POST', body: JSON.stringify(body) });
  return [response.status, await response.json()] as [number, { result: string; taskId?: string }];
}

/** The run's end, as the server logs it. */
async function ended(body: unknown) {
  const [status, { taskId }] = await notify(body);
  expect(status).toBe(202);
  return world.logged((line) => line.event === 'runEnded' && line['run'] === taskId);
}

const writtenRuns = () => world.rows().length / 3;
const runOf = (taskId: unknown) => world.runs().filter((run) => run['run_key'] === taskId);

describe('a notification', () => {
  it('that comes 10 times, at once and one after the other and after a restart, is one run', async () => {
    const before = writtenRuns();
    const body = saved('ADD_RECORD', '1');
    const replies = await Promise.all(Array.from({ length: 5 }, () => notify(body)));
    const taskId = replies[0]?.[1].taskId;
    await world.logged((line) => line.event === 'runEnded' && line['run'] === taskId);
    for (let more = 0; more < 3; more += 1) replies.push(await notify(body));
    await world.stop();
    await world.serve();
    for (let more = 0; more < 2; more += 1) replies.push(await notify(body));
    expect(replies.map(([status]) => status).sort()).toEqual([...Array<number>(9).fill(200), 202]);
    expect(new Set(replies.map(([, reply]) => reply.taskId)).size).toBe(1);
    expect(runOf(taskId)).toMatchObject([
      {
        state: 'Success',
        execution_method: 'webhook',
        event_type: 'ADD_RECORD',
        notification_Id: body.id,
        record_Id: '1',
        execution_user: 'admin',
      },
    ]);
    expect(writtenRuns()).toBe(before + 1);
  });

  it('of an update runs with the record as kintone has it', async () => {
    const client = world.client();
    await client.record.updateRecord({ app: CALLING, id: '2', record: { memo: { value: 'b2' } } });
    expect(await ended(saved('UPDATE_RECORD', '2', '2'))).toMatchObject({ state: 'Success' });
    // Kintone is ahead by now: the notification was late.
    expect(await ended(saved('UPDATE_STATUS', '2', '1'))).toMatchObject({ state: 'Success' });
  });

  it('of a deletion is believed when the record is gone', async () => {
    const client = world.client();
    const { id } = await client.record.addRecord({ app: CALLING, record: {} });
    expect(await ended(deleted(id))).toMatchObject({ state: 'Failure', code: 'notificationNotVerified' });
    await client.record.deleteRecords({ app: CALLING, ids: [id] });
    const line = await ended(deleted(id));
    expect(line).toMatchObject({ state: 'Success' });
    expect(runOf(line['run'])).toMatchObject([{ execution_user: 'sato', record_Id: id }]);
  });

  it('of a comment is believed when the comment is there, and is its author’s', async () => {
    const client = world.client();
    const { id } = await client.record.addRecordComment({
      app: CALLING,
      record: '1',
      comment: { text: 'hm' },
    });
    for (let more = 0; more < 12; more += 1)
      await client.record.addRecordComment({ app: CALLING, record: '1', comment: { text: `${more}` } });
    const line = await ended(commented('1', id));
    expect(line).toMatchObject({ state: 'Success' });
    expect(runOf(line['run'])).toMatchObject([{ execution_user: 'admin' }]);
    expect(await ended(commented('1', '4711'))).toMatchObject({ code: 'notificationNotVerified' });
  });

  it.each([
    ['a record that is not there', saved('ADD_RECORD', '999')],
    ['a state that the record has not reached', saved('UPDATE_RECORD', '1', '99')],
    ['a comment on a record that is not there', commented('999', '1')],
  ])('about %s starts nothing', async (_title, body) => {
    const before = world.runs().length;
    const line = await ended(body);
    expect(line).toMatchObject({ level: 'warn', state: 'Failure', code: 'notificationNotVerified' });
    expect(world.runs().length).toBe(before);
  });
});

describe('is turned away', () => {
  const runsNow = () => world.runs().length;
  it.each([
    ['with a wrong secret', saved('ADD_RECORD', '1'), `/webhook/${UNITS.usable}/${SECRET}x`, 404, 'notFound'],
    ['for an unknown unit', saved('ADD_RECORD', '1'), `/webhook/zzzzzzzzzzzzzz/${SECRET}`, 404, 'notFound'],
    [
      'for a disabled unit',
      saved('ADD_RECORD', '1'),
      `/webhook/${UNITS.disabled}/${SECRET}`,
      409,
      'unitDisabled',
    ],
    [
      'for an event that was not chosen',
      saved('ADD_RECORD', '1'),
      `/webhook/${UNITS.notByApi}/${SECRET}`,
      422,
      'eventNotChosen',
    ],
    [
      'of another app',
      { ...saved('ADD_RECORD', '1'), app: { id: '7', name: '' } },
      undefined,
      422,
      'otherApp',
    ],
    ['of an unknown type', { ...saved('ADD_RECORD', '1'), type: 'RENAME_APP' }, undefined, 400, 'malformed'],
    ['without an id', { ...saved('ADD_RECORD', '1'), id: undefined }, undefined, 400, 'malformed'],
    [
      'with an id that is a query',
      { ...saved('ADD_RECORD', '1'), id: '" or 1 = 1' },
      undefined,
      400,
      'malformed',
    ],
    ['that is a list', [saved('ADD_RECORD', '1')], undefined, 400, 'malformed'],
  ])('%s', async (_title, body, path, status, result) => {
    const runs = runsNow();
    expect(await notify(body, path)).toEqual([status, { result }]);
    expect(runsNow()).toBe(runs);
    expect(world.log.at(-1)).toMatchObject({ level: 'warn', event: 'webhook', result });
  });

  it('the secret stands in no line of the log', () => {
    expect(JSON.stringify(world.log)).not.toContain(SECRET);
  });
});
