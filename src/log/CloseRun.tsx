import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Standing } from '../run/lease';
import type { JournalEntry } from '../run/ports';
import { useLog } from './environment';
import { errorText } from './error-text';
import { isLeft } from './standing';

interface Props {
  readonly entry: JournalEntry;
  readonly standing: Standing;
}

/**
 * The way out for a run that nobody works on any more: its page is gone, and nobody can or wants to go on with it.
 * Offered only once that is certain (see `standingOf`).
 */
export function CloseRun({ entry, standing }: Props) {
  const { source, texts, language } = useLog();
  const words = texts.detail.closeRun;
  const queries = useQueryClient();
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
  if (standing !== 'ended' && !isLeft(standing)) return null;
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
