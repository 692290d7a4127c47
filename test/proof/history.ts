/** What the history of committed writes must look like, whatever happened to the pages that sent them. */
import { type CommitRequest, historyOf, type JournalEntry, offKey } from '../../src/run';

export interface History {
  /** Commits that were carried out, in order; `owner`: who owned the run just before. */
  readonly commits: readonly (CommitRequest & { readonly owner: string })[];
  readonly entries: ReadonlyMap<string, JournalEntry>;
  /** Uploaded files by key, as the plain codec writes them; absent: no run leaves rows out. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
}

interface RunHistory {
  readonly rows: Set<string>;
  cursor: number;
  leftOut: number;
  readonly known: Set<string>;
  isEnded: boolean;
}

/**
 * I1 no planned row is written twice; I2 a run that ended well wrote all its rows; I3 the cursor only
 * grows; I4 a commit moves the cursor by exactly the rows it carries; I5 nothing is written after a
 * terminal state; I6 an ended run has a reason and, unless it went well, an error code that says why,
 * and every change of its state stands in its record, with who and when.
 * The log's own figures must agree with all of it. An empty list is what we want.
 */
export function historyProblems(history: History): readonly string[] {
  const found: string[] = [];
  const runs = new Map<string, RunHistory>();
  for (const commit of history.commits) {
    const run = runs.get(commit.journalId) ?? {
      rows: new Set<string>(),
      cursor: 0,
      leftOut: 0,
      known: new Set<string>(),
      isEnded: false,
    };
    runs.set(commit.journalId, run);
    if (commit.requests.length === 0) goOnFrom(run, commit, history, runs);
    found.push(...commitProblems(run, commit, leftOutRows(run, commit, history.files)));
  }
  for (const entry of history.entries.values())
    found.push(...entryProblems(entry, runs.get(entry.journalId)));
  return found;
}

/** A run that carries on with the plan of an ended one begins with what that one has written. */
function goOnFrom(
  run: RunHistory,
  { journalId, patch }: CommitRequest,
  { entries }: History,
  runs: ReadonlyMap<string, RunHistory>,
): void {
  const entry = entries.get(journalId);
  const isFirst = run.cursor === 0 && (patch.cursor ?? 0) > 0;
  if (!isFirst || entry === undefined || entry.continues === '') return;
  const earlier = [...entries.values()].find((one) => one.runId === entry.continues);
  const known = earlier === undefined ? undefined : runs.get(earlier.journalId);
  if (known === undefined || earlier?.planHash !== patch.planHash) return;
  for (const row of known.rows) run.rows.add(row);
  run.cursor = known.cursor;
  run.leftOut = known.leftOut;
}

/** Rows that a commit says it leaves out, because their records were changed. */
function leftOutRows(run: RunHistory, { patch }: CommitRequest, files: History['files']): number {
  const added = (patch.planFileKeys ?? []).filter(
    (key) => key.includes('deviations-') && !run.known.has(key),
  );
  return added.reduce((sum, key) => {
    run.known.add(key);
    const { deviations } = JSON.parse(new TextDecoder().decode(files?.get(key))) as {
      readonly deviations: readonly { readonly row: unknown }[];
    };
    return sum + deviations.filter(({ row }) => row === null).length;
  }, 0);
}

function commitProblems(run: RunHistory, commit: CommitRequest, leftOut: number): readonly string[] {
  const found: string[] = [];
  const name = `run ${commit.journalId}`;
  // A later success may take the plan off an ended record; nothing else changes there.
  const isRemoval = commit.requests.length === 0 && commit.patch.planFileKeys?.length === 0;
  if (run.isEnded && !isRemoval) found.push(`I5: ${name} was written after it had ended`);
  let carried = leftOut;
  run.leftOut += leftOut;
  for (const request of commit.requests) {
    const { flowId, commandId, firstRow } = request.source;
    request.rows.forEach((one, index) => {
      if ('revision' in one && !/^\d+$/.test(one.revision))
        found.push(`I10: ${name} wrote without a revision`);
      const row = `${flowId} ${commandId} ${request.kind} ${firstRow + index}`;
      if (run.rows.has(row)) found.push(`I1: ${name} wrote ${row} twice`);
      run.rows.add(row);
      carried += 1;
    });
  }
  if (commit.patch.cursor !== undefined) {
    if (commit.patch.cursor < run.cursor) found.push(`I3: the cursor of ${name} went back`);
    // A freeze repeats the cursor that the run has reached.
    if (commit.patch.cursor !== run.cursor + carried) {
      found.push(
        `I4: the cursor of ${name} went from ${run.cursor} to ${commit.patch.cursor} with ${carried} rows`,
      );
    }
    run.cursor = commit.patch.cursor;
  } else if (carried > 0) {
    found.push(`I4: ${name} wrote ${carried} rows without a cursor`);
  }
  if (commit.patch.endedAtMs !== undefined) run.isEnded = true;
  return found;
}

function entryProblems(entry: JournalEntry, run: RunHistory | undefined): readonly string[] {
  const found: string[] = [];
  const name = `run ${entry.journalId}`;
  const rows = run?.rows.size ?? 0;
  const { added, updated, deleted } = entry.counts;
  const leftOut = run?.leftOut ?? 0;
  if (rows + leftOut !== entry.cursor) found.push(`${name}: cursor ${entry.cursor}, written ${rows}`);
  if (rows !== added + updated + deleted) {
    found.push(`${name}: the log counts ${added}+${updated}+${deleted}, written ${rows}`);
  }
  if (entry.state === 'Success' && rows + leftOut !== entry.rowsPlanned) {
    found.push(`I2: ${name} ended well with ${rows} of ${entry.rowsPlanned} rows`);
  }
  // The key that says that the unit is switched off is meant to stay.
  if (entry.endedAtMs !== null && entry.lockKey !== '' && entry.lockKey !== offKey(entry.unitId))
    found.push(`${name} ended with the lock`);
  if (entry.endedAtMs !== null && entry.state !== 'Success') {
    if (entry.state !== 'Failure') found.push(`I6: ${name} ended as ${entry.state}`);
    if (entry.message === '') found.push(`I6: ${name} ended as ${entry.reason} without a sentence`);
  }
  const { transitions } = historyOf(entry.transitions);
  const last = transitions.at(-1);
  if (last?.state !== entry.state || last.reason !== entry.reason) {
    found.push(
      `I6: ${name} is ${entry.state} ${entry.reason}, its history says ${last?.state} ${last?.reason}`,
    );
  }
  if (transitions.some(({ actor }) => actor === '')) found.push(`I6: ${name} was moved by nobody`);
  if (entry.owner === '' || entry.user.code === '') found.push(`I6: ${name} does not say whose it is`);
  return found;
}
