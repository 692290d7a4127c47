import { type Failure, failure, type Place } from '../definition/errors';
import type { CommitBatch } from '../plan';
import type { Refusal } from './ports';
import type { Ending } from './scope';
import type { FlowStatus } from './status';

export function endingOf(reason: Ending['reason'], value: Failure | null = null): Ending {
  return {
    state: SUCCESSES.has(reason) ? 'Success' : 'Failure',
    reason,
    failure: value,
  };
}

const SUCCESSES: ReadonlySet<Ending['reason']> = new Set(['done', 'noChange', 'stopped']);

/**
 * How a run ends whose flows have gone to their ends: where a data check stopped one of them, the run has
 * succeeded, but its reason and its message say so.
 */
export function withStops(ending: Ending, flows: readonly FlowStatus[]): Ending {
  if (ending.state !== 'Success') return ending;
  const stopped = flows.find((flow) => flow.failure !== null);
  return stopped === undefined ? ending : endingOf('stopped', stopped.failure);
}

/**
 * Turns kintone's refusal of a commit into a failure that names app, record and field.
 * Codes: facts "kintone" 3.1. A batch-wide refusal without a row keeps the app only.
 */
export function refusalFailure(refusal: Refusal, batch: CommitBatch, unitId: string): Failure {
  const index = refusal.requestIndex;
  const request = index === null || index === 0 ? undefined : batch.requests[index - 1];
  if (request === undefined) {
    return failure(
      index === 0 ? 'journalRefused' : (CODES[refusal.code] ?? 'kintoneRefused'),
      { code: refusal.code, message: refusal.message, status: refusal.status },
      { unitId, flowId: batch.flowId },
    );
  }
  const detail = refusal.rows[0];
  const rowInRequest = detail?.row ?? null;
  const planned = rowInRequest === null ? undefined : request.rows[rowInRequest];
  const place: Place = {
    unitId,
    flowId: request.source.flowId,
    commandId: request.source.commandId,
    appId: request.app.appId,
    ...(planned !== undefined && 'recordId' in planned ? { recordId: planned.recordId } : {}),
    ...(rowInRequest === null ? {} : { row: request.source.firstRow + rowInRequest }),
    ...(detail !== undefined && detail.field !== '' ? { field: detail.field } : {}),
  };
  const messages = refusal.rows.flatMap((row) => row.messages);
  return failure(
    CODES[refusal.code] ?? 'kintoneRefused',
    {
      code: refusal.code,
      status: refusal.status,
      message: messages.length > 0 ? messages.join(' ') : refusal.message,
      kind: request.kind,
      label: planned !== undefined && 'label' in planned ? planned.label : '',
    },
    place,
  );
}

const CODES: Readonly<Record<string, string>> = {
  CB_NO02: 'noWritePermission',
  GAIA_NO01: 'noWritePermission',
  CB_VA01: 'rowRefused',
  GAIA_CO02: 'recordChanged',
  GAIA_RE01: 'recordGone',
  GAIA_AP01: 'appNotFound',
  GAIA_LO04: 'lookupRefused',
  GAIA_IL03: 'actionRefused',
  GAIA_NT01: 'actionRefused',
  GAIA_ST02: 'processOff',
  CB_AU01: 'sessionExpired',
};
