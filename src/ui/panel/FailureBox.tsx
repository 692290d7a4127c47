import { useRef, useState } from 'react';
import type { Failure } from '../../definition/errors';
import type { RunStatus } from '../../run/status';
import { type Environment, useEnvironment } from './environment';
import { explainFailure, type PlaceNames } from './explain-failure';
import { reportText } from './report';

/** Names for the ids in a failure's place, as far as the run and the lookups know them. */
export function placeNames(status: RunStatus | null, { names, lookups }: Environment): PlaceNames {
  const flowOf = (flowId: string) => status?.flows.find((one) => one.flowId === flowId);
  return {
    flow: (flowId) => flowOf(flowId)?.name,
    command: (flowId, commandId) => {
      const command = flowOf(flowId)?.commands.find((one) => one.commandId === commandId);
      if (command === undefined) return undefined;
      return command.note === '' ? lookups.commandName(command.type) : command.note;
    },
    app: (appId) => names.appName({ appId }),
    field: (appId, code) => (appId === '' ? undefined : names.fieldLabel({ appId }, code)),
  };
}

interface Props {
  readonly failure: Failure;
  /** null: the run never began, so there is nothing to report by number. */
  readonly status: RunStatus | null;
}

/** What happened, where, what to do. */
export function FailureBox({ failure, status }: Props) {
  const environment = useEnvironment();
  const { texts, language } = environment;
  const { title, where, remedy } = explainFailure(failure, language, placeNames(status, environment));
  return (
    <div className="failure" role="alert">
      <p className="lead">{title}</p>
      {(where !== '' || remedy !== '') && (
        <dl>
          {remedy !== '' && (
            <>
              <dt>{texts.failed.remedy}</dt>
              <dd>{remedy}</dd>
            </>
          )}
          {where !== '' && (
            <>
              <dt>{texts.failed.where}</dt>
              <dd>{where}</dd>
            </>
          )}
        </dl>
      )}
    </div>
  );
}

/** What an administrator needs: a report to copy, and the failure as it is. */
export function FailureDetails({ failure, status }: Props) {
  const environment = useEnvironment();
  const { texts, language } = environment;
  return (
    <div className="details">
      {status !== null && <CopyReport text={reportText(status, language, placeNames(status, environment))} />}
      <details>
        <summary>{texts.failed.details}</summary>
        <pre>{JSON.stringify(failure, null, 2)}</pre>
      </details>
    </div>
  );
}

function CopyReport({ text }: { readonly text: string }) {
  const { texts } = useEnvironment();
  const words = texts.failed;
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'failed'>('none');
  const shown = useRef<HTMLTextAreaElement>(null);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => {
        // The clipboard may be refused by a policy; then the person copies by hand.
        setOutcome('failed');
        shown.current?.select();
      },
    );
  };
  return (
    <div className="report">
      <button type="button" className="button small" onClick={copy}>
        {words.copy}
      </button>
      <span className="muted" role="status">
        {outcome === 'copied' ? words.copied : outcome === 'failed' ? words.copyFailed : words.adminNote}
      </span>
      {outcome === 'failed' && (
        <textarea ref={shown} readOnly rows={6} value={text} aria-label={words.report} />
      )}
    </div>
  );
}
