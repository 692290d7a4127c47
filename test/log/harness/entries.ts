import { type Transition, withTransitions } from '../../../src/run/history';
import type { JournalEntry, StateReason } from '../../../src/run/ports';

export const NOW_MS = Date.UTC(2026, 10, 21, 6, 0, 0);

const MESSAGES: Partial<Record<StateReason, string>> = {
  failed:
    'フロー「顧客別売上」 › アプリ「顧客別売上集計」 › フィールド「担当者」: kintone が値を受け付けませんでした。必須です。フィールドの設定と入力の値を確認してください。',
  cancelled: '佐藤 昇 さんが中止しました。2,000 件は書き込み済みです。',
  locked: '田中 美咲 さんの実行中だったため、始めませんでした。',
};

const REASONS: readonly StateReason[] = [
  'writing',
  'done',
  'failed',
  'noChange',
  'stopped',
  'cancelled',
  'done',
  'declined',
  'interrupted',
  'locked',
  'rateLimited',
  'superseded',
];

/** A short history, and for every sixth run one that is so long that it is folded. */
function historyText(
  index: number,
  startedAtMs: number,
  endedAtMs: number | null,
  reason: StateReason,
  isGood: boolean,
): string {
  const line = (ms: number, actor: string, to: StateReason, note = ''): Transition => ({
    atMs: startedAtMs + ms,
    actor,
    state: 'Running',
    reason: to,
    note,
  });
  const pauses = Array.from({ length: index % 6 === 2 ? 40 : 1 }, (_unused, turn) => [
    line(2_000 + turn * 20, '長谷川 美智子（営業本部 東日本）', 'paused', 'person'),
    line(2_010 + turn * 20, '佐藤 昇', 'writing', 'goesOn'),
  ]).flat();
  const end = endedAtMs === null ? [] : [{ ...line(0, '佐藤 昇', reason), atMs: endedAtMs }];
  const state = isGood ? 'Success' : 'Failure';
  return withTransitions('', [
    line(0, '佐藤 昇', 'checking'),
    line(1_000, '佐藤 昇', 'writing'),
    ...pauses,
    ...end.map((one) => ({ ...one, state }) as const),
  ]);
}

function entry(index: number): JournalEntry {
  const reason = REASONS[index % REASONS.length] ?? 'done';
  const isLive = reason === 'writing';
  const isGood = reason === 'done' || reason === 'noChange' || reason === 'stopped';
  const startedAtMs = NOW_MS - 90_000 - index * 3_600_000;
  const endedAtMs = isLive ? null : startedAtMs + 4_000 + (index % 7) * 21_000;
  const isLong = index % 3 === 0;
  return {
    journalId: String(1_000 - index),
    revision: '3',
    runId: `monthlyclosingx:${index}`,
    lockKey: '',
    unitId: isLong ? 'monthlyclosingx' : 'stockallocation',
    unitName: isLong
      ? '月次売上締め（全支店・速報値から確定値への置き換えと在庫の引き当て）'
      : '在庫引き当て',
    method: 'button',
    callingAppId: '8',
    callingRecordId: index % 5 === 4 ? '' : String(1_024 + index),
    user: { code: 'sato', name: index % 4 === 0 ? '佐藤 昇' : '長谷川 美智子（営業本部 東日本）' },
    startedAtMs,
    endedAtMs,
    owner: 'page',
    definitionHash: 'x',
    state: isLive ? 'Running' : isGood ? 'Success' : 'Failure',
    reason,
    flows: [
      flow('支店マスタの取り込み', 'Success', startedAtMs, 1_500),
      flow('顧客別売上', isLive ? 'Running' : isGood ? 'Success' : 'Failure', startedAtMs + 1_500, 2_500),
      { ...flow('在庫の引き当て', 'Cancel', startedAtMs, 0), startedAtMs: null, endedAtMs: null },
    ],
    message: MESSAGES[reason] ?? '',
    cursor: isGood ? 342 : 200,
    rowsPlanned: 342,
    nonce: 'n',
    counts: {
      added: reason === 'noChange' ? 0 : 12,
      updated: reason === 'noChange' ? 0 : 330,
      deleted: index % 6 === 1 ? 3 : 0,
      unchanged: 42,
    },
    requestCount: 21,
    planFiles: isLive ? [] : [{ fileKey: 'plan', name: 'plan-0-1.json.gz', sizeBytes: 900 }],
    planHash: '',
    createdRows: '',
    lastWrite: null,
    undoOf: '',
    continues: '',
    cancelRequestedBy: '',
    remoteTaskId: '',
    parentRun: index === 5 ? 'parent' : '',
    priority: 0,
    mode: 'productive',
    input: index === 2 ? { day: '2026-11-28', memo: '', tags: '新規\n既存' } : {},
    notificationId: '',
    eventType: '',
    pauseRequestedBy: '',
    outputValue: '',
    transitions: historyText(index, startedAtMs, endedAtMs, reason, isGood),
    errorCode: reason === 'failed' ? 'rowRefused' : '',
  };
}

function flow(
  name: string,
  state: JournalEntry['flows'][number]['state'],
  startedAtMs: number,
  durationMs: number,
): JournalEntry['flows'][number] {
  return {
    rowId: '1',
    flowId: name,
    key: name,
    name,
    state,
    startedAtMs,
    endedAtMs: state === 'Running' ? null : startedAtMs + durationMs,
    rowsRead: 5_700,
    counts: { added: 12, updated: 300, deleted: 0, unchanged: 42 },
    message: state === 'Failure' ? '必須です。' : '',
  };
}

/** Newest first, one an hour. */
export const entries: readonly JournalEntry[] = Array.from({ length: 75 }, (_, index) => entry(index));
