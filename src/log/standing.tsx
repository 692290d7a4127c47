import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Standing } from '../run/lease';
import type { JournalEntry, StateReason } from '../run/ports';
import { useLog } from './environment';

const LOOK_EVERY_MS = 5_000;

/** Where a run stands, by the rule of the card; `unknown` until that is certain. Looks again by itself, at no cost. */
export function useStanding(entry: JournalEntry): Standing {
  const { source } = useLog();
  const { data } = useQuery({
    queryKey: ['standing', entry.journalId, entry.revision],
    queryFn: () => source.standing(entry),
    enabled: entry.endedAtMs === null,
    refetchInterval: (query) => (isLeft(query.state.data ?? 'unknown') ? false : LOOK_EVERY_MS),
    gcTime: 0,
  });
  return entry.endedAtMs === null ? (data ?? 'unknown') : 'ended';
}

/** Whether nobody works any more on a run that has not ended. */
export const isLeft = (standing: Standing): boolean =>
  standing === 'interrupted' || standing === 'abandoned' || standing === 'unclear';

/** What the log says of a run: its reason, or the one that closing it would write when nobody works on it any more. */
export const reasonShown = (entry: JournalEntry, standing: Standing): StateReason =>
  isLeft(standing) ? (standing === 'unclear' ? 'unclear' : 'interrupted') : entry.reason;

/** For a run that has not ended: one thing while it goes on, another when nobody works on it any more. */
export function WhileOpen({
  entry,
  goesOn,
  left,
}: {
  readonly entry: JournalEntry;
  readonly goesOn: ReactNode;
  readonly left: ReactNode;
}) {
  return isLeft(useStanding(entry)) ? left : goesOn;
}
