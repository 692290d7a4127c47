/**
 * The run record's fields. krewData's codes come first, unchanged, because customers have lists,
 * graphs and notifications on them (facts "krewdata" 4.1); ours follow.
 */

export interface LogField {
  readonly code: string;
  /** Created with the first type; an existing app may have any of them. */
  readonly types: readonly [string, ...string[]];
  readonly unique?: boolean;
  readonly inner?: readonly LogField[];
}

const TEXT = ['SINGLE_LINE_TEXT', 'DROP_DOWN', 'RADIO_BUTTON'] as const;
const PLAIN = ['SINGLE_LINE_TEXT'] as const;
const LONG = ['MULTI_LINE_TEXT'] as const;
const NUMBER = ['NUMBER'] as const;
const DATETIME = ['DATETIME'] as const;

export const LOG_APP_FIELDS: readonly LogField[] = [
  { code: 'execution_unit_Id', types: PLAIN },
  { code: 'execution_unit_name', types: PLAIN },
  { code: 'execution_method', types: TEXT },
  { code: 'notification_Id', types: PLAIN },
  { code: 'event_type', types: TEXT },
  { code: 'execution_user', types: PLAIN },
  { code: 'app_Id', types: ['SINGLE_LINE_TEXT', 'NUMBER'] },
  { code: 'state', types: TEXT },
  { code: 'start_time', types: DATETIME },
  { code: 'end_time', types: DATETIME },
  { code: 'log_message', types: ['MULTI_LINE_TEXT', 'SINGLE_LINE_TEXT'] },
  { code: 'api_counts', types: NUMBER },
  // From here on our own. Both keys are unique: kintone itself keeps double presses and second owners out.
  { code: 'run_key', types: PLAIN, unique: true },
  { code: 'lock_key', types: PLAIN, unique: true },
  { code: 'state_reason', types: TEXT },
  { code: 'execution_user_name', types: PLAIN },
  { code: 'record_Id', types: PLAIN },
  { code: 'run_owner', types: PLAIN },
  { code: 'write_nonce', types: PLAIN },
  { code: 'write_cursor', types: NUMBER },
  { code: 'rows_planned', types: NUMBER },
  { code: 'added_records', types: NUMBER },
  { code: 'updated_records', types: NUMBER },
  { code: 'deleted_records', types: NUMBER },
  { code: 'unchanged_records', types: NUMBER },
  // Seconds since 1970 with milliseconds as decimals: kintone's times end at the minute, and 13 digits
  // of milliseconds would not fit an app's default number precision (12 digits before the point).
  { code: 'start_epoch', types: NUMBER },
  { code: 'end_epoch', types: NUMBER },
  { code: 'error_code', types: PLAIN },
  { code: 'definition_hash', types: PLAIN },
  { code: 'plan_hash', types: PLAIN },
  { code: 'plan_file', types: ['FILE'] },
  { code: 'created_records', types: LONG },
  { code: 'undo_of', types: PLAIN },
  { code: 'continues', types: PLAIN, unique: true },
  { code: 'cancel_requested_by', types: PLAIN },
  { code: 'pause_requested_by', types: PLAIN },
  { code: 'parent_run', types: PLAIN },
  { code: 'execution_priority', types: NUMBER },
  { code: 'run_mode', types: TEXT },
  { code: 'remote_task_Id', types: PLAIN },
  { code: 'input_value', types: LONG },
  { code: 'output_value', types: LONG },
  { code: 'transitions', types: LONG },
  {
    code: 'flows',
    types: ['SUBTABLE'],
    inner: [
      { code: 'flow_id', types: PLAIN },
      { code: 'flow_key', types: PLAIN },
      { code: 'flow_name', types: PLAIN },
      { code: 'flow_state', types: TEXT },
      { code: 'flow_start_epoch', types: NUMBER },
      { code: 'flow_end_epoch', types: NUMBER },
      { code: 'flow_input_records', types: NUMBER },
      { code: 'flow_added', types: NUMBER },
      { code: 'flow_updated', types: NUMBER },
      { code: 'flow_deleted', types: NUMBER },
      { code: 'flow_unchanged', types: NUMBER },
      { code: 'flow_message', types: LONG },
    ],
  },
];

/** Every code, the table's inner ones included: what a dictionary has to name. */
export const allLogFieldCodes = (): readonly string[] =>
  LOG_APP_FIELDS.flatMap((field) => [field.code, ...(field.inner ?? []).map((inner) => inner.code)]);
