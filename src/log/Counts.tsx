import type { WriteCounts } from '../plan/types';
import { Icon } from '../ui/panel/Icon';
import { useLog } from './environment';

/** Four figures with a sign each; the words are there for screen readers and on hover. */
export function Counts({ counts }: { readonly counts: WriteCounts }) {
  const { texts, record } = useLog();
  const parts = [
    { kind: 'added', icon: 'plus', text: texts.counts.added, value: counts.added },
    { kind: 'updated', icon: 'change', text: texts.counts.updated, value: counts.updated },
    { kind: 'deleted', icon: 'trash', text: texts.counts.deleted, value: counts.deleted },
  ] as const;
  return (
    <span className="run-counts">
      {parts.map(({ kind, icon, text, value }) => (
        <span key={kind} data-kind={kind} data-zero={value === 0 || undefined} title={text(value)}>
          <Icon name={icon} />
          <span aria-hidden="true">{record.count(value)}</span>
          <span className="hidden-text">{text(value)}</span>
        </span>
      ))}
      {counts.unchanged > 0 && <span className="muted">{texts.counts.unchanged(counts.unchanged)}</span>}
    </span>
  );
}
