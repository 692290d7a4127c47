/** What stands between a tab and kintone: sessions that expire and answers that get lost on the way. */
import { FailureError, failure } from '../../src/definition/errors';
import type { CommitReply, CreateReply, JournalPort, Refusal, RunPorts } from '../../src/run';

type Loss = 'lost before' | 'lost after' | 'busy';
export const LOSSES: readonly Loss[] = ['lost before', 'lost after', 'busy'];

export interface Troubles {
  /** Whether kintone answers everything from this tab with 401. */
  readonly isSignedOut: () => boolean;
  /** What happens to a write that carries no data (those that do are in the hands of the memory kintone). */
  readonly loss: () => Loss | null;
}

const refusal = (status: number, code: string): { kind: 'refused'; refusal: Refusal } => ({
  kind: 'refused',
  refusal: { status, code, message: code, requestIndex: null, rows: [] },
});

/** The same ports, with the troubles in between. */
export function troubled(ports: RunPorts, troubles: Troubles): RunPorts {
  const guard = <T extends object>(port: T, writes: ReadonlySet<string>): T =>
    new Proxy(port, {
      get(target, name, receiver) {
        const member = Reflect.get(target, name, receiver) as unknown;
        if (typeof member !== 'function' || writes.has(String(name))) return member;
        return (...args: unknown[]) => {
          if (troubles.isSignedOut()) throw new FailureError(failure('sessionExpired'));
          return member.apply(target, args);
        };
      },
    });
  const reads = guard(ports.journal, new Set(['create', 'commit']));
  const journal: JournalPort = {
    create: (entry) => unsure<CreateReply>(troubles, () => ports.journal.create(entry)),
    commit: (request) =>
      request.requests.length === 0
        ? unsure<CommitReply>(troubles, () => ports.journal.commit(request))
        : troubles.isSignedOut()
          ? Promise.resolve(refusal(401, 'CB_AU01'))
          : ports.journal.commit(request),
    read: async (journalId) => reads.read(journalId),
    holder: async (lockKey) => reads.holder(lockKey),
    byRunId: async (runId) => reads.byRunId(runId),
    startedSince: async (unitId, sinceMs, limit) => reads.startedSince(unitId, sinceMs, limit),
    lastInputs: async (unitId, userCode, limit) => reads.lastInputs(unitId, userCode, limit),
    keepingPlans: async (unitId, before, limit) => reads.keepingPlans(unitId, before, limit),
    startsOf: async (unitId, sinceMs, limit) => reads.startsOf(unitId, sinceMs, limit),
    upload: async (name, bytes) => reads.upload(name, bytes),
    download: async (file) => reads.download(file),
  };
  return { ...ports, records: guard(ports.records, new Set()), journal };
}

async function unsure<T extends { readonly kind: string }>(
  troubles: Troubles,
  work: () => Promise<T>,
): Promise<T | ReturnType<typeof refusal> | { kind: 'unknown'; cause: string }> {
  if (troubles.isSignedOut()) return refusal(401, 'CB_AU01');
  const loss = troubles.loss();
  if (loss === 'busy') return refusal(429, 'GAIA_TO04');
  if (loss === 'lost before') return { kind: 'unknown', cause: 'connection reset' };
  const reply = await work();
  return loss === 'lost after' ? { kind: 'unknown', cause: 'connection reset' } : reply;
}
