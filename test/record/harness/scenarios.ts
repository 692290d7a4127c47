/** Moments of a run, one per screen of the panel. Names are long on purpose. */
import { failure } from '../../../src/definition/errors';
import type { OutputPlan, WriteCounts } from '../../../src/plan/types';
import type { JournalEntry } from '../../../src/run/ports';
import { previewOf } from '../../../src/run/preview';
import type { CommandStatus, CommandStop, FlowStatus, RunStatus } from '../../../src/run/status';
import type { SampleColumn } from '../../../src/run/table-sample';

export const STARTED_AT_MS = Date.UTC(2026, 10, 21, 5, 2, 0);
export const CALLING = { appId: '8', recordId: '12' };

const NO_COUNTS: WriteCounts = { added: 0, updated: 0, deleted: 0, unchanged: 0 };
const salesApp = { appId: '21' };
const stockApp = { appId: '22' };

function command(
  id: string,
  type: string,
  state: CommandStatus['state'],
  rows: readonly [number, number],
): CommandStatus {
  return { commandId: id, type, note: '', state, rowsIn: rows[0], rowsOut: rows[1], reports: [] };
}

function flow(name: string, state: FlowStatus['state'], more: Partial<FlowStatus> = {}): FlowStatus {
  return {
    flowId: name,
    key: `key ${name}`,
    name,
    state,
    startedAtMs: state === 'Queuing' || state === 'Cancel' ? null : STARTED_AT_MS,
    endedAtMs: state === 'Success' || state === 'Failure' ? STARTED_AT_MS + 2_100 : null,
    commands: [],
    outputs: [],
    failure: null,
    ...more,
  };
}

function plan(more: Partial<OutputPlan>): OutputPlan {
  return {
    flowId: '顧客別売上',
    commandId: 'out',
    app: salesApp,
    mode: 'upsert',
    keys: ['customer'],
    adds: [],
    updates: [],
    deletes: [],
    unchanged: 0,
    unmatched: 0,
    reports: [],
    ...more,
  };
}

const adds = Array.from({ length: 12 }, (_, i) => ({
  fields: {
    customer: { value: `株式会社なまえのながい取引先第${i + 1}営業所` },
    total: { value: String(120_000 + i * 1_000) },
    month: { value: '2026-11-01' },
  },
}));

const updates = Array.from({ length: 30 }, (_, i) => ({
  recordId: String(100 + i),
  revision: '3',
  fields: { total: { value: String(98_000 + i) }, owner: { value: [{ code: 'sato', name: '佐藤 昇' }] } },
  before: { total: { value: String(90_000 + i) }, owner: { value: [] } },
  label: `顧客 ${i + 1}`,
}));

const deletes = Array.from({ length: 3 }, (_, i) => ({
  recordId: String(300 + i),
  revision: '1',
  before: { customer: { value: `取引終了 ${i + 1}` }, total: { value: '0' } },
  label: `取引終了 ${i + 1}`,
}));

const salesPlan = plan({ adds, updates, unchanged: 42, unmatched: 2 });
const deletePlan = plan({ flowId: '在庫の引き当て', app: stockApp, updates, deletes, unchanged: 7 });

const salesCommands = (state: CommandStatus['state']) => [
  command('in', 'inputApp', 'done', [0, 5_700]),
  command('grp', 'group', 'done', [5_700, 57]),
  command('out', 'outputApp', state, [57, 57]),
];

const counts = (added: number, updated: number, deleted = 0, unchanged = 0): WriteCounts => ({
  added,
  updated,
  deleted,
  unchanged,
});

const base: RunStatus = {
  runId: 'monthlyclosingx:2b1f2c1e-4f0a-4a55-9d2e-0c9b7f3f1a11',
  undoOf: null,
  unitId: 'monthlyclosingx',
  unitName: '月次売上締め（全支店・速報値から確定値への置き換えと在庫の引き当て）',
  state: 'Queuing',
  reason: 'checking',
  user: { code: 'sato', name: '佐藤 昇' },
  startedAtMs: STARTED_AT_MS,
  endedAtMs: null,
  flows: [
    flow('支店マスタの取り込み', 'Success', { commands: salesCommands('done') }),
    flow('顧客別売上', 'Running', { commands: salesCommands('running') }),
    flow('在庫の引き当て', 'Queuing'),
  ],
  preview: null,
  progress: { rowsWritten: 0, rowsPlanned: 0 },
  counts: NO_COUNTS,
  requestCount: 14,
  cancelRequested: false,
  pauseRequested: false,
  pause: null,
  test: null,
  failure: null,
  holder: null,
  journalId: '501',
  value: [],
  queue: null,
  watched: null,
  remote: null,
};

