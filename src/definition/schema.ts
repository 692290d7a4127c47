/**
 * Schemas of the settings document. Objects are strict: an unknown key is a typing mistake or a newer
 * version, and dropping it silently would lose somebody's setting. `schema/settings.schema.json` is
 * generated from here (`scripts/json-schema.ts`).
 */
import * as v from 'valibot';
import type {
  AppRef,
  Breakpoint,
  ButtonTrigger,
  Command,
  ConditionGroup,
  ConditionValue,
  ExecutionUnit,
  Executor,
  FieldCondition,
  Flow,
  InputField,
  Json,
  JsonObject,
  PrincipalRef,
  RecordEventTrigger,
  Schedule,
  Settings,
  TestMode,
} from './types';

export const CURRENT_VERSION = 2;

/** Characters; kintone's own names end at 64, ours leave room for "… (2)". */
export const MAX_NAME_LENGTH = 80;
export const MAX_NOTE_LENGTH = 2000;
/** Upper bounds that keep one document editable; kintone's 256 KB end earlier in practice. */
export const MAX_UNITS = 500;
export const MAX_FLOWS = 1000;
export const MAX_COMMANDS_PER_FLOW = 200;
export const MAX_RATE_LIMIT_PER_MINUTE = 60;
/** A day: what waits longer was forgotten. */
export const MAX_QUEUE_TTL_MINUTES = 1440;
export const MAX_RUN_MINUTES = 1440;
export const MAX_PRIORITY = 100;
/** Rows of a test run. */
export const MAX_TEST_ROWS = 10_000;
export const MAX_HOLIDAYS = 1000;
export const MAX_INPUT_FIELDS = 50;
/** Choices of one input field; more belong into an app. */
export const MAX_INPUT_CHOICES = 200;

type Schema<T> = v.GenericSchema<unknown, T>;

const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_NAME_LENGTH));
const note = v.pipe(v.string(), v.maxLength(MAX_NOTE_LENGTH));
const appId = v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,15}$/));
const unitId = v.pipe(v.string(), v.regex(/^[a-z]{14}$/));
/** Flows and commands are named only inside the document, so hand-written ids are welcome too. */
const innerId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/));
const columnName = v.pipe(v.string(), v.maxLength(256));
const isoDay = v.pipe(v.string(), v.isoDate());

function wholeNumber(min: number, max: number): Schema<number> {
  return v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
}

export const AppRefSchema: Schema<AppRef> = v.strictObject({
  appId,
  guestSpaceId: v.exactOptional(appId),
});

export const JsonSchema: Schema<Json> = v.union([
  v.null(),
  v.boolean(),
  v.number(),
  v.string(),
  v.array(v.lazy(() => JsonSchema)),
  v.record(
    v.string(),
    v.lazy(() => JsonSchema),
  ),
]);

/** `v.record` would quietly turn a list into an object with index keys, hence the check before it. */
export const JsonObjectSchema: Schema<JsonObject> = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value)),
  v.record(v.string(), JsonSchema),
);

export const ConditionValueSchema: Schema<ConditionValue> = v.variant('kind', [
  v.strictObject({ kind: v.literal('literal'), value: v.string() }),
  v.strictObject({ kind: v.literal('parameter'), name: columnName }),
  v.strictObject({
    kind: v.literal('period'),
    unit: v.picklist(['day', 'month', 'year']),
    edge: v.picklist(['start', 'end']),
    offset: v.pipe(v.number(), v.integer(), v.minValue(-10_000), v.maxValue(10_000)),
    base: columnName,
  }),
]);

export const FieldConditionSchema: Schema<FieldCondition> = v.strictObject({
  field: columnName,
  operator: v.picklist([
    '=',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    'in',
    'notIn',
    'contains',
    'notContains',
    'blank',
    'notBlank',
  ]),
  values: v.array(ConditionValueSchema),
});

export const ConditionGroupSchema: Schema<ConditionGroup> = v.strictObject({
  join: v.picklist(['all', 'any']),
  conditions: v.array(FieldConditionSchema),
});

const PrincipalSchema: Schema<PrincipalRef> = v.strictObject({
  type: v.picklist(['USER', 'GROUP', 'ORGANIZATION']),
  /** May be blank while somebody is still typing; `validateReferences` says so. */
  code: columnName,
});

const ButtonSchema: Schema<ButtonTrigger> = v.strictObject({
  enabled: v.boolean(),
  label: v.pipe(v.string(), v.maxLength(MAX_NAME_LENGTH)),
  placement: v.variant('kind', [
    v.strictObject({ kind: v.literal('headerMenu') }),
    v.strictObject({ kind: v.literal('space'), spaceId: v.pipe(v.string(), v.maxLength(256)) }),
  ]),
  condition: v.nullable(ConditionGroupSchema),
  users: v.array(PrincipalSchema),
});

