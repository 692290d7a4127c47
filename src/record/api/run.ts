/** Runs and refusals as programs see them. */
import type { Failure } from '../../definition/errors';
import type { Describe } from '../../run/ports';
import type { RunHandle, RunStatus } from '../../run/status';
import type { NagareError, NagareProgress, NagareRun } from './nagare';

export function nagareRun(handle: RunHandle, describe: Describe): NagareRun {
  const progress = () => progressOf(handle.getSnapshot(), describe);
  return Object.freeze({
    runId: handle.getSnapshot().runId,
    get state() {
      return handle.getSnapshot().state;
    },
    get progress() {
      return progress();
    },
    onProgress: (listener: (now: NagareProgress) => void) => handle.subscribe(() => listener(progress())),
    cancel: () => handle.cancel(),
    ended: handle.ended.then((status) => progressOf(status, describe)),
  });
}

function progressOf(status: RunStatus, describe: Describe): NagareProgress {
  const { runId, state, reason, progress, counts, flows, journalId } = status;
  const { added, updated, deleted, unchanged } = counts;
  return {
    runId,
    state,
    reason,
    rowsWritten: progress.rowsWritten,
    rowsPlanned: progress.rowsPlanned,
    counts: { added, updated, deleted, unchanged },
    flows: flows.map((flow) => ({ name: flow.name, state: flow.state })),
    error: status.failure === null ? null : { code: status.failure.code, message: describe(status.failure) },
    logRecordId: journalId,
    value: status.value.map(({ flowName, rows }) => ({ flowName, rows })),
  };
}

export interface NagareFailure {
  readonly failure: Failure;
  readonly holderRunId?: string;
}

export function nagareError(
  { failure: value, holderRunId = '' }: NagareFailure,
  describe: Describe,
): NagareError {
  return Object.assign(new Error(describe(value)), {
    name: 'NagareError' as const,
    code: value.code,
    holderRunId: holderRunId === '' ? null : holderRunId,
  });
}
