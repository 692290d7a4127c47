import type { JournalEntry } from '../run/ports';
import { AskOwner } from './AskOwner';
import { useLog } from './environment';

/** The way to stop a run that goes on somewhere else: a request in its record, which its owner obeys. */
export function StopRun({ entry }: { readonly entry: JournalEntry }) {
  const { source, texts } = useLog();
  const words = texts.detail.stop;
  if (entry.cancelRequestedBy !== '') {
    return (
      <p className="note" role="status">
        {words.asked(entry.cancelRequestedBy)}
      </p>
    );
  }
  return (
    <AskOwner
      ask={() => source.requestStop(entry.journalId)}
      label={words.ask}
      asking={words.asking}
      failed={words.failed}
    >
      <p className="muted">{words.note}</p>
    </AskOwner>
  );
}