const ExecutorSchema: Schema<Executor> = v.variant('kind', [
  v.strictObject({ kind: v.literal('browser') }),
  v.strictObject({ kind: v.literal('server') }),
  /** May be blank while somebody is still typing; `validateReferences` says so. */
  v.strictObject({ kind: v.literal('remote'), url: v.pipe(v.string(), v.maxLength(2048)) }),
]);

const RecordEventSchema: Schema<RecordEventTrigger> = v.strictObject({
  event: v.picklist(['created', 'edited', 'statusChanged', 'deleted']),
  timing: v.picklist(['before', 'after']),
  condition: v.nullable(ConditionGroupSchema),
  action: columnName,
  onFailure: v.picklist(['tell', 'block']),
});

const WebhookEventSchema = v.picklist([
  'ADD_RECORD',
  'UPDATE_RECORD',
  'UPDATE_STATUS',
  'DELETE_RECORD',
  'ADD_RECORD_COMMENT',
]);

/** Cron expression and time zone are judged where they are used (`src/node/server`, the settings page). */
const ScheduleSchema: Schema<Schedule> = v.strictObject({
  cron: v.pipe(v.string(), v.maxLength(100)),
  timeZone: v.pipe(v.string(), v.maxLength(64)),
  holidays: v.picklist(['run', 'skip', 'dayBefore', 'dayAfter']),
});

const TestModeSchema: Schema<TestMode> = v.strictObject({
  rowLimit: wholeNumber(0, MAX_TEST_ROWS),
  apps: v.pipe(v.array(v.strictObject({ from: AppRefSchema, to: AppRefSchema })), v.maxLength(100)),
});

const InputFieldSchema: Schema<InputField> = v.strictObject({
  name: columnName,
  label: v.pipe(v.string(), v.maxLength(MAX_NAME_LENGTH)),
  note,
  type: v.picklist(['text', 'number', 'date', 'time', 'datetime', 'choice', 'choices']),
  required: v.boolean(),
  defaultValue: note,
  choices: v.pipe(v.array(columnName), v.maxLength(MAX_INPUT_CHOICES)),
});

const BreakpointSchema: Schema<Breakpoint> = v.strictObject({ flowId: innerId, commandId: innerId });

export const ExecutionUnitSchema: Schema<ExecutionUnit> = v.strictObject({
  id: unitId,
  name,
  note,
  enabled: v.boolean(),
  executor: ExecutorSchema,
  button: ButtonSchema,
  recordEvents: v.pipe(v.array(RecordEventSchema), v.maxLength(20)),
  api: v.boolean(),
  webhookEvents: v.array(WebhookEventSchema),
  schedules: v.pipe(v.array(ScheduleSchema), v.maxLength(20)),
  concurrency: v.picklist(['reject', 'queue', 'join', 'allow']),
  queueTtlMinutes: wholeNumber(1, MAX_QUEUE_TTL_MINUTES),
  priority: wholeNumber(-MAX_PRIORITY, MAX_PRIORITY),
  confirm: v.picklist(['always', 'deletions', 'never']),
  conflict: v.picklist(['stop', 'skip', 'replan', 'overwrite']),
  atomicity: v.picklist(['flow', 'unit', 'required']),
  rateLimitPerMinute: wholeNumber(1, MAX_RATE_LIMIT_PER_MINUTE),
  maxRunMinutes: wholeNumber(0, MAX_RUN_MINUTES),
  mode: v.picklist(['productive', 'test']),
  test: TestModeSchema,
  input: v.pipe(v.array(InputFieldSchema), v.maxLength(MAX_INPUT_FIELDS)),
  breakpoints: v.pipe(v.array(BreakpointSchema), v.maxLength(MAX_COMMANDS_PER_FLOW)),
  savepointRetention: v.picklist(['LAST', 'ALL']),
  flowIds: v.array(innerId),
});

export const CommandSchema: Schema<Command> = v.strictObject({
  id: innerId,
  type: v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,39}$/)),
  note,
  inputs: v.array(innerId),
  settings: JsonObjectSchema,
});

export const FlowSchema: Schema<Flow> = v.strictObject({
  id: innerId,
  name,
  note,
  commands: v.pipe(v.array(CommandSchema), v.maxLength(MAX_COMMANDS_PER_FLOW)),
});

export const SettingsSchema: Schema<Settings> = v.strictObject({
  version: v.literal(CURRENT_VERSION),
  logApp: v.nullable(AppRefSchema),
  holidays: v.pipe(v.array(isoDay), v.maxLength(MAX_HOLIDAYS)),
  units: v.pipe(v.array(ExecutionUnitSchema), v.maxLength(MAX_UNITS)),
  flows: v.pipe(v.array(FlowSchema), v.maxLength(MAX_FLOWS)),
});
