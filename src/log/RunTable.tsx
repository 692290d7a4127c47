import { Fragment, memo, useCallback, useId, useState } from 'react';
import type { JournalEntry } from '../run/ports';
import { formatMoment } from '../ui/i18n';
import { formatDuration } from '../ui/panel/format';
import { Counts } from './Counts';
import { useLog } from './environment';
import { PAGE_SIZE } from './query';
import { RunDetail } from './RunDetail';
import { RunChip } from './StateChip';
import { WhileOpen } from './standing';

/** Runs, newest first; a row opens its detail below itself. */
export function RunTable({ entries }: { readonly entries: readonly JournalEntry[] }) {
  const { texts } = useLog();
  const { columns } = texts;
  const [openId, setOpenId] = useState<string | null>(null);
  const toggle = useCallback((id: string) => setOpenId((current) => (current === id ? null : id)), []);
  return (
    <table className="runs">
      <caption className="hidden-text">{texts.table}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.state}</th>
          <th scope="col">{columns.unit}</th>
          <th scope="col">{columns.record}</th>
          <th scope="col">{columns.user}</th>
          <th scope="col">{columns.started}</th>
          <th scope="col" className="figure">
            {columns.duration}
          </th>
          <th scope="col">{columns.counts}</th>
          <th scope="col">{columns.message}</th>
        </tr>
      </thead>
      {/* In groups: the browser leaves out those that are not in view. */}
      {groupsOf(entries).map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a group is a stretch of the list, whatever runs are in it
        <tbody key={index}>
          {group.map((entry) => (
            <RunRow
              key={entry.journalId}
              entry={entry}
              isOpen={entry.journalId === openId}
              onToggle={toggle}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

const groupsOf = (entries: readonly JournalEntry[]): readonly (readonly JournalEntry[])[] =>
  Array.from({ length: Math.ceil(entries.length / PAGE_SIZE) }, (_, index) =>
    entries.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE),
  );

interface RowProps {
  readonly entry: JournalEntry;
  readonly isOpen: boolean;
  onToggle(journalId: string): void;
}

/** Drawn again only when its run changes: the list grows by pages. */
const RunRow = memo(function RunRow({ entry, isOpen, onToggle }: RowProps) {
  const { texts, record, language, timeZone, source } = useLog();
  const detailId = useId();
  const { columns } = texts;
  return (
    <Fragment>
      <tr className="run" data-open={isOpen || undefined}>
        <td data-label={columns.state}>
          <RunChip entry={entry} />
        </td>
        <th scope="row" data-label={columns.unit}>
          <button
            type="button"
            className="toggle"
            aria-expanded={isOpen}
            aria-controls={isOpen ? detailId : undefined}
            aria-label={isOpen ? texts.hide(entry.unitName) : texts.show(entry.unitName)}
            onClick={() => onToggle(entry.journalId)}
          >
            {entry.unitName}
          </button>
        </th>
        <td data-label={columns.record}>
          {entry.callingRecordId === '' ? (
            <span className="muted">{texts.noRecord}</span>
          ) : (
            <a
              className="link"
              href={source.recordUrl(entry.callingAppId, entry.callingRecordId)}
              target="_blank"
              rel="noopener"
              aria-label={texts.recordLabel(entry.callingRecordId)}
            >
              {texts.record(entry.callingRecordId)}
            </a>
          )}
        </td>
        <td data-label={columns.user} className="user">
          {entry.user.name}
        </td>
        <td data-label={columns.started} className="moment">
          {formatMoment(entry.startedAtMs, language, timeZone)}
        </td>
        <td data-label={columns.duration} className="figure">
          {entry.endedAtMs === null ? (
            <WhileOpen entry={entry} goesOn={<span className="muted">{texts.stillRunning}</span>} left="–" />
          ) : (
            formatDuration(entry.endedAtMs - entry.startedAtMs, record, language)
          )}
        </td>
        <td data-label={columns.counts}>
          <Counts counts={entry.counts} />
        </td>
        <td data-label={columns.message} className="message">
          <span title={entry.message}>{entry.message}</span>
        </td>
      </tr>
      {isOpen && (
        <tr className="detail-row">
          <td colSpan={8} id={detailId}>
            <RunDetail entry={entry} />
          </td>
        </tr>
      )}
    </Fragment>
  );
});