const plansOf = (outputs: readonly OutputPlan[]) =>
  outputs.map((one) => ({ flowId: one.flowId, outputs: [one] }));

const preview = (outputs: readonly OutputPlan[], deferredFlowIds: readonly string[] = []) =>
  previewOf(plansOf(outputs), deferredFlowIds, { shape: 'unit', checkedAtMs: STARTED_AT_MS });

const written = (planned: WriteCounts, done: WriteCounts) => [
  { commandId: 'out', app: salesApp, planned, written: done },
];

const bigCounts = counts(5_000, 700);

export const holder: JournalEntry = {
  journalId: '480',
  revision: '9',
  runId: 'monthlyclosingx:aa',
  undoOf: '',
  continues: '',
  createdRows: '',
  lastWrite: null,
  lockKey: 'monthlyclosingx',
  unitId: 'monthlyclosingx',
  unitName: '月次売上締め',
  method: 'button',
  callingAppId: '8',
  callingRecordId: '3',
  user: { code: 'tanaka', name: '田中 美咲' },
  startedAtMs: STARTED_AT_MS - 600_000,
  endedAtMs: null,
  owner: 'other page',
  definitionHash: 'x',
  state: 'Running',
  reason: 'writing',
  flows: [],
  message: '',
  cursor: 2_000,
  rowsPlanned: 5_700,
  nonce: 'n',
  counts: counts(2_000, 0),
  requestCount: 30,
  planFiles: [{ fileKey: 'k', name: 'plan', sizeBytes: 1 }],
  planHash: 'h',
  cancelRequestedBy: '',
  parentRun: '',
  priority: 0,
  mode: 'productive',
  input: {},
  notificationId: '',
  eventType: '',
  pauseRequestedBy: '',
  outputValue: '',
  remoteTaskId: '',
  transitions: '',
  errorCode: '',
};

/** The plan behind `doneHere`. */
export const PLANS_HERE = plansOf([
  plan({
    app: { appId: '8' },
    updates: [{ recordId: '12', revision: '4', fields: {}, before: {}, label: '12' }],
  }),
]);

const ended = { endedAtMs: STARTED_AT_MS + 9_800 };
const failedPlace = { flowId: '顧客別売上', commandId: 'out', appId: '21', recordId: '104', field: 'owner' };

const writing: RunStatus = {
  ...base,
  state: 'Running',
  reason: 'writing',
  progress: { rowsWritten: 2_000, rowsPlanned: 5_700 },
  flows: [
    flow('支店マスタの取り込み', 'Success', { outputs: written(counts(300, 12), counts(300, 12)) }),
    flow('顧客別売上', 'Running', {
      commands: salesCommands('done'),
      outputs: written(bigCounts, counts(2_000, 0)),
    }),
    flow('在庫の引き当て', 'Queuing'),
  ],
};

const atService = { host: 'api.krewdata.grapecity.com', taskId: 'hijklmn8901234', isFollowed: false };
const serviceFlows = [
  flow('支店マスタの取り込み（全支店・速報値から確定値への置き換え）', 'Running'),
  flow('顧客別売上', 'Queuing'),
].map((one) => ({ ...one, commands: [], outputs: [] }));

const LONG = '本社が立て替えた運送費のうち、翌月に請求するもの。'.repeat(12).slice(0, 199);

const ORDER_COLUMNS: readonly SampleColumn[] = [
  { name: 'customer', label: '取引先の正式名称（登記簿のとおり）', type: 'text' },
  { name: '担当者', label: '担当者', type: 'people' },
  { name: '受注日時', label: '受注日時', type: 'datetime' },
  { name: '備考', label: '備考', type: 'text' },
  { name: '区分', label: '区分', type: 'choices' },
  ...Array.from({ length: 7 }, (_, i) => ({
    name: `amount_${i + 1}`,
    label: `金額 ${i + 1}（税抜）`,
    type: 'number' as const,
  })),
];

