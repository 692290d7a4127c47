import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FailureError } from '../definition/errors';
import type { JournalEntry } from '../run/ports';
import { explainFailure } from '../ui/panel/explain-failure';
import { useLog } from './environment';

/** The way to stop a run that goes on somewhere else: a request in its record, which its owner obeys. */
export function StopRun({ entry }: { readonly entry: JournalEntry }) {
  const { source, texts, language } = useLog();
  const words = texts.detail.stop;
  const queries = useQueryClient();
  const ask = useMutation({
    mutationFn: () => source.requestStop(entry.journalId),
    onSettled: () => queries.invalidateQueries(),
  });
  if (entry.cancelRequestedBy !== '') {
    return (
      <p className="note" role="status">
        {words.asked(entry.cancelRequestedBy)}
      </p>
    );
  }
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
        {ask.isPending ? words.asking : words.ask}
      </button>
      <p className="muted">{words.note}</p>
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
