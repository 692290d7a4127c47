import type { TextReply, TextRequest } from '../../src/commands/types';
import type { AppRef } from '../../src/definition/types';
import type { DataRequest } from '../../src/plan';
import {
  type CommitReply,
  type CommitRequest,
  type CreateReply,
  type JournalEntry,
  type JournalPort,
  type NewRunEntry,
  offKey,
  type RecordsPort,
  type Refusal,
} from '../../src/run';
import { firstTransition } from '../../src/run/history';
import type { KintoneFields, KintoneRecord, PageData } from '../../src/table';

/**
 * What a fault does to the next write: it never arrives; it happens and the answer is lost; it is turned
 * away; it is answered with silence and arrives later, when somebody may have moved on; it arrives twice.
 */
export type Fault = 'lost before' | 'lost after' | 'busy' | 'late' | 'twice';

/** What every app of kintone has; it fills them itself. */
export const RECORD_FACTS: KintoneFields = {
  creator: { type: 'CREATOR', code: 'creator', label: 'creator' },
  createdAt: { type: 'CREATED_TIME', code: 'createdAt', label: 'createdAt' },
};

interface App {
  readonly fields: KintoneFields;
  readonly records: Map<string, Record<string, { value: unknown }>>;
  nextId: number;
  isWritable: boolean;
}

/**
 * The smallest kintone a run can tell from a real one: records with revisions, unique run and lock
 * keys, all-or-nothing commits. Shared by several "tabs" in a test.
 */
export class MemoryKintone {
  readonly apps = new Map<string, App>();
  readonly entries = new Map<string, JournalEntry>();
  readonly files = new Map<string, Uint8Array>();
  /** Taken one per commit, first first. */
  readonly faults: (Fault | null)[] = [];
  /** Called before every commit; 'dies': the page dies before the request has left it. */
  beforeCommit: (request: CommitRequest) => 'dies' | undefined = () => undefined;
  afterCommit: (request: CommitRequest) => void = () => undefined;
  /** Carries out late requests; a test moves its clock here. */
  later: (work: () => void) => void = (work) => work();
  /** What was committed, in order, each with the owner that the run had before. */
  readonly commits: (CommitRequest & { readonly owner: string })[] = [];
  reads = 0;
  /** Whose session the requests come with. */
  login = 'sato';
  nowMs: () => number = () => 0;

  addApp(appId: string, fields: KintoneFields, rows: readonly Record<string, unknown>[] = []): void {
    const app: App = { fields, records: new Map(), nextId: 1, isWritable: true };
    this.apps.set(appId, app);
    for (const row of rows) this.insert(app, values(row));
  }

  /** Somebody adds records by hand. */
  put(appId: string, rows: readonly Record<string, unknown>[]): void {
    for (const row of rows) this.insert(this.app(appId), values(row));
  }

  /** Carries out the data of a commit alone; answers the ids that it gave. */
  async commitData(requests: readonly DataRequest[]): Promise<readonly (readonly string[])[]> {
    const createdIds: string[][] = [];
    for (const request of requests) this.applyData(request, [], createdIds);
    return createdIds;
  }

  /** Plain values of an app's records in id order, for comparing. */
  rows(appId: string): readonly Record<string, unknown>[] {
    return [...this.app(appId).records.values()].map((record) =>
      Object.fromEntries(
        Object.entries(record)
          .filter(([code]) => !code.startsWith('$') && RECORD_FACTS[code] === undefined)
          .map(([code, field]) => [code, field.value]),
      ),
    );
  }

  private app(appId: string): App {
    const app = this.apps.get(appId);
    if (app === undefined) throw new Error(`no app ${appId}`);
    return app;
  }

  private insert(app: App, fields: Record<string, { value: unknown }>): string {
    const id = String(app.nextId);
    app.nextId += 1;
    const facts = {
      creator: { value: { code: this.login, name: this.login } },
      createdAt: { value: new Date(this.minuteMs()).toISOString() },
    };
    app.records.set(id, { ...fields, ...facts, $id: { value: id }, $revision: { value: '1' } });
    return id;
  }

  /** As kintone does: to the minute. */
  private minuteMs(): number {
    return Math.floor(this.nowMs() / 60_000) * 60_000;
  }

  private lastWrite(): JournalEntry['lastWrite'] {
    return { by: this.login, atMs: this.minuteMs() };
  }

  /** What hosts outside answer. */
  outside: (request: TextRequest) => TextReply = () => ({ status: 404, text: '' });

  async answer(request: TextRequest): Promise<TextReply> {
    return this.outside(request);
  }

