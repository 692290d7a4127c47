/** R3: reads what a local kintone was sent, and what it answered, and says which rules of the protocol were broken. */
import { offKey } from '../../src/run';
import type { Kintone } from '../kintone/server/kintone';
import type { ApiReply, ApiRequest } from '../kintone/server/types';

interface RunRecord {
  readonly id: string;
  readonly unit: string;
  readonly runId: string;
  readonly startedAtMs: number;
  lockKey: string;
  /** Login name of the process that may write; every process of a proof logs in as somebody else. */
  writer: string;
  cursor: number;
  planned: number;
  reason: string;
  state: string;
  isEnded: boolean;
  readonly nonces: Set<string>;
}

type Fields = Readonly<Record<string, { readonly value: unknown } | undefined>>;
interface Payload {
  readonly app?: unknown;
  readonly records?: readonly unknown[];
  readonly ids?: readonly unknown[];
}
interface Item {
  readonly method: string;
  readonly payload: Payload;
}

const MINUTE_MS = 60_000;
const UNCOUNTED: ReadonlySet<string> = new Set(['rateLimited', 'locked', 'declined', 'switchedOff']);

const textIn = (fields: Fields, code: string): string | null => {
  const field = fields[code];
  return field === undefined ? null : String(field.value ?? '');
};

export class RequestHistory {
  private readonly logApp: string;
  private readonly kintone: Kintone;
  private readonly runs = new Map<string, RunRecord>();
  private readonly found: string[] = [];
  /** Commits with data that were carried out, and writes that the fence refused. */
  readonly counts = { commits: 0, fenced: 0 };

  constructor(kintone: Kintone, logApp: string) {
    this.logApp = logApp;
    this.kintone = kintone;
  }

  /** To be called for every request, in the order in which they are carried out (`Kintone.onExecuted`). */
  note(request: ApiRequest, reply: ApiReply, user: string | null): void {
    const name = request.path.split('/').at(-1);
    if (name === 'records.json' && request.method === 'POST') this.noteCreated(request, reply, user ?? '');
    if (name === 'bulkRequest.json') this.noteCommit(request, reply, user ?? '');
  }

  /** `limit`: starts of one unit within 60 seconds. */
  problems(limit: number): readonly string[] {
    const locked = new Map<string, string>();
    const late: string[] = [];
    for (const run of this.runs.values()) {
      if (run.lockKey === '') continue;
      if (locked.has(run.lockKey))
        late.push(`runs ${locked.get(run.lockKey)} and ${run.id} hold ${run.lockKey}`);
      locked.set(run.lockKey, run.id);
    }
    return [...this.found, ...late, ...this.rateProblems(limit)];
  }

  /** Runs of a unit that have ended well. */
  successes(unit: string): number {
    return this.ended('Success').filter((run) => run.unit === unit).length;
  }

  ended(state: 'Success' | 'Failure'): readonly Readonly<RunRecord>[] {
    return [...this.runs.values()].filter((run) => run.isEnded && run.state === state);
  }

  open(): readonly Readonly<RunRecord>[] {
    return [...this.runs.values()].filter((run) => !run.isEnded);
  }

  /** Runs that a process has begun or taken over, and not ended. */
  underWay(user: string): readonly Readonly<RunRecord>[] {
    return this.open().filter((run) => run.writer === user);
  }

  private noteCreated(request: ApiRequest, reply: ApiReply, user: string): void {
    const { app, records } = request.params as Payload;
    if (String(app) !== this.logApp || reply.status !== 200) return;
    const { ids } = reply.body as { ids: readonly string[] };
    (records ?? []).forEach((record, index) => {
      const fields = record as Fields;
      const lockKey = textIn(fields, 'lock_key') ?? '';
      const holder = [...this.runs.values()].find((run) => lockKey !== '' && run.lockKey === lockKey);
      if (holder !== undefined)
        this.found.push(`run ${ids[index]} took the lock that run ${holder.id} holds`);
      this.runs.set(String(ids[index]), {
        id: String(ids[index]),
        unit: textIn(fields, 'execution_unit_Id') ?? '',
        startedAtMs: this.kintone.clock.nowMs(),
        lockKey,
        writer: user,
        cursor: 0,
        planned: 0,
        state: textIn(fields, 'state') ?? '',
        runId: textIn(fields, 'run_key') ?? '',
        reason: textIn(fields, 'state_reason') ?? '',
        isEnded: false,
        nonces: new Set(),
      });
    });
  }

