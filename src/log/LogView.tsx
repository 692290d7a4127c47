import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureError } from '../definition/errors';
import { explainFailure } from '../ui/panel/explain-failure';
import { Icon, type IconName } from '../ui/panel/Icon';
import { ConnectionTests } from './ConnectionTests';
import { useLog } from './environment';
import { LogFilters } from './LogFilters';
import { FIRST_FILTERS, type Filters, isPeriodWrong, PAGE_SIZE, queryOf } from './query';
import { RunTable } from './RunTable';
import { SwitchedOff } from './SwitchedOff';

const LIVE_REFRESH_MS = 10_000;
/** What is read again by itself costs a request per page, so a long list is read again only when somebody asks. */
const LIVE_PAGES_MAX = 2;

/** Filters, the list, and every way in which there may be nothing to list. */
export function LogView() {
  const { source, texts, timeZone, nowMs } = useLog();
  const [filters, setFilters] = useState<Filters>(FIRST_FILTERS);
  const isWrong = isPeriodWrong(filters);
  const runs = useInfiniteQuery({
    queryKey: ['runs', filters],
    enabled: !isWrong,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => source.list({ ...queryOf(filters, nowMs(), timeZone), beforeId: pageParam }),
    getNextPageParam: (page) => (page.length < PAGE_SIZE ? null : page.at(-1)?.journalId),
    refetchInterval: (query) => {
      const pages = query.state.data?.pages ?? [];
      const isLive = pages.some((page) => page.some((entry) => entry.endedAtMs === null));
      return isLive && pages.length <= LIVE_PAGES_MAX ? LIVE_REFRESH_MS : false;
    },
    refetchOnWindowFocus: (query) => (query.state.data?.pages.length ?? 0) <= LIVE_PAGES_MAX,
  });
  const entries = runs.data?.pages.flat() ?? [];
  const isEmpty = runs.isSuccess && entries.length === 0;
  return (
    <div className="log">
      <LogFilters
        filters={filters}
        isLoading={runs.isFetching}
        onChange={setFilters}
        onRefresh={() => void runs.refetch()}
      />
      <SwitchedOff />
      <ConnectionTests />
      <p className="hidden-text" role="status">
        {runs.isFetching ? texts.loading : runs.isSuccess ? texts.shown(entries.length) : ''}
      </p>
      {runs.isPending && !isWrong && <Skeleton />}
      {runs.isError && <LoadFailure error={runs.error} onRetry={() => void runs.refetch()} />}
      {isEmpty && (
        <Nothing filters={filters} onReset={() => setFilters({ ...FIRST_FILTERS, period: 'all' })} />
      )}
      {entries.length > 0 && (
        <>
          <RunTable entries={entries} />
          <div className="actions more">
            {runs.hasNextPage ? (
              <button
                type="button"
                className="button"
                aria-disabled={runs.isFetchingNextPage || undefined}
                onClick={() => {
                  if (!runs.isFetchingNextPage) void runs.fetchNextPage();
                }}
              >
                {runs.isFetchingNextPage ? texts.loading : texts.more}
              </button>
            ) : (
              <span className="muted">{texts.end}</span>
            )}
            <span className="muted">{texts.shown(entries.length)}</span>
          </div>
        </>
      )}
    </div>
  );
}

function Skeleton() {
  const { texts } = useLog();
  return (
    <div className="skeleton" aria-hidden="true">
      <p className="muted">{texts.loading}</p>
      {Array.from({ length: 6 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders without identity
        <span key={row} className="bone" />
      ))}
    </div>
  );
}

interface BlankProps {
  readonly icon: IconName;
  readonly title: string;
  readonly note: string;
  readonly action?: { readonly label: string; readonly onPress: () => void };
  readonly isAlert?: boolean;
}

function Blank({ icon, title, note, action, isAlert = false }: BlankProps) {
  return (
    <div className="blank" role={isAlert ? 'alert' : undefined}>
      <Icon name={icon} />
      <h3>{title}</h3>
      <p>{note}</p>
      {action !== undefined && (
        <button type="button" className="button" onClick={action.onPress}>
          {action.label}
        </button>
      )}
    </div>
  );
}

function Nothing({ filters, onReset }: { readonly filters: Filters; onReset(): void }) {
  const { texts } = useLog();
  const isUnfiltered = filters.states.length === 0 && filters.unitId === '' && filters.period === 'all';
  return isUnfiltered ? (
    <Blank icon="info" title={texts.empty} note={texts.emptyNote} />
  ) : (
    <Blank
      icon="info"
      title={texts.emptyFiltered}
      note={texts.emptyFilteredNote}
      action={{ label: texts.reset, onPress: onReset }}
    />
  );
}

const FORBIDDEN = new Set(['noReadPermission', 'noLogPermission']);
const MISSING = new Set(['appNotFound', 'logAppMissing', 'logAppNotSet']);

/** Nothing could be read: because it is not allowed, because there is nothing, or for another reason. */
export function LoadFailure({ error, onRetry }: { readonly error: Error; onRetry?(): void }) {
  const { texts, language } = useLog();
  const found = error instanceof FailureError ? error.failure : null;
  const action = onRetry === undefined ? undefined : { label: texts.retry, onPress: onRetry };
  const more = action === undefined ? {} : { action };
  if (found !== null && FORBIDDEN.has(found.code)) {
    return <Blank icon="lock" title={texts.forbidden} note={texts.forbiddenNote} isAlert />;
  }
  if (found !== null && MISSING.has(found.code)) {
    return <Blank icon="warning" title={texts.missing} note={texts.missingNote} isAlert />;
  }
  const explained = found === null ? null : explainFailure(found, language);
  const note = explained === null ? error.message : `${explained.title} ${explained.remedy}`;
  return <Blank icon="warning" title={texts.failed} note={note} isAlert {...more} />;
}
