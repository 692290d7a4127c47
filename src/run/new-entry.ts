import type { CreateReply, NewRunEntry } from './ports';
import { backoffMs, isRetryableCode, MAX_ATTEMPTS } from './retry';
import { flowEntries, type RunScope } from './scope';

/** The run record of a start that takes the unit at once; other starts change what differs. */
export function newEntry(scope: Pick<RunScope, 'request' | 'unit' | 'store' | 'ports'>): NewRunEntry {
  const { request, unit, store, ports } = scope;
  const status = store.getSnapshot();
  return {
    runId: status.runId,
    lockKey: unit.concurrency === 'allow' ? '' : unit.id,
    unitId: unit.id,
    unitName: unit.name,
    method: request.method,
    callingAppId: request.calling.appId,
    callingRecordId: request.calling.recordId,
    user: request.user,
    startedAtMs: status.startedAtMs,
    owner: request.owner,
    definitionHash: request.definitionHash,
    undoOf: request.undoOf ?? '',
    continues: request.continues ?? '',
    parentRun: request.parentRun ?? '',
    priority: request.priority ?? unit.priority,
    mode: unit.mode,
    input: request.input,
    notificationId: request.notificationId ?? '',
    eventType: request.eventType ?? '',
    state: 'Queuing',
    reason: 'checking',
    flows: flowEntries(status, ports.describe),
  };
}

/** A lost reply is settled by the unique run key: either the record is there, or sending again is harmless. */
export async function createEntry(scope: Pick<RunScope, 'ports'>, entry: NewRunEntry): Promise<CreateReply> {
  const { ports } = scope;
  let reply: CreateReply = { kind: 'unknown', cause: '' };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    if (attempt > 1) await ports.clock.sleep(backoffMs(attempt, ports.random));
    reply = await ports.journal.create(entry);
    if (reply.kind === 'refused' && isRetryableCode(reply.refusal.code)) continue;
    if (reply.kind !== 'unknown') return reply;
    const existing = await ports.journal.byRunId(entry.runId).catch(() => null);
    if (existing?.owner === entry.owner)
      return { kind: 'created', journalId: existing.journalId, revision: existing.revision };
  }
  return reply;
}
