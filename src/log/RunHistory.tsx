import { useId } from 'react';
import { historyOf, type Transition } from '../run/history';
import { formatMoment } from '../ui/i18n';
import { useLog } from './environment';

/** Every change of the run's state: when, what, by whom, and why. */
export function RunHistory({ text }: { readonly text: string }) {
  const { texts } = useLog();
  const words = texts.detail.history;
  const titleId = useId();
  const { transitions, foldedCount } = historyOf(text);
  if (transitions.length === 0) return null;
  const head = foldedCount === 0 ? transitions : transitions.slice(0, FIRST_SHOWN);
  const tail = foldedCount === 0 ? [] : transitions.slice(FIRST_SHOWN);
  return (
    <section className="history" aria-labelledby={titleId}>
      <h4 id={titleId}>{words.title}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <ol tabIndex={0}>
        {head.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that only grows
          <Line key={index} line={one} />
        ))}
        {foldedCount > 0 && <li className="muted">{words.folded(foldedCount)}</li>}
        {tail.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that only grows
          <Line key={index} line={one} />
        ))}
      </ol>
    </section>
  );
}

/** Where the text folds (see `history.ts`). */
const FIRST_SHOWN = 10;

function Line({ line }: { readonly line: Transition }) {
  const { texts, states, language, timeZone } = useLog();
  const { notes, by } = texts.detail.history;
  const { reason, note, atMs, actor } = line;
  const word: Readonly<Record<string, string>> = states.reason;
  const noted: Readonly<Record<string, string>> = notes;
  return (
    <li>
      <time dateTime={new Date(atMs).toISOString()}>{formatMoment(atMs, language, timeZone)}</time>
      <span className="strong">{word[reason] ?? reason}</span>
      {note !== '' && <span>{noted[note] ?? note}</span>}
      <span className="muted">{by(actor)}</span>
    </li>
  );
}
