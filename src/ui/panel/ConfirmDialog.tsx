import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import type { RunHandle, RunStatus } from '../../run/status';
import { ChangeTable } from './ChangeTable';
import { useEnvironment } from './environment';
import { changedRows, changesPhrase, sumCounts } from './format';
import { Icon } from './Icon';
import { PlanAge } from './PlanAge';
import {
  appKey,
  appSummaries,
  type DeferredFlow,
  deferredFlows,
  type OutputSummary,
  outputSummaries,
} from './preview-model';
import { ReportList } from './ReportList';
import { StoppedFlows } from './StoppedFlows';
import { TestBanner } from './TestBanner';

interface Props {
  readonly handle: RunHandle;
  readonly status: RunStatus;
}

/** What is going to be written, before it is written. Cancel and Escape decline the run. */
export function ConfirmDialog({ handle, status }: Props) {
  const { texts } = useEnvironment();
  const dialog = useRef<HTMLDialogElement>(null);
  const run = useRef<HTMLButtonElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const ids = { title: useId(), text: useId(), need: useId() };
  const [isAcknowledged, setAcknowledged] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const outputs = outputSummaries(status);
  const deferred = deferredFlows(status);
  const deletions = outputs.reduce((sum, one) => sum + one.counts.deleted, 0);
  const needsAcknowledgement = deletions > 0 && !isAcknowledged;
  const isUndo = status.undoOf !== null;
  const isPlanOnly = status.test?.rowLimit === 0 && !isUndo;

  // Layout effect: its clean-up runs while the dialog is still in the page, and only then does closing it give
  // the focus back to the button that opened it.
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown === null || shown.open) return;
    shown.showModal();
    // Enter right after opening must never delete anything.
    (deletions > 0 || run.current === null ? cancel : run).current?.focus();
    return () => shown.close();
  }, [deletions]);

  const confirm = () => {
    if (needsAcknowledgement) setAsked(true);
    else handle.confirm();
  };

  return (
    <dialog
      ref={dialog}
      className="confirm"
      aria-labelledby={ids.title}
      aria-describedby={ids.text}
      onCancel={(event) => {
        event.preventDefault();
        handle.decline();
      }}
    >
      <header className="dialog-head">
        <h2 id={ids.title}>{(isUndo ? texts.undo : texts.confirm).title(status.unitName)}</h2>
      </header>
      <div className="dialog-body">
        <TestBanner status={status} />
        <PlanAge handle={handle} status={status} />
        <div id={ids.text}>
          {status.remote === null ? (
            <Sentences outputs={outputs} deferred={deferred} />
          ) : (
            <p className="lead">{texts.remote.ask(status.remote.host)}</p>
          )}
        </div>
        {deletions > 0 && !isPlanOnly && (
          <DeletionBox
            count={deletions}
            isChecked={isAcknowledged}
            isAsked={isAsked}
            needId={ids.need}
            onChange={setAcknowledged}
          />
        )}
        {status.remote === null && <CountTable outputs={outputs} deferred={deferred} />}
        {deferred.length > 0 && (
          <p className="note">
            <Icon name="info" />
            <span>{texts.confirm.estimateNote}</span>
          </p>
        )}
        <LeftOut status={status} />
        <StoppedFlows status={status} />
        <Starts status={status} />
        {outputs.map((one) => (
          <OutputDetails key={`${one.flowId}/${one.commandId}`} output={one} />
        ))}
        <ReportList reports={outputs.flatMap((one) => one.reports)} />
        {isUndo && (
          <p className="note">
            <Icon name="info" />
            <span>{texts.undo.limits}</span>
          </p>
        )}
        {!isPlanOnly && (
          <p className="muted">
            {status.preview !== null && `${texts.control.commits[status.preview.shape]} `}
            {status.remote === null ? texts.confirm.runsAsYou : texts.remote.runsAsService}
          </p>
        )}
      </div>
      <footer className="dialog-foot">
        <button type="button" ref={cancel} className="button" onClick={() => handle.decline()}>
          {isPlanOnly ? texts.control.test.close : texts.confirm.noCancel}
        </button>
        {!isPlanOnly && (
          <button
            type="button"
            ref={run}
            className={deletions > 0 ? 'button danger' : 'button primary'}
            aria-disabled={needsAcknowledgement || undefined}
            aria-describedby={needsAcknowledgement ? ids.need : undefined}
            onClick={confirm}
          >
            {isUndo ? texts.undo.run : deletions > 0 ? texts.confirm.runDelete : texts.confirm.run}
          </button>
        )}
      </footer>
    </dialog>
  );
}

/** Flows that the run before has finished. */
function LeftOut({ status }: { readonly status: RunStatus }) {
  const { texts } = useEnvironment();
  const flows = status.flows.filter((flow) => flow.isDoneEarlier === true);
  if (flows.length === 0) return null;
  return (
    <p className="note">
      <Icon name="info" />
      <span>{texts.again.leftOut(flows.map((flow) => flow.name).join(', '))}</span>
    </p>
  );
}

/** Units that start afterwards: named, because what they write cannot be shown yet. */
function Starts({ status }: { readonly status: RunStatus }) {
  const { texts } = useEnvironment();
  const starts = status.preview?.starts ?? [];
  if (starts.length === 0) return null;
  return (
    <div className="note">
      <Icon name="play" />
      <div>
        {starts.map(({ flowId, commandId, unitName, wait }) => (
          <p key={`${flowId}/${commandId}`}>
            {(wait ? texts.waiting.startsWait : texts.waiting.starts)(unitName)}
          </p>
        ))}
        <p className="muted">{texts.waiting.startsNote}</p>
      </div>
    </div>
  );
}

