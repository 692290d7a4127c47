/** A log app that has been in use for a month: many runs, one of them with a long history and many flows. */
import { LOG_APP_FIELDS, type LogField } from '../../src/kintone/log-app/fields';
import { withTransitions } from '../../src/run/history';
import type { Dump } from '../kintone/server/dump';
import { UNIT } from '../run/setup';
import { USERS } from './stage';

export const CALLING = '1';
export const LOG = '90';
export const RUNS = 50_000;
export const FLOWS = 20;
const TRANSITIONS = 5_000;
/** The log's clock: the newest run was started a minute ago. */
const NEWEST_MS = Date.now() - 60_000;

const fieldsOf = (fields: readonly LogField[]): Record<string, never> =>
  Object.fromEntries(
    fields.map(({ code, types, unique, inner }) => [
      code,
      {
        type: types[0],
        label: code,
        ...(unique === true ? { unique } : {}),
        ...(inner === undefined ? {} : { fields: fieldsOf(inner) }),
      } as never,
    ]),
  );

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** Every tenth run has failed; one a minute. */
function run(index: number): Record<string, unknown> {
  const startedMs = NEWEST_MS - (RUNS - 1 - index) * 60_000;
  const isFailed = index % 10 === 9;
  return {
    run_key: `${UNIT}:${index}`,
    execution_unit_Id: UNIT,
    execution_unit_name: '月次売上締め',
    execution_method: 'button',
    execution_user: 'sato',
    execution_user_name: '佐藤',
    app_Id: CALLING,
    record_Id: '1',
    state: isFailed ? 'Failure' : 'Success',
    state_reason: isFailed ? 'failed' : 'done',
    start_epoch: seconds(startedMs),
    end_epoch: seconds(startedMs + 20_000),
    log_message: isFailed ? '必須です。' : '',
    updated_records: '342',
    ...(index === RUNS - 1 ? longRun(startedMs) : {}),
  };
}

function longRun(startedMs: number): Record<string, unknown> {
  const moves = Array.from({ length: TRANSITIONS }, (_unused, index) => ({
    atMs: startedMs + index,
    actor: '佐藤',
    state: 'Running' as const,
    reason: index % 2 === 0 ? ('writing' as const) : ('paused' as const),
    note: 'person',
  }));
  const flows = Array.from({ length: FLOWS }, (_unused, index) => ({
    flow_id: `f${index}`,
    flow_name: `フロー ${index}`,
    flow_state: 'Success',
    flow_start_epoch: seconds(startedMs + index * 1_000),
    flow_end_epoch: seconds(startedMs + index * 1_000 + 900),
  }));
  return {
    transitions: moves.reduce((text, move) => withTransitions(text, [move]), ''),
    flows,
  };
}

/** The app that the units belong to, and a log app full of runs. */
export const LARGE_LOG: Dump = {
  users: USERS,
  apps: [
    {
      id: CALLING,
      name: '締め',
      fields: { memo: { type: 'SINGLE_LINE_TEXT' as const, label: 'メモ' } },
      records: [{ memo: 'a' }],
    },
    {
      id: LOG,
      name: '実行ログ',
      fields: fieldsOf(LOG_APP_FIELDS),
      records: Array.from({ length: RUNS }, (_unused, index) => run(index)),
    },
  ],
};
