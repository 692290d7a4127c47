/** Runs that have not come to an end of their own: interrupted, lost, or held up by another one. */
import { isPartlyDone } from '../../../run/carry-on';
import { formatMoment } from '../../i18n';
import { useEnvironment } from '../environment';
import { explainFailure } from '../explain-failure';
import { FailureBox, FailureDetails } from '../FailureBox';
import type { EndingProps } from './host';
import { Retry } from './ways-on';

export function Interrupted({ status, callbacks }: EndingProps) {
  const { texts, language, timeZone } = useEnvironment();
  const words = texts.interrupted;
  const { holder } = status;
  const done = holder?.cursor ?? status.progress.rowsWritten;
  const planned = holder?.rowsPlanned ?? status.progress.rowsPlanned;
  const isPartial = callbacks.onFromFailed !== undefined && holder !== null && isPartlyDone(holder.flows);
  return (
    <>
      <p className="lead">
        {holder === null
          ? words.unknown
          : words.who(holder.user.name, formatMoment(holder.startedAtMs, language, timeZone))}
      </p>
      <p>{planned > 0 && done > 0 ? words.rows(done, planned) : words.nothing}</p>
      {holder === null && status.failure !== null && <FailureBox failure={status.failure} status={status} />}
      <ul className="choices">
        {callbacks.onResume !== undefined && planned > 0 && <li>{words.resumeNote}</li>}
        {isPartial && (
          <li>
            {texts.again.fromFailed}: {texts.again.fromFailedNote}
          </li>
        )}
        {callbacks.onRestart !== undefined && <li>{words.restartNote}</li>}
      </ul>
      <div className="actions">
        {callbacks.onResume !== undefined && planned > 0 && (
          <button type="button" className="button primary" onClick={callbacks.onResume}>
            {words.resume}
          </button>
        )}
        {isPartial && (
          <button type="button" className="button" onClick={callbacks.onFromFailed}>
            {texts.again.fromFailed}
          </button>
        )}
        {callbacks.onRestart !== undefined && (
          <button type="button" className="button" onClick={callbacks.onRestart}>
            {words.restart}
          </button>
        )}
      </div>
    </>
  );
}

/** The thread of the run died. How far it came stands in the log; the next press looks there and goes on. */
export function Lost({ status, callbacks }: EndingProps) {
  const { texts } = useEnvironment();
  const { rowsWritten, rowsPlanned } = status.progress;
  return (
    <>
      {status.failure !== null && <FailureBox failure={status.failure} status={status} />}
      {rowsWritten > 0 && <p>{texts.interrupted.rows(rowsWritten, rowsPlanned)}</p>}
      <Retry status={status} onRetry={callbacks.onRetry} />
      {status.failure !== null && <FailureDetails failure={status.failure} status={status} />}
    </>
  );
}

export function Locked({ status, callbacks }: EndingProps) {
  const { texts, language, timeZone } = useEnvironment();
  const { holder } = status;
  const explained =
    status.failure === null ? texts.locked.unknown : explainFailure(status.failure, language).title;
  return (
    <>
      <p className="lead">
        {holder === null
          ? explained
          : texts.locked.by(holder.user.name, formatMoment(holder.startedAtMs, language, timeZone))}
      </p>
      <Retry status={status} onRetry={callbacks.onRetry} label={texts.locked.retry} />
    </>
  );
}