  private noteCommit(request: ApiRequest, reply: ApiReply, user: string): void {
    const [journal, ...data] = (request.params['requests'] ?? []) as readonly Item[];
    if (journal === undefined || String(journal.payload.app) !== this.logApp) {
      this.found.push('a bulkRequest without its journal');
      return;
    }
    const sent = journal.payload.records?.[0] as { id: unknown; revision?: unknown; record: Fields };
    const run = this.runs.get(String(sent.id));
    if (run === undefined) return void this.found.push(`run ${sent.id} was written before it was created`);
    if (sent.revision === undefined || Number(sent.revision) < 1) {
      this.found.push(`run ${run.id}: a commit without revision`);
    }
    if (reply.status !== 200) {
      this.counts.fenced += reply.status === 409 ? 1 : 0;
      return;
    }
    const rows = data.reduce(
      (sum, { payload }) => sum + (payload.records?.length ?? payload.ids?.length ?? 0),
      0,
    );
    this.apply(run, sent.record, rows, user);
  }

  private apply(run: RunRecord, patch: Fields, rows: number, user: string): void {
    const say = (text: string): void => void this.found.push(`run ${run.id}: ${text}`);
    if (run.isEnded) say('written after its terminal state');
    const isTakeover = textIn(patch, 'run_owner') !== null;
    const isClosing = (textIn(patch, 'end_epoch') ?? '') !== '';
    if (isTakeover) run.writer = user;
    // Whoever finds a dead run may close it, but never write data for it.
    if (run.writer !== user && (rows > 0 || !isClosing))
      say(`written by ${user} after ${run.writer} took over`);
    const nonce = textIn(patch, 'write_nonce') ?? '';
    if (nonce === '' || run.nonces.has(nonce)) say(`nonce "${nonce}" carried out again`);
    run.nonces.add(nonce);
    const cursor = textIn(patch, 'write_cursor');
    if (rows > 0) this.counts.commits += 1;
    if (cursor !== null && Number(cursor) !== run.cursor + rows) {
      say(`cursor from ${run.cursor} to ${cursor} with ${rows} rows`);
    }
    if (cursor === null && rows > 0) say(`${rows} rows without cursor`);
    run.cursor = cursor === null ? run.cursor : Number(cursor);
    run.lockKey = textIn(patch, 'lock_key') ?? run.lockKey;
    run.planned = Number(textIn(patch, 'rows_planned') ?? run.planned);
    run.state = textIn(patch, 'state') ?? run.state;
    run.reason = textIn(patch, 'state_reason') ?? run.reason;
    run.isEnded = run.isEnded || isClosing;
    if (run.isEnded && run.lockKey !== '' && run.lockKey !== offKey(run.unit)) say('ended with the lock');
  }

  private rateProblems(limit: number): readonly string[] {
    const byUnit = new Map<string, number[]>();
    for (const run of this.runs.values()) {
      if (!UNCOUNTED.has(run.reason)) {
        byUnit.set(run.unit, [...(byUnit.get(run.unit) ?? []), run.startedAtMs]);
      }
    }
    return [...byUnit].flatMap(([unit, times]) =>
      times
        .sort((a, b) => a - b)
        .filter((time, index) => {
          const earlier = times[index - limit];
          return earlier !== undefined && time - earlier < MINUTE_MS;
        })
        .map(() => `more than ${limit} starts of ${unit} within 60 s`),
    );
  }
}
