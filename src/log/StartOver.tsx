import { useId, useLayoutEffect, useRef } from 'react';
import type { JournalEntry } from '../run/ports';
import { useLog } from './environment';

interface Props {
  readonly entry: JournalEntry;
  onStart(): void;
  onCancel(): void;
}

/** What 最初から does, said before it is done: nothing of the run before is taken over but its record and its input. */
export function StartOver({ entry, onStart, onCancel }: Props) {
  const { record } = useLog();
  const words = record.again.startOver;
  const dialog = useRef<HTMLDialogElement>(null);
  const ids = { title: useId(), text: useId() };
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown === null || shown.open) return;
    shown.showModal();
    return () => shown.close();
  }, []);
  const facts = [
    words.definition,
    entry.callingRecordId === '' ? words.noRecord : words.record(entry.callingRecordId),
    ...(Object.keys(entry.input).length > 0 ? [words.input] : []),
    ...(entry.cursor > 0 ? [words.written(entry.cursor)] : []),
    ...(entry.endedAtMs === null ? [words.closes] : []),
    words.asks,
  ];
  return (
    <dialog
      ref={dialog}
      className="ask"
      aria-labelledby={ids.title}
      aria-describedby={ids.text}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <header className="dialog-head">
        <h4 id={ids.title}>{words.title(entry.unitName)}</h4>
      </header>
      <ul id={ids.text} className="ask-facts">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <footer className="ask-foot">
        <button type="button" className="button" onClick={onCancel}>
          {record.confirm.noCancel}
        </button>
        <button type="button" className="button primary" onClick={onStart}>
          {words.start}
        </button>
      </footer>
    </dialog>
  );
}
