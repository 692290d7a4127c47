/** Reads the history of a story and says what went wrong; an empty list is what we want. */
import { SOURCE, UNIT } from '../run/setup';
import { ROWS, type Story, TARGETS } from './world';

/**
 * I1 no planned row is written twice, I2 a run that ended well wrote each row exactly once, I3 the cursor
 * only grows, I4 commits of two runs of the unit never interleave after the younger began to write,
 * I5 nothing is written after a terminal state, and the keyed outputs hold exactly the sums.
 */
export function violations(story: Story): readonly string[] {
  const { kintone } = story;
  const found: string[] = [];
  const written = new Map<string, Set<string>>();
  const cursors = new Map<string, number>();
  const ended = new Set<string>();
  const order: string[] = [];
  for (const commit of kintone.commits) {
    const run = commit.journalId;
    if (ended.has(run)) found.push(`I5: run ${run} was written after it had ended`);
    if (commit.patch.cursor !== undefined) {
      if (commit.patch.cursor < (cursors.get(run) ?? 0)) found.push(`I3: the cursor of run ${run} went back`);
      cursors.set(run, commit.patch.cursor);
    }
    for (const request of commit.requests) {
      const rows = written.get(run) ?? new Set<string>();
      written.set(run, rows);
      request.rows.forEach((_row, index) => {
        const row = `${request.source.flowId} ${request.kind} ${request.source.firstRow + index}`;
        if (rows.has(row)) found.push(`I1: run ${run} wrote ${row} twice`);
        rows.add(row);
      });
      if (order.at(-1) !== run) order.push(run);
    }
    if (commit.patch.endedAtMs !== undefined) ended.add(run);
  }
  if (new Set(order).size !== order.length) found.push(`I4: writers took turns: ${order.join(' ')}`);
  for (const entry of kintone.entries.values()) {
    const rows = written.get(entry.journalId)?.size ?? 0;
    if (rows !== entry.cursor)
      found.push(`cursor of run ${entry.journalId} is ${entry.cursor}, written ${rows}`);
    if (entry.state === 'Success' && rows !== entry.rowsPlanned) {
      found.push(`I2: run ${entry.journalId} ended well with ${rows} of ${entry.rowsPlanned} rows`);
    }
    if (entry.endedAtMs !== null && entry.lockKey === UNIT)
      found.push(`run ${entry.journalId} ended with the lock`);
  }
  const sums = kintone.rows(SOURCE).map((row) => `${row['customer']}=${row['amount']}`);
  for (const app of TARGETS.slice(0, 3)) {
    const rows = kintone.rows(app).map((row) => `${row['key']}=${row['total']}`);
    if (rows.sort().join() !== [...sums].sort().join()) found.push(`app ${app} holds ${rows.join()}`);
  }
  const appended = kintone.rows(TARGETS[3]).length;
  const complete = [...kintone.entries.values()].filter(
    (entry) => entry.state === 'Success' && entry.cursor > 0,
  );
  const partly = [...written].filter(
    ([run, rows]) =>
      kintone.entries.get(run)?.state !== 'Success' && [...rows].some((row) => row.startsWith('f4')),
  );
  if (appended !== ROWS * (complete.length + partly.length)) {
    found.push(`${appended} rows were added without key by ${complete.length} complete runs`);
  }
  return found;
}