  readonly records: RecordsPort = {
    fields: async (app) => this.app(app.appId).fields,
    numberPrecision: async () => ({ digits: 16, decimalPlaces: 4, roundingMode: 'HALF_EVEN' }),
    process: async () => ({ isEnabled: false, actions: [] }),
    count: async (app) => this.app(app.appId).records.size,
    pages: (request) => this.page(request.app, request.query),
  };

  private async *page(app: AppRef, query: string): AsyncGenerator<PageData> {
    this.reads += 1;
    const fulfils = conditionOf(query);
    const records = [...this.app(app.appId).records.values()].filter(fulfils) as KintoneRecord[];
    // Like a page session, which hands over what came over the network.
    yield { bytes: new TextEncoder().encode(JSON.stringify({ records, totalCount: null })) };
  }

  readonly journal: JournalPort = {
    create: async (entry): Promise<CreateReply> => {
      const all = [...this.entries.values()];
      if (all.some((other) => other.runId === entry.runId)) return { kind: 'duplicateRun' };
      if (entry.continues !== '' && all.some((other) => other.continues === entry.continues)) {
        return { kind: 'alreadyContinued' };
      }
      if (entry.lockKey !== '' && all.some((other) => other.lockKey === entry.lockKey))
        return { kind: 'locked' };
      const journalId = String(this.entries.size + 1);
      this.entries.set(journalId, { ...newEntry(entry, journalId), lastWrite: this.lastWrite() });
      return { kind: 'created', journalId, revision: '1' };
    },
    read: async (journalId) => this.entries.get(journalId) ?? null,
    holder: async (lockKey) => [...this.entries.values()].find((entry) => entry.lockKey === lockKey) ?? null,
    byRunId: async (runId) => [...this.entries.values()].find((entry) => entry.runId === runId) ?? null,
    startedSince: async (unitId, sinceMs, limit) =>
      [...this.entries.values()]
        .filter((entry) => entry.unitId === unitId && entry.startedAtMs >= sinceMs)
        .reverse()
        .slice(0, limit),
    lastInputs: async (unitId, userCode, limit) =>
      [...this.entries.values()]
        .filter((entry) => entry.unitId === unitId && entry.user.code === userCode)
        .reverse()
        .slice(0, limit)
        .map(({ input }) => input),
    keepingPlans: async (unitId, beforeJournalId, limit) =>
      [...this.entries.values()]
        .filter(
          (entry) =>
            entry.unitId === unitId &&
            Number(entry.journalId) < Number(beforeJournalId) &&
            entry.planHash !== '',
        )
        .reverse()
        .slice(0, limit),
    startsOf: async (unitId, sinceMs, limit) =>
      [...this.entries.values()]
        .filter(
          (entry) =>
            entry.unitId === unitId &&
            ((sinceMs !== null && entry.startedAtMs >= sinceMs) ||
              entry.reason === 'queued' ||
              entry.lockKey === unitId ||
              entry.lockKey === offKey(unitId)),
        )
        .reverse()
        .slice(0, limit),
    commit: async (request) => this.commit(request),
    upload: async (name, bytes) => {
      const key = `file-${this.files.size + 1}/${name}`;
      this.files.set(key, bytes);
      return key;
    },
    download: async (file) => this.files.get(file.fileKey) ?? new Uint8Array(),
  };

  private commit(request: CommitRequest): CommitReply | Promise<CommitReply> {
    if (this.beforeCommit(request) === 'dies') return new Promise(() => undefined);
    const fault = request.requests.length > 0 ? (this.faults.shift() ?? null) : null;
    if (fault === 'lost before') return { kind: 'unknown', cause: 'connection reset' };
    if (fault === 'busy') return refused({ status: 429, code: 'GAIA_TO04', requestIndex: null });
    if (fault === 'late') {
      this.later(() => this.apply(request));
      return { kind: 'unknown', cause: 'time-out' };
    }
    if (fault === 'twice') this.apply(request);
    const reply = this.apply(request);
    this.afterCommit(request);
    return fault === 'lost after' ? { kind: 'unknown', cause: 'connection reset' } : reply;
  }

