import type { JournalEntry } from '../run/ports';
import { AskOwner } from './AskOwner';
import { useLog } from './environment';

/** The way to pause a run that goes on somewhere else, and to let it go on: a request in its record. */
export function PauseRun({ entry }: { readonly entry: JournalEntry }) {
  const { source, texts } = useLog();
  const words = texts.detail.history.pause;
  const isAsked = entry.pauseRequestedBy !== '';
  return (
    <AskOwner
      ask={() => (isAsked ? source.liftPause(entry.journalId) : source.requestPause(entry.journalId))}
      label={isAsked ? words.goOn : words.ask}
      asking={words.asking}
      failed={words.failed}
    >
      {isAsked && entry.reason !== 'paused' && (
        <p className="muted" role="status">
          {words.asked(entry.pauseRequestedBy)}
        </p>
      )}
    </AskOwner>
  );
}
