/**
 * The plan of a run is kept in the log app, where others may change it together with its checksum. In the page that
 * gives nobody more than their own rights; a server writes with its own account, so it goes on only with plans that it
 * has made: it remembers their checksums itself. For single units it can be told to trust the people who run them.
 */
import { definitionHash } from '../../../definition/hash';
import type { ExecutionUnit } from '../../../definition/types';
import { lastWriter } from '../../../kintone/interrupted-runs';
import { type JournalEntry, type JournalPort, plansWithinUnit } from '../../../run';
import type { Server } from '../context';
import type { Marks } from '../store/types';

/** A run that was not gone on with for this long is a matter for a person. */
const KEPT_MS = 30 * 24 * 3600_000;
const keyOf = (journalId: string): string => `plan:${journalId}`;

/** A journal that remembers the checksum of every plan before the plan can be found in kintone. */
export function rememberPlans(journal: JournalPort, marks: Marks, nowMs: () => number): JournalPort {
  return {
    ...journal,
    async commit(request) {
      const { planHash } = request.patch;
      if (planHash !== undefined) {
        const key = keyOf(request.journalId);
        const before = await marks.get(key);
        // One process writes a run's record; whoever was fenced out is refused by kintone below.
        if (before !== planHash) await marks.replace(key, before, planHash, nowMs() + KEPT_MS);
      }
      return journal.commit(request);
    },
  };
}

/** Whether this server's store knows the plan of a run record. */
export async function isOwnPlan(entry: JournalEntry, marks: Marks): Promise<boolean> {
  const known = await marks.get(keyOf(entry.journalId));
  if (typeof known !== 'string' || entry.planHash === '') return false;
  // A plan that was made later may have been remembered, and its commit lost.
  return known === entry.planHash || known.startsWith(`${entry.planHash} `);
}

/** Why the plan of a page is not gone on with, though the server is told to trust the unit's; null: it is. */
export async function distrust(
  server: Server,
  unit: ExecutionUnit,
  entry: JournalEntry,
  journal: Pick<JournalPort, 'download'>,
): Promise<'notTold' | 'otherKind' | 'definitionChanged' | 'editedByOthers' | 'beyondUnit' | null> {
  const { logApp, flows } = server.units.settings();
  if (logApp === null || !server.resumes.includes(unit.id)) return 'notTold';
  // Taking back, tests and runs that other runs wait for are matters for a person.
  if (entry.undoOf !== '' || entry.parentRun !== '' || entry.mode !== 'productive') return 'otherKind';
  if (unit.mode !== 'productive' || entry.definitionHash !== (await definitionHash(unit, flows)))
    return 'definitionChanged';
  const last = await lastWriter(server.clientFor, logApp, entry.journalId);
  const isSigned = last !== null && [entry.user.code, server.account.code].includes(last.userCode);
  if (!isSigned || last.revision !== entry.revision) return 'editedByOthers';
  // Taken over at this very revision, or not at all: what is looked at here is what will be written.
  return (await plansWithinUnit(journal, entry, unit, flows)) ? null : 'beyondUnit';
}