  private apply(request: CommitRequest): CommitReply {
    const entry = this.entries.get(request.journalId);
    if (entry === undefined) return refused({ status: 404, code: 'GAIA_RE01', requestIndex: 0 });
    // As kintone does: -1 means that the revision is not checked.
    if (request.revision !== '-1' && entry.revision !== request.revision)
      return refused({ status: 409, code: 'GAIA_CO02', requestIndex: 0 });
    const { lockKey } = request.patch;
    const others = [...this.entries.values()].filter((other) => other !== entry);
    if (lockKey !== undefined && lockKey !== '' && others.some((other) => other.lockKey === lockKey)) {
      const rows = [{ row: 0, field: 'lock_key', messages: ['duplicate'] }];
      return refused({ status: 400, code: 'CB_VA01', requestIndex: 0, rows });
    }
    const undo: (() => void)[] = [];
    const createdIds: string[][] = [];
    for (const [index, data] of request.requests.entries()) {
      const refusal = this.applyData(data, undo, createdIds);
      if (refusal !== null) {
        for (const back of undo.reverse()) back();
        return refused({ ...refusal, requestIndex: index + 1 });
      }
    }
    const revision = String(Number(entry.revision) + 1);
    const { planFileKeys, ...patch } = request.patch;
    this.entries.set(entry.journalId, {
      ...entry,
      ...patch,
      ...(planFileKeys === undefined
        ? {}
        : {
            planFiles: planFileKeys.map((fileKey) => ({
              fileKey,
              name: fileKey.split('/')[1] ?? '',
              sizeBytes: 0,
            })),
          }),
      lastWrite: this.lastWrite(),
      revision,
    });
    this.commits.push({ ...request, owner: entry.owner });
    return { kind: 'committed', revision, createdIds, revisions: request.requests.map(() => []) };
  }

  private applyData(
    data: DataRequest,
    undo: (() => void)[],
    createdIds: string[][],
  ): { status: number; code: string } | null {
    const app = this.app(data.app.appId);
    const created: string[] = [];
    createdIds.push(created);
    if (!app.isWritable) return { status: 403, code: 'CB_NO02' };
    for (const row of data.rows) {
      if (!('recordId' in row)) {
        const id = this.insert(app, { ...row.fields });
        created.push(id);
        undo.push(() => app.records.delete(id));
        continue;
      }
      const before = app.records.get(row.recordId);
      if (before === undefined) return { status: 404, code: 'GAIA_RE01' };
      if (row.revision !== '-1' && before['$revision']?.value !== row.revision)
        return { status: 409, code: 'GAIA_CO02' };
      undo.push(() => app.records.set(row.recordId, before));
      const fields =
        data.kind === 'delete' ? {} : (row as { fields: Record<string, { value: unknown }> }).fields;
      if (data.kind === 'delete') app.records.delete(row.recordId);
      else
        app.records.set(row.recordId, {
          ...before,
          ...fields,
          $revision: { value: String(Number(before['$revision']?.value) + (data.kind === 'status' ? 2 : 1)) },
        });
    }
    return null;
  }
}

/** Understands what the tests' runs send: `code in ("a", ...)`, `code = "a"`, `$id > 5`, `time >= "..."`, or nothing. */
function conditionOf(query: string): (record: Record<string, { value: unknown }>) => boolean {
  const match = /^(\S+) (in|=|>=|>) \(?(.*?)\)?$/.exec(query);
  if (match === null) return () => true;
  const [, code = '', operator, list = ''] = match;
  const values = [...list.matchAll(/"([^"]*)"|(\d+)/g)].map((part) => part[1] ?? part[2] ?? '');
  const [value = ''] = values;
  const number = (text: string): number => (code === '$id' ? Number(text) : Date.parse(text));
  return (record) => {
    const found = String(record[code]?.value ?? '');
    if (operator === '>') return number(found) > number(value);
    if (operator === '>=') return number(found) >= number(value);
    return values.includes(found);
  };
}

const values = (row: Record<string, unknown>): Record<string, { value: unknown }> =>
  Object.fromEntries(Object.entries(row).map(([code, value]) => [code, { value }]));

const refused = (
  part: Pick<Refusal, 'status' | 'code' | 'requestIndex'> & Partial<Pick<Refusal, 'rows'>>,
): CommitReply => ({
  kind: 'refused',
  refusal: { rows: [], ...part, message: part.code },
});

const newEntry = (entry: NewRunEntry, journalId: string): JournalEntry => ({
  ...entry,
  journalId,
  revision: '1',
  endedAtMs: null,
  message: '',
  remoteTaskId: '',
  cursor: 0,
  rowsPlanned: 0,
  nonce: '',
  counts: { added: 0, updated: 0, deleted: 0, unchanged: 0 },
  requestCount: 0,
  planFiles: [],
  planHash: '',
  createdRows: '',
  lastWrite: null,
  cancelRequestedBy: '',
  pauseRequestedBy: '',
  outputValue: '',
  transitions: firstTransition(entry),
  errorCode: '',
});
