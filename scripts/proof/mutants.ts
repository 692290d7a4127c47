/** Mistakes that the safety suites must notice. Each takes one safeguard away from a copy of the source. */

export interface Mutant {
  readonly name: string;
  readonly file: string;
  /** Must occur exactly once in the file, so that a mutant cannot go stale unnoticed. */
  readonly find: string;
  readonly replace: string;
  /** engine: tests in memory; http: the adapters against the local kintone. */
  readonly suite: 'engine' | 'http';
}

const WRITER = 'src/run/journal-writer.ts';
const BEGIN = 'src/run/begin.ts';
const ENTRY = 'src/run/new-entry.ts';
const LIMITS = 'src/run/limits.ts';
const QUEUE = 'src/run/queue.ts';
const RESUME = 'src/run/resume.ts';
const TAKE_OVER = 'src/run/take-over.ts';
const WRITE = 'src/run/write.ts';
const STAND_STILL = 'src/run/stand-still.ts';
const CONFLICTS = 'src/run/conflicts.ts';
const RETENTION = 'src/run/retention.ts';
const READ_BACK = 'src/run/read-back.ts';
const AGAIN = 'src/plan/again.ts';
const JOURNAL = 'src/kintone/journal-port.ts';
const FIELDS = 'src/kintone/log-app/fields.ts';

const engine = (name: string, file: string, find: string, replace: string): Mutant => ({
  name,
  file,
  find,
  replace,
  suite: 'engine',
});
const http = (name: string, file: string, find: string, replace: string): Mutant => ({
  ...engine(name, file, find, replace),
  suite: 'http',
});

