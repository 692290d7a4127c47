/** What a run has written, and where people find it. */
import type { RunStatus } from '../../../run/status';
import { useEnvironment } from '../environment';
import { changedRows, changesPhrase, sumCounts } from '../format';
import { Icon } from '../Icon';
import { appKey, appSummaries } from '../preview-model';

/** Of a run that was only watched the log has the sums, and nothing by output. */
export const writtenOf = (status: RunStatus) =>
  status.watched !== null
    ? status.counts
    : sumCounts(status.flows.flatMap((flow) => flow.outputs.map((output) => output.written)));

/** What is in the apps now: people must not have to guess after a stop. */
export function Written({ status }: { readonly status: RunStatus }) {
  const { texts } = useEnvironment();
  const written = writtenOf(status);
  if (changedRows(written) === 0) return <p className="lead">{texts.written.nothing}</p>;
  const isPartial = changedRows(written) < status.progress.rowsPlanned;
  return (
    <p className="lead">
      {texts.written.soFar(changesPhrase(written, texts))} {isPartial && texts.written.notAll}
    </p>
  );
}

export function Links({ status }: { readonly status: RunStatus }) {
  const { texts, lookups, names } = useEnvironment();
  const outputs = status.flows.flatMap((flow) => flow.outputs);
  const apps = appSummaries(outputs.map((output) => ({ app: output.app, counts: output.written })));
  return (
    <p className="links">
      {apps.map(({ app }) => (
        <a key={appKey(app)} className="link" href={lookups.appUrl(app)} target="_blank" rel="noopener">
          <Icon name="out" />
          {texts.success.openApp(names.appName(app))}
        </a>
      ))}
      <LogLink status={status} />
    </p>
  );
}

export function LogLink({ status }: { readonly status: RunStatus }) {
  const { texts, lookups } = useEnvironment();
  const url = status.journalId === null ? null : lookups.logUrl(status.journalId);
  if (url === null) return null;
  return (
    <a className="link" href={url} target="_blank" rel="noopener">
      <Icon name="out" />
      {texts.success.openLog}
    </a>
  );
}
