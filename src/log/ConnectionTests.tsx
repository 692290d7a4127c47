/**
 * Whether the services of remote units answer. kintone's plug-in proxy works on record pages only, so the test is in
 * the log there and not on the settings page.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { explainFailure } from '../ui/panel/explain-failure';
import { Icon } from '../ui/panel/Icon';
import { useLog } from './environment';
import { errorText } from './error-text';
import type { Connections } from './source';

export function ConnectionTests() {
  const { source, record } = useLog();
  const words = record.remote;
  const { connections } = source;
  if (connections === null) return null;
  return (
    <details className="connections">
      <summary>{words.title}</summary>
      <p className="muted">{words.note}</p>
      <ul>
        {connections.units.map((unit) => (
          <ConnectionTest key={unit.id} unit={unit} connections={connections} />
        ))}
      </ul>
    </details>
  );
}

interface Props {
  readonly unit: Connections['units'][number];
  readonly connections: Connections;
}

function ConnectionTest({ unit, connections }: Props) {
  const { record, language } = useLog();
  const words = record.remote;
  const queries = useQueryClient();
  const test = useMutation({
    networkMode: 'always',
    mutationFn: () => connections.test(unit.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['runs'] }),
  });
  const { data } = test;
  const said = data === undefined ? null : explainFailure(data.failure, language);
  return (
    <li>
      <span className="connection-unit">{unit.name}</span>
      <button
        type="button"
        className="button small"
        aria-label={words.test(unit.name)}
        aria-disabled={test.isPending || undefined}
        onClick={() => {
          if (!test.isPending) test.mutate();
        }}
      >
        {test.isPending ? words.testing : words.check}
      </button>
      <p role="status" className="connection-said" data-tone={data?.isGood === true ? 'success' : 'danger'}>
        {said !== null && (
          <>
            <Icon name={data?.isGood === true ? 'check' : 'cross'} />
            <span>
              {said.title} {said.remedy}
            </span>
          </>
        )}
        {test.isError && <span>{errorText(test.error, language)}</span>}
      </p>
    </li>
  );
}
