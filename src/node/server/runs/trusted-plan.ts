/**
 * The plan of a run is kept in the log app, where others may change it together with its checksum. In the page that
 * gives nobody more than their own rights; a server writes with its own account, so it goes on only with plans that it
 * has made: it remembers their checksums itself.
 */
import type { JournalEntry, JournalPort } from '../../../run';
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
