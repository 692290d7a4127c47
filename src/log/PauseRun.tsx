import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FailureError } from '../definition/errors';
import type { JournalEntry } from '../run/ports';
import { explainFailure } from '../ui/panel/explain-failure';
import { useLog } from './environment';

/** The way to pause a run that goes on somewhere else, and to let it go on: a request in its record. */
export function PauseRun({ entry }: { readonly entry: JournalEntry }) {
  const { source, texts, language } = useLog();
  const words = texts.detail.history.pause;
  const queries = useQueryClient();
  const isAsked = entry.pauseRequestedBy !== '';
  const ask = useMutation({
    mutationFn: () => (isAsked ? source.liftPause(entry.journalId) : source.requestPause(entry.journalId)),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <div className="stop-run">
      <button
        type="button"
        className="button"
        aria-disabled={ask.isPending || undefined}
        onClick={() => {
          if (!ask.isPending) ask.mutate();
        }}
      >
        {ask.isPending ? words.asking : isAsked ? words.goOn : words.ask}
      </button>
      {isAsked && entry.reason !== 'paused' && (
        <p className="muted" role="status">
          {words.asked(entry.pauseRequestedBy)}
        </p>
      )}
      {ask.isError && (
        <p className="failure" role="alert">
          {words.failed(
            ask.error instanceof FailureError
              ? explainFailure(ask.error.failure, language).title
              : ask.error.message,
          )}
        </p>
      )}
    </div>
  );
}
