import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JournalEntry } from '../run/ports';
import { useLog } from './environment';
import { errorText } from './error-text';

const LOOK_EVERY_MS = 5_000;

/**
 * The way out for a run that nobody works on any more: its page is gone, and nobody can or wants to go on with it.
 * Offered only once that is certain (see `lifeOf`).
 */
export function CloseRun({ entry }: { readonly entry: JournalEntry }) {
  const { source, texts, language } = useLog();
  const words = texts.detail.closeRun;
  const queries = useQueryClient();
  const { data: life } = useQuery({
    queryKey: ['life', entry.journalId, entry.revision],
    queryFn: () => source.life(entry),
    refetchInterval: (query) => (query.state.data === 'dead' ? false : LOOK_EVERY_MS),
    gcTime: 0,
  });
  const close = useMutation({
    mutationFn: () => source.close(entry.journalId),
    onSettled: () => queries.invalidateQueries(),
  });
  if (close.data === 'alive' || close.data === 'unknown') {
    return (
      <p className="note" role="status">
        {words.alive}
      </p>
    );
  }
  if (life !== 'dead') return null;
  return (
    <div className="stop-run">
      <p>{entry.endedAtMs === null ? words.dead : words.keepsUnit}</p>
      <button
        type="button"
        className="button"
        aria-disabled={close.isPending || undefined}
        onClick={() => {
          if (!close.isPending) close.mutate();
        }}
      >
        {close.isPending ? words.closing : words.close}
      </button>
      <p className="muted">{words.note}</p>
      {close.isError && (
        <p className="failure" role="alert">
          {words.failed(errorText(close.error, language))}
        </p>
      )}
    </div>
  );
}
