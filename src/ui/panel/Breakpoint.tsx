/** A run in test mode that stands before a command: which one, what goes into it, and the ways on. */
import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { CommandStop, RunHandle, RunStatus } from '../../run/status';
import { commandAt } from './command-at';
import { useEnvironment } from './environment';
import { formatValue } from './format';

/** How a person last went on; whoever steps by keyboard finds the same button under the finger at the next stop. */
export type WayOn = 'proceed' | 'step' | null;

interface Props {
  readonly handle: RunHandle;
  readonly status: RunStatus;
  readonly at: CommandStop;
  /** Outlives the stop. */
  readonly lastWay: RefObject<WayOn>;
}

export function BreakpointStop({ handle, status, at, lastWay }: Props) {
  const { texts, lookups } = useEnvironment();
  const words = texts.breakpoint;
  const flow = status.flows.find(({ flowId }) => flowId === at.flowId);
  const note = flow?.commands.find(({ commandId }) => commandId === at.commandId)?.note ?? '';
  const buttons = useRef<HTMLDivElement>(null);
  const titleId = useId();

  useEffect(() => {
    const root = buttons.current?.getRootNode();
    const active = root instanceof ShadowRoot ? root.activeElement : null;
    // The card's heading has the focus only because the button went away with the stop before.
    if (lastWay.current === null || active?.matches('[data-result]') !== true) return;
    buttons.current?.querySelector<HTMLElement>(`[data-way="${lastWay.current}"]`)?.focus();
  }, [lastWay]);

  const go = (way: 'proceed' | 'step') => {
    lastWay.current = way;
    handle[way]();
  };
  return (
    <section className="breakpoint" aria-labelledby={titleId}>
      <div>
        <h3 id={titleId} className="lead">
          {words.title(commandAt(status, at, texts, lookups))}
        </h3>
        <p className="muted">
          {[flow === undefined ? '' : words.flow(flow.name), note].filter((part) => part !== '').join(' › ')}
        </p>
        {status.progress.rowsWritten === 0 && <p>{words.nothingYet}</p>}
      </div>
      <div className="actions" ref={buttons}>
        <button
          type="button"
          className="button small primary"
          data-way="proceed"
          aria-label={texts.control.proceedLabel(status.unitName)}
          onClick={() => go('proceed')}
        >
          {texts.control.proceed}
        </button>
        <button
          type="button"
          className="button small"
          data-way="step"
          aria-label={words.stepLabel(status.unitName)}
          onClick={() => go('step')}
        >
          {words.step}
        </button>
        <button
          type="button"
          className="button small"
          aria-label={texts.cancelLabel(status.unitName)}
          onClick={() => handle.cancel()}
        >
          {texts.cancel}
        </button>
      </div>
      <Inputs status={status} at={at} />
    </section>
  );
}

/** Longer values do not fit the width of a column. */
const FITS_CHARACTERS = 24;

function Inputs({ status, at }: Pick<Props, 'status' | 'at'>) {
  const { breakpoint: words } = useEnvironment().texts;
  const [isWhole, setWhole] = useState(false);
  const values = at.inputs.flatMap(({ rows }) => rows.flat());
  if (at.inputs.length === 0) return <p className="muted">{words.noInputs}</p>;
  return (
    <>
      {values.some((value) => value.length > FITS_CHARACTERS) && (
        <label className="wrap-values">
          <input type="checkbox" checked={isWhole} onChange={(event) => setWhole(event.target.checked)} />
          {words.whole}
        </label>
      )}
      {at.inputs.map((input, index) => (
        <InputTable
          // biome-ignore lint/suspicious/noArrayIndexKey: a command may take the same input twice
          key={index}
          input={input}
          status={status}
          flowId={at.flowId}
          isWhole={isWhole}
        />
      ))}
      {values.some((value) => value.endsWith('…')) && <p className="muted">{words.clipped}</p>}
    </>
  );
}

interface TableProps {
  readonly input: CommandStop['inputs'][number];
  readonly status: RunStatus;
  readonly flowId: string;
  readonly isWhole: boolean;
}

function InputTable({ input, status, flowId, isWhole }: TableProps) {
  const { texts, lookups, language, timeZone } = useEnvironment();
  const words = texts.breakpoint;
  const { rowCount, columnCount, columns, rows } = input;
  const captionId = useId();
  const caption = [
    words.from(commandAt(status, { flowId, commandId: input.from }, texts, lookups), rowCount),
    ...(rowCount > rows.length ? [words.shownRows(rows.length)] : []),
    ...(columnCount > columns.length ? [words.shownColumns(columns.length, columnCount)] : []),
  ].join(words.join);
  const shown = (value: string, type: string): string =>
    type === 'datetime' && value !== '' ? formatValue(value, texts, language, timeZone) : value;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="scroll rows" tabIndex={0} aria-labelledby={captionId}>
      <table data-whole={isWhole}>
        <caption>
          <span id={captionId}>{caption}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{words.row}</th>
            {columns.map(({ name, label, type }) => (
              <th key={name} scope="col">
                {label}
                <span className="column-type">
                  {label === name ? words.types[type] : `${name} / ${words.types[type]}`}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length + 1}>{words.noRows}</td>
            </tr>
          )}
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows stand still, and have no names
            <tr key={index}>
              <th scope="row">{texts.count(index + 1)}</th>
              {columns.map(({ name, type }, column) => (
                <td key={name} className={type === 'number' ? 'figure' : undefined}>
                  <span>{shown(row[column] ?? '', type)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