interface PreviewProps {
  readonly outputs: readonly OutputSummary[];
  readonly deferred: readonly DeferredFlow[];
}

function Sentences({ outputs, deferred }: PreviewProps): ReactNode {
  const { texts, names } = useEnvironment();
  const apps = appSummaries(outputs.map((one) => ({ app: one.app, counts: one.counts })));
  const changing = apps.filter((one) => changedRows(one.counts) > 0);
  if (changing.length === 0) {
    return <p className="lead">{deferred.length > 0 ? texts.confirm.nothingYet : texts.counts.none}</p>;
  }
  return changing.map(({ app, counts }) => (
    <p key={appKey(app)} className="lead">
      {texts.confirm.sentence(names.appName(app), changesPhrase(counts, texts))}
      {counts.unchanged > 0 && <span className="muted"> {texts.confirm.untouched(counts.unchanged)}</span>}
    </p>
  ));
}

interface DeletionProps {
  readonly count: number;
  readonly isChecked: boolean;
  /** Run was pressed without the check mark. */
  readonly isAsked: boolean;
  readonly needId: string;
  onChange(isChecked: boolean): void;
}

function DeletionBox({ count, isChecked, isAsked, needId, onChange }: DeletionProps) {
  const { texts } = useEnvironment();
  return (
    <section className="deletion">
      <h3>
        <Icon name="trash" />
        {texts.confirm.deleteTitle(count)}
      </h3>
      <p>{texts.confirm.deleteNote}</p>
      <label className="check">
        <input type="checkbox" checked={isChecked} onChange={(event) => onChange(event.target.checked)} />
        <span>{texts.confirm.acknowledge(count)}</span>
      </label>
      {!isChecked && (
        <p id={needId} className="need" role={isAsked ? 'alert' : undefined}>
          {texts.confirm.acknowledgeFirst}
        </p>
      )}
    </section>
  );
}

function CountTable({ outputs, deferred }: PreviewProps) {
  const { texts, names } = useEnvironment();
  const { counts: words, confirm } = texts;
  const estimated = new Set(deferred.map((one) => one.flowId));
  const total = sumCounts(outputs.map((one) => one.counts));
  return (
    <section className="scroll">
      <table className="counts">
        <caption>{confirm.tableCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{confirm.flow}</th>
            <th scope="col">{confirm.output}</th>
            {[words.added, words.updated, words.deleted, words.unchanged].map((word) => (
              <th key={word} scope="col" className="figure">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {outputs.map(({ flowId, commandId, flowName, app, counts }) => (
            <tr key={`${flowId}/${commandId}`}>
              <th scope="row">
                {flowName}
                {estimated.has(flowId) && <span className="tag">{confirm.estimate}</span>}
              </th>
              <td>{names.appName(app)}</td>
              <Count label={words.added} value={counts.added} />
              <Count label={words.updated} value={counts.updated} />
              <Count label={words.deleted} value={counts.deleted} isDeletion />
              <Count label={words.unchanged} value={counts.unchanged} isQuiet />
            </tr>
          ))}
          {deferred
            .filter((flow) => !outputs.some((one) => one.flowId === flow.flowId))
            .map((flow) => (
              <tr key={flow.flowId}>
                <th scope="row">
                  {flow.flowName}
                  <span className="tag">{confirm.estimate}</span>
                </th>
                <td colSpan={5} className="muted">
                  {confirm.estimateUnknown}
                </td>
              </tr>
            ))}
        </tbody>
        {outputs.length > 1 && (
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {confirm.total}
              </th>
              <Count label={words.added} value={total.added} />
              <Count label={words.updated} value={total.updated} />
              <Count label={words.deleted} value={total.deleted} isDeletion />
              <Count label={words.unchanged} value={total.unchanged} isQuiet />
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

interface CountProps {
  /** Name of the column, shown where the head of the table is not. */
  readonly label: string;
  readonly value: number;
  readonly isDeletion?: boolean;
  readonly isQuiet?: boolean;
}

function Count({ label, value, isDeletion = false, isQuiet = false }: CountProps) {
  const { texts } = useEnvironment();
  const look = value === 0 || isQuiet ? 'muted' : isDeletion ? 'loss' : 'strong';
  return (
    <td className={`figure ${look}`} data-label={label}>
      {isDeletion && value > 0 && <Icon name="trash" />} {texts.count(value)}
    </td>
  );
}

function OutputDetails({ output }: { readonly output: OutputSummary }) {
  const { texts, names } = useEnvironment();
  const { app, counts, unmatched } = output;
  const [isOpen, setOpen] = useState(false);
  const hasChanges = changedRows(counts) > 0;
  if (!hasChanges && unmatched === 0) return null;
  return (
    <div>
      {hasChanges && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>
            {texts.confirm.details(names.appName(app))}
            <span className="muted"> {changesPhrase(counts, texts)}</span>
          </summary>
          {isOpen && <ChangeTable output={output} />}
        </details>
      )}
      {unmatched > 0 && <p className="muted">{texts.confirm.unmatched(unmatched)}</p>}
    </div>
  );
}
