import { useState } from 'react';
import { type AfterRunKind, isPartlyDone } from '../run/carry-on';
import type { JournalEntry } from '../run/ports';
import { useLog } from './environment';

/** What may follow an ended run, whoever started it; the run that follows looks closer, and asks before it writes. */
function kindsAfter(entry: JournalEntry): readonly AfterRunKind[] {
  if (entry.endedAtMs === null) return [];
  const hasPlan = entry.cursor > 0 && entry.planFiles.length > 0;
  const isFailure = entry.state === 'Failure';
  return [
    ...(isFailure && hasPlan ? (['continue'] as const) : []),
    ...(isFailure && entry.undoOf === '' && isPartlyDone(entry.flows) ? (['fromFailedFlow'] as const) : []),
    ...(hasPlan && entry.undoOf === '' ? (['undo'] as const) : []),
  ];
}

/** Buttons that start the run after this one, where the page can run units; a sentence elsewhere. */
export function AfterRun({ entry }: { readonly entry: JournalEntry }) {
  const { source, record } = useLog();
  const [isBusy, setBusy] = useState(false);
  const kinds = kindsAfter(entry);
  if (kinds.length === 0) return null;
  const words = record.again.log;
  const { after } = source;
  if (after === null) return <p className="muted">{words.elsewhere}</p>;
  const choices: Readonly<Record<AfterRunKind, readonly [string, string]>> = {
    continue: [record.interrupted.resume, record.interrupted.resumeNote],
    fromFailedFlow: [record.again.fromFailed, record.again.fromFailedNote],
    undo: [record.undo.start, record.undo.startNote],
  };
  return (
    <section className="after-run" aria-label={words.title}>
      <h4>{words.title}</h4>
      {kinds.map((kind) => (
        <div key={kind} className="stop-run">
          <button type="button" className="button" onClick={() => setBusy(after(entry, kind) === 'busy')}>
            {choices[kind][0]}
          </button>
          <p className="muted">{choices[kind][1]}</p>
        </div>
      ))}
      {isBusy && (
        <p className="failure" role="alert">
          {words.busy}
        </p>
      )}
    </section>
  );
}
