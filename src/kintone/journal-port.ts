import { FailureError, failure } from '../definition/errors';
import type { AppRef } from '../definition/types';
import type { DataRequest } from '../plan';
import {
  type CommitReply,
  type CreateReply,
  type JournalEntry,
  type JournalPort,
  offKey,
  retrying,
} from '../run';
import { apiPath, type BulkItem, type ClientFor } from './client';
import { entryOf, newEntryFields, patchFields } from './log-app/entry';
import type { PortTools } from './records-port';
import { isRetryableRead, readFailure, refusalOf } from './request-error';

/** The fields behind `StartFacts`: plans, counts and flows of many runs would be a lot to read for nothing. */
const START_FIELDS = [
  '$id',
  '$revision',
  'run_key',
  'lock_key',
  'run_owner',
  'execution_user',
  'execution_user_name',
  'start_epoch',
  'start_time',
  'end_epoch',
  'end_time',
  'state_reason',
  'execution_priority',
  'cancel_requested_by',
];

/** The fields behind `PlanKeeper`. */
const PLAN_FIELDS = [
  '$id',
  '$revision',
  'state',
  'state_reason',
  'start_epoch',
  'start_time',
  'end_epoch',
  'end_time',
  'plan_file',
  'transitions',
];

/** The log app as journal. Writes are sent exactly once per call; whether to repeat is the run's decision. */
export function journalPort(clientFor: ClientFor, logApp: AppRef, tools: PortTools): JournalPort {
  const client = clientFor(logApp);

  async function query(
    condition: string,
    limit: number,
    fields: readonly string[] = [],
  ): Promise<readonly JournalEntry[]> {
    const reply = await safely(() =>
      client.record.getRecords({
        app: logApp.appId,
        query: `${condition} order by $id desc limit ${limit}`,
        ...(fields.length === 0 ? {} : { fields: [...fields] }),
      }),
    );
    return reply.records.map(entryOf);
  }

  async function safely<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await retrying(
        () => {
          tools.usage.add(1);
          return work();
        },
        isRetryableRead,
        tools,
      );
    } catch (error) {
      throw new FailureError(readFailure(error, { appId: logApp.appId }));
    }
  }

  return {
    async create(entry): Promise<CreateReply> {
      tools.usage.add(1);
      try {
        const reply = await client.record.addRecords({ app: logApp.appId, records: [newEntryFields(entry)] });
        return { kind: 'created', journalId: reply.ids[0] ?? '', revision: reply.revisions[0] ?? '' };
      } catch (error) {
        const reply = refusalOf(error);
        if (reply.kind === 'refused' && reply.refusal.code === 'CB_VA01') {
          // kintone has no code of its own for a duplicate value: the field tells.
          if (reply.refusal.rows.some((row) => row.field === 'run_key')) return { kind: 'duplicateRun' };
          if (reply.refusal.rows.some((row) => row.field === 'continues'))
            return { kind: 'alreadyContinued' };
          if (reply.refusal.rows.some((row) => row.field === 'lock_key')) return { kind: 'locked' };
        }
        return reply;
      }
    },
    async read(journalId) {
      return (await query(`$id = ${journalId}`, 1))[0] ?? null;
    },
    async holder(lockKey) {
      return (await query(`lock_key = ${quote(lockKey)}`, 1))[0] ?? null;
    },
    async byRunId(runId) {
      return (await query(`run_key = ${quote(runId)}`, 1))[0] ?? null;
    },
    startedSince(unitId, sinceMs, limit) {
      return query(
        `execution_unit_Id = ${quote(unitId)} and start_epoch >= ${(sinceMs / 1000).toFixed(3)}`,
        limit,
      );
    },
    async lastInputs(unitId, userCode, limit) {
      const own = `execution_unit_Id = ${quote(unitId)} and execution_user = ${quote(userCode)}`;
      return (await query(own, limit, [...START_FIELDS, 'input_value'])).map(({ input }) => input);
    },
    keepingPlans(unitId, beforeJournalId, limit) {
      const condition = `execution_unit_Id = ${quote(unitId)} and $id < ${beforeJournalId} and plan_hash != ""`;
      return query(condition, limit, PLAN_FIELDS);
    },
    startsOf(unitId, sinceMs, limit) {
      const own = quote(unitId);
      const wanted = [
        ...(sinceMs === null ? [] : [`start_epoch >= ${(sinceMs / 1000).toFixed(3)}`]),
        'state_reason in ("queued")',
        `lock_key in (${own}, ${quote(offKey(unitId))})`,
      ];
      return query(`execution_unit_Id = ${own} and (${wanted.join(' or ')})`, limit, START_FIELDS);
    },
    async commit(request): Promise<CommitReply> {
      refuseOtherSpaces(request.requests, logApp);
      const journal: BulkItem = {
        method: 'PUT',
        api: apiPath(logApp, 'records'),
        payload: {
          app: logApp.appId,
          records: [
            { id: request.journalId, revision: request.revision, record: patchFields(request.patch) },
          ],
        },
      };
      tools.usage.add(1 + request.requests.length);
      try {
        const { results } = await client.bulkRequest({
          requests: [journal, ...request.requests.map(bulkItem)],
        });
        return committed(results, request.requests);
      } catch (error) {
        return refusalOf(error);
      }
    },
    async upload(name, bytes) {
      const reply = await safely(() => client.file.uploadFile({ file: { name, data: bytes } }));
      return reply.fileKey;
    },
    async download(file) {
      return new Uint8Array(await safely(() => client.file.downloadFile({ fileKey: file.fileKey })));
    },
  };
}