const orderInput: CommandStop['inputs'][number] = {
  from: 'in',
  rowCount: 5_700,
  columnCount: 34,
  columns: ORDER_COLUMNS,
  rows: Array.from({ length: 50 }, (_, i) => [
    `株式会社なまえのながい取引先第${i + 1}営業所`,
    i % 4 === 0 ? '' : '佐藤 昇, 田中 美咲',
    '2026-11-21T05:02:00Z',
    i === 0 ? `${LONG}…` : '',
    '新規, 継続',
    ...Array.from({ length: 7 }, (_unused, k) => String(1_234_567 * (i + 1) + k)),
  ]),
};

function standing(commandId: string, inputs: CommandStop['inputs']): RunStatus {
  const at = { flowId: '顧客別売上', commandId, inputs };
  return {
    ...base,
    state: 'Running',
    reason: 'paused',
    test: { rowLimit: 100, cut: 0 },
    pause: { cause: 'breakpoint', by: base.user.name, sinceMs: STARTED_AT_MS + 2_000, at },
    flows: base.flows.map((one) => ({
      ...one,
      state: 'Queuing' as const,
      commands: one.commands.map((each) => ({
        ...each,
        note: each.commandId === commandId ? '得意先ごとに、金額を月別に合計する' : '',
      })),
    })),
  };
}

