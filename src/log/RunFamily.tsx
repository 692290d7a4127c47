import { useQuery } from '@tanstack/react-query';
import type { JournalEntry } from '../run/ports';
import { useLog } from './environment';
import { RunChip } from './StateChip';

const LIVE_REFRESH_MS = 10_000;

/** The run that started this one, and those that this one started. */
export function RunFamily({ entry }: { readonly entry: JournalEntry }) {
  const { source, texts } = useLog();
  const words = texts.detail.family;
  const { data: parent = null } = useQuery({
    queryKey: ['parent', entry.journalId],
    queryFn: () => source.parentOf(entry),
    enabled: entry.parentRun !== '',
  });
  const { data: children = [] } = useQuery({
    queryKey: ['children', entry.journalId],
    queryFn: () => source.childrenOf(entry),
    refetchInterval: entry.endedAtMs === null ? LIVE_REFRESH_MS : false,
  });
  return (
    <>
      {parent !== null && <Runs title={words.parent} runs={[parent]} />}
      {children.length > 0 && <Runs title={words.children} runs={children} />}
    </>
  );
}

function Runs({ title, runs }: { readonly title: string; readonly runs: readonly JournalEntry[] }) {
  const { source } = useLog();
  return (
    <div className="family">
      <h4>{title}</h4>
      <ul>
        {runs.map((run) => (
          <li key={run.journalId}>
            <RunChip entry={run} />{' '}
            <a className="link" href={source.logUrl(run.journalId)} target="_blank" rel="noopener">
              {run.unitName}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
