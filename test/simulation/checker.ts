/** Reads the history of a story and says what went wrong; an empty list is what we want. */
import type { JournalEntry } from '../../src/run';
import { historyProblems } from '../proof/history';
import { SOURCE } from '../run/setup';
import { ROWS, type StoryUnit, UNITS } from './units';
import type { Story } from './world';

const MINUTE_MS = 60_000;
const UNCOUNTED: ReadonlySet<string> = new Set(['rateLimited', 'locked', 'declined', 'switchedOff']);

/**
 * The rules for the history of writes (`historyProblems`), and of the units as wholes: runs never take turns
 * in writing (I4), no minute has more starts than the limit (I9), nobody who waits is passed by, no place is
 * kept for ever (U2), and the apps hold what they should.
 */
export function violations(story: Story): readonly string[] {
  return [
    ...historyProblems(story.kintone),
    ...story.jumps.map((jump) => `order: ${jump}`),
    ...UNITS.flatMap((unit) => [
      ...turnProblems(story, unit),
      ...rateProblems(story, unit),
      ...leakProblems(story, unit),
      ...valueProblems(story, unit),
      ...keylessProblems(story, unit),
    ]),
  ];
}

/** Two runs of a unit that both write, one between the writes of the other, would be two owners. */
function turnProblems({ kintone }: Story, unit: StoryUnit): readonly string[] {
  const order: string[] = [];
  for (const commit of kintone.commits) {
    if (commit.requests.length === 0 || kintone.entries.get(commit.journalId)?.unitId !== unit.id) continue;
    if (order.at(-1) !== commit.journalId) order.push(commit.journalId);
  }
  return new Set(order).size === order.length ? [] : [`I4: writers took turns: ${order.join(' ')}`];
}

/** U2: after the last run has ended nobody holds the unit, or a place in its line. */
function leakProblems({ kintone }: Story, unit: StoryUnit): readonly string[] {
  return [...kintone.entries.values()]
    .filter((entry) => entry.unitId === unit.id && (entry.lockKey === unit.id || entry.reason === 'queued'))
    .map((entry) => `U2: run ${entry.journalId} still holds its place as ${entry.reason}`);
}

/** A start whose page died, or whose session ended, before it had a plan did no work that a limit could spare. */
const hasBegun = ({ reason, rowsPlanned }: JournalEntry): boolean =>
  rowsPlanned > 0 || !['interrupted', 'failed'].includes(reason);

function rateProblems({ kintone, rateLimitPerMinute }: Story, unit: StoryUnit): readonly string[] {
  const starts = [...kintone.entries.values()]
    .filter((entry) => entry.unitId === unit.id && !UNCOUNTED.has(entry.reason) && hasBegun(entry))
    .map((entry) => entry.startedAtMs)
    .sort((a, b) => a - b);
  const tooMany = starts.filter((start, index) => {
    const earlier = starts[index - rateLimitPerMinute];
    return earlier !== undefined && start - earlier < MINUTE_MS;
  });
  return tooMany.map(
    (start) => `I9: more than ${rateLimitPerMinute} starts of ${unit.id} within 60 s at ${start}`,
  );
}

/** The last run of the unit ended well after all troubles, so its apps hold the sums of today or of its own start. */
function valueProblems({ kintone }: Story, unit: StoryUnit): readonly string[] {
  const last = unit === UNITS.at(-1);
  const sums = kintone.rows(SOURCE).map((row) => `${row['customer']}=${row['amount']}`);
  return unit.keyedApps.flatMap((app) => {
    const rows = kintone.rows(app).map((row) => `${row['key']}=${row['total']}`);
    const keys = new Set(kintone.rows(app).map((row) => row['key']));
    const found = keys.size === ROWS && rows.length === ROWS ? [] : [`app ${app} holds ${rows.join()}`];
    // Selling goes on while the later units come to their end, so only the last one has today's sums.
    return last && rows.sort().join() !== [...sums].sort().join()
      ? [...found, `app ${app}: ${rows.join()}`]
      : found;
  });
}

function keylessProblems({ kintone }: Story, { id, keyless }: StoryUnit): readonly string[] {
  if (keyless === null) return [];
  const runs = new Set(
    kintone.commits
      .filter((commit) => commit.requests.some((request) => request.source.flowId === keyless.flowId))
      .map((commit) => commit.journalId),
  );
  const complete = [...kintone.entries.values()].filter(
    (entry) => entry.unitId === id && entry.state === 'Success' && entry.cursor > 0,
  );
  const missing = complete.filter((entry) => !runs.has(entry.journalId));
  const rows = kintone.rows(keyless.app).length;
  return [
    ...missing.map((entry) => `run ${entry.journalId} ended well without its keyless rows`),
    ...(rows === ROWS * runs.size ? [] : [`${rows} rows were added without key by ${runs.size} runs`]),
  ];
}