export const SCENARIOS = {
  checking: base,
  confirming: {
    ...base,
    reason: 'confirming',
    preview: preview(
      [salesPlan, plan({ flowId: '在庫の引き当て', app: stockApp, updates })],
      ['在庫の引き当て'],
    ),
    flows: base.flows.map((one) => ({ ...one, state: 'Queuing' as const })),
  },
  deleting: {
    ...base,
    reason: 'confirming',
    preview: preview([salesPlan, deletePlan]),
    flows: base.flows.map((one) => ({ ...one, state: 'Queuing' as const })),
  },
  writing,
  testing: { ...writing, test: { rowLimit: 100, cut: 5_600 } },
  planOnly: {
    ...base,
    reason: 'confirming',
    test: { rowLimit: 0, cut: 0 },
    preview: preview([salesPlan, deletePlan]),
  },
  paused: {
    ...writing,
    reason: 'paused',
    pause: { cause: 'person', by: '鈴木 一郎', sinceMs: STARTED_AT_MS + 61_000 },
  },
  signedOut: { ...writing, reason: 'paused', pause: { cause: 'session', by: '', sinceMs: STARTED_AT_MS } },
  offline: {
    ...base,
    state: 'Running',
    reason: 'paused',
    pause: { cause: 'offline', by: '', sinceMs: STARTED_AT_MS },
  },
  breakpoint: standing('grp', [orderInput]),
  breakpointNoInputs: standing('in', []),
  breakpointTwoInputs: standing('out', [
    {
      from: 'grp',
      rowCount: 2,
      columnCount: 2,
      columns: ORDER_COLUMNS.slice(0, 2),
      rows: [
        ['青葉商店', '佐藤 昇'],
        ['若葉商店', ''],
      ],
    },
    { from: 'in', rowCount: 0, columnCount: 12, columns: ORDER_COLUMNS, rows: [] },
  ]),
  pausing: { ...writing, pauseRequested: true },
  stopping: {
    ...base,
    state: 'Running',
    reason: 'writing',
    cancelRequested: true,
    progress: { rowsWritten: 2_000, rowsPlanned: 5_700 },
    flows: [
      flow('支店マスタの取り込み', 'Success', { outputs: written(counts(300, 12), counts(300, 12)) }),
      flow('顧客別売上', 'Running', {
        commands: salesCommands('done'),
        outputs: written(bigCounts, counts(2_000, 0)),
      }),
      flow('在庫の引き当て', 'Queuing'),
    ],
  },
  done: {
    ...base,
    ...ended,
    state: 'Success',
    reason: 'done',
    preview: preview([salesPlan]),
    progress: { rowsWritten: 42, rowsPlanned: 42 },
    flows: [
      flow('支店マスタの取り込み', 'Success'),
      flow('顧客別売上', 'Success', { outputs: written(counts(12, 30), counts(12, 30)) }),
    ],
  },
  doneHere: {
    ...base,
    ...ended,
    state: 'Success',
    reason: 'done',
    preview: previewOf(PLANS_HERE, [], { shape: 'unit', checkedAtMs: STARTED_AT_MS }),
    flows: [
      flow('顧客別売上', 'Success', {
        outputs: [{ commandId: 'out', app: { appId: '8' }, planned: counts(0, 1), written: counts(0, 1) }],
      }),
    ],
  },
  noChange: {
    ...base,
    ...ended,
    state: 'Success',
    reason: 'noChange',
    counts: counts(0, 0, 0, 42),
    flows: [flow('顧客別売上', 'Success', { commands: salesCommands('done') })],
  },
  failed: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'failed',
    progress: { rowsWritten: 2_000, rowsPlanned: 5_700 },
    failure: failure(
      'rowRefused',
      { code: 'CB_VA01', status: 400, message: '必須です。', kind: 'update', label: '顧客 5' },
      failedPlace,
    ),
    flows: [
      flow('支店マスタの取り込み', 'Success', { outputs: written(counts(300, 12), counts(300, 12)) }),
      flow('顧客別売上', 'Failure', {
        commands: salesCommands('failed'),
        outputs: written(bigCounts, counts(2_000, 0)),
      }),
      flow('在庫の引き当て', 'Cancel'),
    ],
  },
  fromFailed: {
    ...base,
    reason: 'confirming',
    flows: [
      { ...flow('支店マスタの取り込み', 'Success'), startedAtMs: null, endedAtMs: null, isDoneEarlier: true },
      flow('顧客別売上', 'Running', { commands: salesCommands('done') }),
    ],
    preview: preview([salesPlan], []),
  },
  forbidden: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'failed',
    failure: failure(
      'noReadPermission',
      { app: '21' },
      { flowId: '支店マスタの取り込み', commandId: 'in', appId: '21' },
    ),
    flows: [
      flow('支店マスタの取り込み', 'Failure', { commands: [command('in', 'inputApp', 'failed', [0, 0])] }),
      flow('顧客別売上', 'Cancel'),
    ],
  },
  cancelled: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'cancelled',
    cancelRequested: true,
    progress: { rowsWritten: 2_000, rowsPlanned: 5_700 },
    failure: failure('cancelledBy', { user: '佐藤 昇' }),
    flows: [
      flow('顧客別売上', 'Cancel', { outputs: written(bigCounts, counts(2_000, 0)) }),
      flow('在庫の引き当て', 'Cancel'),
    ],
  },
  cancelledLater: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'cancelled',
    cancelRequested: true,
    progress: { rowsWritten: 2_312, rowsPlanned: 5_700 },
    failure: failure('cancelledBy', { user: '佐藤 昇' }),
    flows: [
      flow('支店マスタの取り込み', 'Success', { outputs: written(counts(300, 12), counts(300, 12)) }),
      flow('顧客別売上', 'Cancel', { outputs: written(bigCounts, counts(2_000, 0)) }),
      flow('在庫の引き当て', 'Cancel'),
    ],
  },
  declined: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'declined',
    failure: failure('declined', { user: '佐藤 昇' }),
  },
  locked: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'locked',
    holder,
    failure: failure('locked', { user: holder.user.name, sinceMs: holder.startedAtMs }),
  },
  observing: { ...base, holder },
  rateLimited: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'rateLimited',
    failure: failure('rateLimited', { limit: 5, waitSeconds: 42 }),
  },
  interrupted: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'interrupted',
    holder,
    failure: failure('interruptedRunFound', { user: holder.user.name, written: 2_000, planned: 5_700 }),
  },
  interruptedLater: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'interrupted',
    holder: {
      ...holder,
      flows: (['Success', 'Running'] as const).map((state, index) => ({
        rowId: null,
        flowId: `f${index}`,
        key: `k${index}`,
        name: `フロー ${index + 1}`,
        state,
        startedAtMs: STARTED_AT_MS,
        endedAtMs: null,
        rowsRead: 0,
        counts: NO_COUNTS,
        message: '',
      })),
    },
    failure: failure('interruptedRunFound', { user: holder.user.name, written: 2_000, planned: 5_700 }),
  },
  queued: {
    ...base,
    reason: 'queued',
    flows: base.flows.map((one) => ({ ...one, state: 'Queuing' as const })),
    queue: {
      position: 7,
      ahead: [
        '田中 美咲',
        '鈴木 一郎',
        'Alexandra Featherstonehaugh-Cholmondeley',
        '佐藤 昇',
        '高橋',
        '伊藤',
      ],
      holder: { name: '田中 美咲', sinceMs: STARTED_AT_MS - 600_000 },
      untilMs: STARTED_AT_MS + 600_000,
    },
  },
  queuedNext: {
    ...base,
    reason: 'queued',
    flows: base.flows.map((one) => ({ ...one, state: 'Queuing' as const })),
    queue: { position: 1, ahead: [], holder: null, untilMs: STARTED_AT_MS + 600_000 },
  },
  joined: {
    ...base,
    state: 'Running',
    reason: 'writing',
    watched: 'joined',
    user: holder.user,
    progress: { rowsWritten: 2_000, rowsPlanned: 5_700 },
  },
  joinedAsks: { ...base, reason: 'confirming', watched: 'joined', user: holder.user },
  joinedDone: {
    ...base,
    ...ended,
    state: 'Success',
    reason: 'done',
    watched: 'joined',
    user: holder.user,
    counts: counts(12, 30),
    flows: base.flows.map((one, index) => ({
      ...one,
      state: 'Success' as const,
      commands: [],
      logged: { rowsRead: 100, counts: counts(index * 6, index * 15) },
    })),
  },
  requested: {
    ...base,
    reason: 'requested',
    watched: 'requested',
    flows: base.flows.map((one) => ({ ...one, state: 'Queuing' as const })),
  },
  onServer: {
    ...base,
    state: 'Running',
    reason: 'writing',
    watched: 'requested',
    progress: { rowsWritten: 2_000, rowsPlanned: 5_700 },
  },
  expired: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'expired',
    failure: failure('expired', { minutes: 10 }),
  },
  queueFull: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'locked',
    failure: failure('queueFull', { limit: 20 }),
  },
  switchedOff: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'switchedOff',
    failure: failure('switchedOff', { user: '田中 美咲', since: '2026-11-21 13:52', name: base.unitName }),
  },
  remoteConfirming: { ...base, reason: 'confirming', remote: atService, flows: [] },
  remoteAsking: { ...base, reason: 'remote', remote: { ...atService, taskId: '' }, flows: [] },
  remoteRunning: { ...base, state: 'Running', reason: 'remote', remote: atService, flows: serviceFlows },
  remoteFollowed: {
    ...base,
    state: 'Running',
    reason: 'remote',
    remote: { ...atService, isFollowed: true },
    flows: serviceFlows,
  },
  remoteDone: {
    ...base,
    ...ended,
    state: 'Success',
    reason: 'done',
    remote: atService,
    flows: serviceFlows.map((one) => ({ ...one, state: 'Success' as const })),
  },
  remoteFailed: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'failed',
    remote: atService,
    flows: serviceFlows.map((one, index) => ({
      ...one,
      state: index === 0 ? ('Failure' as const) : ('Cancel' as const),
    })),
    failure: failure('remoteFailed', {
      host: atService.host,
      taskId: atService.taskId,
      errorCode: '33',
      errorMessage: 'データ編集フローの設定が正しくありません。データ編集フローのエラーを修正してください。',
    }),
  },
  remoteUnclear: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'unclear',
    remote: { ...atService, taskId: '' },
    flows: [],
    failure: failure('remoteUnclear', { host: atService.host, cause: 'httpTimedOut' }),
  },
  remoteLeft: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'unclear',
    remote: atService,
    flows: serviceFlows,
    failure: failure('remoteLeft', {
      host: atService.host,
      taskId: atService.taskId,
      user: '田中 美咲',
    }),
  },
  remoteOff: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'switchedOff',
    remote: { ...atService, taskId: '' },
    flows: [],
    failure: failure('remoteDisabled', { host: atService.host, code: 429, says: 'x' }),
  },
  lost: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'interrupted',
    progress: { rowsWritten: 2_000, rowsPlanned: 5_700 },
    failure: failure('engineLost', {}, { unitId: base.unitId }),
  },
  superseded: {
    ...base,
    ...ended,
    state: 'Failure',
    reason: 'superseded',
    failure: failure('superseded'),
  },
} satisfies Record<string, RunStatus>;

export type ScenarioName = keyof typeof SCENARIOS;