/** One line of meaning per mutant. */
export const MUTANTS: readonly Mutant[] = [
  engine('fence removed: commits do not check the revision', WRITER, 'revision: sent,', `revision: '-1',`),
  engine(
    'blind retry: a repeated commit does not check the revision',
    WRITER,
    'revision: sent,',
    `revision: attempt > 1 ? '-1' : sent,`,
  ),
  engine('nonce ignored: a lost reply counts as not written', WRITER, 'entry.nonce === nonce', 'false'),
  engine('nonce assumed: a lost reply counts as written', WRITER, 'entry.nonce === nonce', 'true'),
  engine('a new owner is not noticed', WRITER, 'entry.owner !== owner || ', ''),
  engine('terminal overwrite: an ended run is written again', WRITER, ' || entry.endedAtMs !== null', ''),
  engine(
    'a conflict on a data row is retried as if it were the journal',
    WRITER,
    `entry.revision === sent && reply.kind === 'refused'`,
    'false',
  ),
  engine("somebody else's request to stop is not noticed", WRITER, `entry.cancelRequestedBy !== ''`, 'false'),
  engine('lock removed', ENTRY, `unit.concurrency === 'allow' ? '' : unit.id`, `''`),
  engine('rate limit removed', LIMITS, 'minute.length >= unit.rateLimitPerMinute', 'false'),
  engine(
    'a slow owner is closed without looking',
    'src/run/close-dead.ts',
    'revision: dead.revision,',
    `revision: '-1',`,
  ),
  engine(
    'a run that goes on can be closed from the log',
    'src/run/close-dead.ts',
    `if (life !== 'dead') return life;`,
    '',
  ),
  engine(
    'closing an ended run writes its end again',
    'src/run/close-dead.ts',
    `if (dead.endedAtMs !== null) return { lockKey: '', nonce };`,
    '',
  ),
  engine(
    'a start asks again for ever where it may not close the holder',
    'src/run/close-dead.ts',
    `if (reply.kind === 'unknown' || isRaceLost(reply.refusal)) return 'unclear';`,
    `return 'unclear';`,
  ),
  engine(
    'queue: a dead one is passed by although it is still in line',
    QUEUE,
    `(await closeDead(scope, entry)) !== 'unclear'`,
    `(await closeDead(scope, entry)) !== null`,
  ),
  engine(
    'limit: presses whose records come in another order slip through',
    LIMITS,
    'begins.push(atMs);',
    'continue;',
  ),
  engine('queue: order ignored', QUEUE, 'const isFirst = ahead.length === 0;', 'const isFirst = true;'),
  engine(
    'queue: the last one goes first',
    QUEUE,
    'Number(a.journalId) - Number(b.journalId)',
    'Number(b.journalId) - Number(a.journalId)',
  ),
  engine('queue: priority ignored', QUEUE, 'b.priority - a.priority || ', ''),
  engine(
    'queue: the lock is not taken',
    QUEUE,
    `{ lockKey: scope.unit.id, reason: 'checking' },`,
    `{ reason: 'checking' },`,
  ),
  engine('queue: a start that slips in keeps the unit', BEGIN, `if (!isLate) return run;`, 'return run;'),
  engine(
    'queue: dead ones hold their place',
    QUEUE,
    'if (!(await this.passedOver(one))) ahead.push(one);',
    'ahead.push(one);',
  ),
  engine('queue: no sign of life while waiting', QUEUE, 'if (nowMs >= this.beatAtMs)', 'if (false)'),
  engine('queue: waiting has no end', QUEUE, 'nowMs >= this.untilMs', 'false'),
  engine('queue: it may grow for ever', BEGIN, 'line.length >= QUEUE_MAX', 'false'),
  engine('abuse is never noticed', LIMITS, 'refused.length + 1 >= ABUSE_REFUSALS', 'false'),
  engine('a unit that is switched off starts', LIMITS, 'if (off !== undefined)', 'if (false)'),
  engine('lease 0', 'src/run/lease.ts', 'LEASE_MS = 120_000', 'LEASE_MS = 0'),
  engine('no sign of life', 'src/run/lease.ts', 'BEAT_MS = 30_000', 'BEAT_MS = 3_000_000'),
  engine(
    'half written runs are closed instead of offered',
    'src/run/lease.ts',
    `(entry.reason === 'writing' || entry.reason === 'paused') && entry.cursor > 0`,
    'entry.cursor < 0',
  ),
  engine(
    'takeover without a new owner',
    TAKE_OVER,
    '{ ...patch, owner: request.owner, transitions }',
    '{ ...patch }',
  ),
  engine(
    'takeover of an ended run',
    TAKE_OVER,
    'entry === null || entry.endedAtMs !== null',
    'entry === null',
  ),
  engine(
    'plan recomputed at resume',
    RESUME,
    `await writePlans(
    resumed,
    plan.plans,
    entry.cursor - plan.firstRow,
    plan.deferredFlowIds.length > 0,
  );`,
    'await writeDeferred(scope, planFacts(scope, plan.startedAtMs), scope.flows.map((flow) => flow.id));',
  ),
  engine('resume from the beginning', RESUME, 'entry.cursor - plan.firstRow', '0'),
  engine('resume with the first plan', RESUME, '.at(-1)', '.at(0)'),
  engine('cursor not in the commit', WRITE, 'cursor: after.progress.rowsWritten,', ''),
  engine(
    'resume skips one request too few',
    WRITE,
    'rowCount + request.rows.length > rows',
    'rowCount + request.rows.length >= rows',
  ),
  engine('cancel does not stop the next commit', WRITE, 'if (scope.cancel.signal.aborted)', 'if (false)'),
  engine('plan not attached before the first write', 'src/run/transitions.ts', '    planHash,\n', ''),
  engine(
    'damaged plan accepted',
    'src/run/plan-codec.ts',
    '!== sha256) return',
    `!== sha256 && sha256 === '-') return`,
  ),
  engine('a pause is not kept', WRITE, 'if (scope.pause.wantedBy === null) return null;', 'return null;'),
  engine("somebody else's pause is not noticed", WRITER, `entry.pauseRequestedBy !== ''`, 'false'),
  engine(
    'no sign of life in a pause',
    STAND_STILL,
    'const outcome = await scope.journal.write({});',
    "const outcome = { kind: 'committed' };",
  ),
  engine('the run time has no end', WRITE, 'if (scope.timer.leftMs() <= 0) stopForTime(scope);', ''),
  engine(
    'the run time runs on in a pause',
    STAND_STILL,
    '  timer.stop();\n  const stopped',
    '  const stopped',
  ),
  engine(
    'what landed in an outage is not counted when a stop comes',
    WRITE,
    'if (scope.journal.hasLanded(batch.requests)) continue;',
    '',
  ),
  engine(
    'what landed in an outage is sent again',
    WRITER,
    'landed = { requests: unsettled.requests, landing };',
    '',
  ),
  engine('changes of state leave no line', WRITER, 'moves.length === 0 ? null', 'moves.length >= 0 ? null'),
  engine(
    'overwrite of a deletion or a status without a revision',
    AGAIN,
    'const revision = String(now.revision);',
    "const revision = '-1';",
  ),
  engine(
    'overwrite of an update without a revision',
    AGAIN,
    'revision: String(now.revision), fields: next',
    "revision: '-1', fields: next",
  ),
  engine(
    'skip: the row is written all the same',
    AGAIN,
    `if (policy === 'skip') return leftOut('skipped');`,
    '',
  ),
  engine('rows left out are not recorded', WRITE, '    ...files,\n', ''),
  engine('values before are those of the plan', AGAIN, 'fields: next, before }', 'fields: next }'),
  engine(
    'a record with another key is written',
    AGAIN,
    `if (!hasLabel(row.label, keys, now)) return leftOut('otherKey');`,
    '',
  ),
  engine(
    'undo writes over what came since',
    CONFLICTS,
    `conflict !== 'stop' ? 'skip' : conflict`,
    `conflict !== 'stop' ? conflict : conflict`,
  ),
  engine(
    'undo does not know what was left out',
    'src/run/undo-plan.ts',
    'this.#book.actual(planned)',
    'planned',
  ),
  engine(
    'going on does not know what was left out',
    WRITE,
    'planned.map((request) => scope.conflicts.actual(request))',
    'planned',
  ),
  engine(
    'all or nothing: a plan that is too large is written',
    'src/run/start.ts',
    `if (unit.atomicity !== 'required' ||`,
    `if (unit.atomicity !== '-' ||`,
  ),
  engine('the lock is never given back', 'src/run/handle.ts', `{ ...patch, lockKey: '' }`, '{ ...patch }'),
  http(
    'run_key not unique',
    FIELDS,
    `code: 'run_key', types: PLAIN, unique: true`,
    `code: 'run_key', types: PLAIN`,
  ),
  http(
    'lock_key not unique',
    FIELDS,
    `code: 'lock_key', types: PLAIN, unique: true`,
    `code: 'lock_key', types: PLAIN`,
  ),
  http(
    'the journal is sent without its revision',
    JOURNAL,
    'id: request.journalId, revision: request.revision,',
    'id: request.journalId,',
  ),
  http(
    'the journal is not part of the bulkRequest',
    JOURNAL,
    'requests: [journal, ...request.requests.map(bulkItem)]',
    'requests: request.requests.map(bulkItem)',
  ),
  http(
    'refused values are sent again and again',
    'src/run/retry.ts',
    `'GAIA_DA02', 'GAIA_RE18'`,
    `'GAIA_DA02', 'GAIA_RE18', 'CB_VA01'`,
  ),
  engine('the plan of a run that has not ended is taken off', RETENTION, 'entry.endedAtMs === null || ', ''),
  engine(
    'a plan is taken off whatever has happened to its record',
    RETENTION,
    'revision: entry.revision,',
    `revision: '-1',`,
  ),
  engine(
    'a run that failed takes older plans off',
    'src/run/handle.ts',
    `refused === null && ending.state === 'Success' &&`,
    'refused === null &&',
  ),
  engine(
    'ids without an answer: a gap is overlooked',
    READ_BACK,
    'if (!isWithoutGaps(older, ids, deleted)) return [];',
    '',
  ),
  engine(
    'ids without an answer: how many there are is not asked',
    READ_BACK,
    'if (own.length !== rows.length) return [];',
    '',
  ),
  engine(
    'ids without an answer: changed records are taken for the own ones',
    READ_BACK,
    'revision === 1 && ',
    '',
  ),
  engine(
    'ids without an answer: records of others are taken for the own ones',
    READ_BACK,
    'creatorAt(table, creator, at) === landing.by',
    'true',
  ),
  engine(
    'ids without an answer: looked for however late',
    READ_BACK,
    'if (ports.clock.nowMs() - landing.sentAtMs > FRESH_MS) return [];',
    '',
  ),
  engine(
    'ids without an answer: the last writer of the record may be another',
    WRITER,
    'isLast && entry.lastWrite',
    'entry.lastWrite',
  ),
  http('plans of newer runs, among them failed ones, are taken off', JOURNAL, ' and $id < ', ' and $id != '),
  http(
    'a lost connection counts as refused',
    'src/kintone/request-error.ts',
    'known === null || (known.status >= 500',
    'known !== null && (known.status >= 500',
  ),
];
