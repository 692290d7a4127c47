import { useState } from 'react';
import { type AfterRunKind, isPartlyDone } from '../run/carry-on';
import type { Standing } from '../run/lease';
import type { JournalEntry } from '../run/ports';
import { useLog } from './environment';
import { StartOver } from './StartOver';

/**
 * What may follow a run that has ended or that nobody works on any more, whoever started it; the run that follows looks
 * closer, and asks before it writes.
 */
function kindsAfter(entry: JournalEntry, standing: Standing): readonly AfterRunKind[] {
  const isDead = standing === 'interrupted' || standing === 'abandoned';
  if (!isDead && standing !== 'ended') return [];
  const hasPlan = entry.cursor > 0 && entry.planFiles.length > 0;
  const isFailure = isDead || entry.state === 'Failure';
  const isOwn = isFailure && entry.undoOf === '' && entry.method !== 'test';
  return [
    ...(isFailure && !isDead && hasPlan ? (['continue'] as const) : []),
    ...(isOwn && isPartlyDone(entry.flows) ? (['fromFailedFlow'] as const) : []),
    ...(isOwn ? (['startOver'] as const) : []),
    ...(!isDead && hasPlan && entry.undoOf === '' ? (['undo'] as const) : []),
  ];
}

interface Props {
  readonly entry: JournalEntry;
  readonly standing: Standing;
}

/** Buttons that start the run after this one, where the page can run units; a sentence elsewhere. */
export function AfterRun({ entry, standing }: Props) {
  const { source, record } = useLog();
  const [isBusy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const kinds = kindsAfter(entry, standing);
  if (kinds.length === 0) return null;
  const words = record.again.log;
  const { after } = source;
  if (after === null) return <p className="muted">{words.elsewhere}</p>;
  if (after === 'testEnvironment') return <p className="muted">{words.testEnvironment}</p>;
  const choices: Readonly<Record<AfterRunKind, readonly [string, string]>> = {
    continue: [record.interrupted.resume, record.interrupted.resumeNote],
    fromFailedFlow: [record.again.fromFailed, record.again.fromFailedNote],
    startOver: [record.interrupted.restart, record.interrupted.restartNote],
    undo: [record.undo.start, record.undo.startNote],
  };
  const start = (kind: AfterRunKind) => {
    setAsking(false);
    setBusy(after(entry, kind) === 'busy');
  };
  return (
    <section className="after-run" aria-label={words.title}>
      <h4>{words.title}</h4>
      {kinds.map((kind) => (
        <div key={kind} className="stop-run">
          <button
            type="button"
            className="button"
            onClick={() => (kind === 'startOver' ? setAsking(true) : start(kind))}
          >
            {choices[kind][0]}
          </button>
          <p className="muted">{choices[kind][1]}</p>
        </div>
      ))}
      {isAsking && (
        <StartOver entry={entry} onStart={() => start('startOver')} onCancel={() => setAsking(false)} />
      )}
      {isBusy && (
        <p className="failure" role="alert">
          {words.busy}
        </p>
      )}
    </section>
  );
}
