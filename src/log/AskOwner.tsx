import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FailureError } from '../definition/errors';
import { explainFailure } from '../ui/panel/explain-failure';
import { useLog } from './environment';

interface Props {
  /** Leaves the wish in the run's record. */
  readonly ask: () => Promise<unknown>;
  readonly label: string;
  readonly asking: string;
  readonly failed: (reason: string) => string;
  /** Between the button and what went wrong. */
  readonly children: ReactNode;
}

/** A wish to whoever carries a run out somewhere else. */
export function AskOwner({ ask, label, asking, failed, children }: Props) {
  const { language } = useLog();
  const queries = useQueryClient();
  const wish = useMutation({ mutationFn: ask, onSettled: () => queries.invalidateQueries() });
  return (
    <div className="stop-run">
      <button
        type="button"
        className="button"
        aria-disabled={wish.isPending || undefined}
        onClick={() => {
          if (!wish.isPending) wish.mutate();
        }}
      >
        {wish.isPending ? asking : label}
      </button>
      {children}
      {wish.isError && (
        <p className="failure" role="alert">
          {failed(
            wish.error instanceof FailureError
              ? explainFailure(wish.error.failure, language).title
              : wish.error.message,
          )}
        </p>
      )}
    </div>
  );
}