/** A data request as bulkRequest takes it. */
export function bulkItem(request: DataRequest): BulkItem {
  const api = apiPath(request.app, 'records');
  const app = request.app.appId;
  switch (request.kind) {
    case 'add':
      return { method: 'POST', api, payload: { app, records: request.rows.map((row) => row.fields) } };
    case 'update':
      return {
        method: 'PUT',
        api,
        payload: {
          app,
          records: request.rows.map((row) => ({
            id: row.recordId,
            revision: row.revision,
            record: row.fields,
          })),
        },
      };
    case 'delete':
      return {
        method: 'DELETE',
        api,
        payload: {
          app,
          ids: request.rows.map((row) => row.recordId),
          revisions: request.rows.map((row) => row.revision),
        },
      };
    case 'status':
      return {
        method: 'PUT',
        api: apiPath(request.app, 'records/status'),
        payload: {
          app,
          records: request.rows.map((row) => ({
            id: row.recordId,
            revision: row.revision,
            action: row.action,
            ...(row.assignee === null ? {} : { assignee: row.assignee }),
          })),
        },
      };
  }
}

function committed(results: readonly unknown[], requests: readonly DataRequest[]): CommitReply {
  const [journal, ...rows] = results as readonly {
    records?: readonly { revision?: string }[];
    ids?: readonly string[];
    revisions?: readonly string[];
  }[];
  return {
    kind: 'committed',
    revision: String(journal?.records?.[0]?.revision ?? ''),
    createdIds: requests.map((_request, index) => rows[index]?.ids ?? []),
    revisions: requests.map(
      (_request, index) =>
        rows[index]?.revisions ?? (rows[index]?.records ?? []).map((row) => String(row.revision)),
    ),
  };
}

/** One bulkRequest stays within one guest space (kintone's rule), and the journal is always part of it. */
function refuseOtherSpaces(requests: readonly DataRequest[], logApp: AppRef): void {
  const stranger = requests.find((request) => request.app.guestSpaceId !== logApp.guestSpaceId);
  if (stranger === undefined) return;
  throw new FailureError(
    failure('otherGuestSpace', { app: stranger.app.appId }, { appId: stranger.app.appId }),
  );
}

const quote = (value: string): string => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
