import { useQuery } from '@tanstack/react-query';
import { isOpen } from '../run/close-dead';
import { historyOf } from '../run/history';
import type { JournalEntry } from '../run/ports';
import { formatMoment } from '../ui/i18n';
import { formatDuration } from '../ui/panel/format';
import { GivenInput } from '../ui/panel/GivenInput';
import { Icon } from '../ui/panel/Icon';
import { AfterRun } from './AfterRun';
import { CloseRun } from './CloseRun';
import { Counts } from './Counts';
import { useLog } from './environment';
import { PauseRun } from './PauseRun';
import { RunFamily } from './RunFamily';
import { RunHistory } from './RunHistory';
import { FlowChip } from './StateChip';
import { StopRun } from './StopRun';
import { isLeft, useStanding } from './standing';
import { type Bar, timelineOf } from './timeline';

const LIVE_REFRESH_MS = 5_000;

/** Everything the log knows about one run. */
export function RunDetail({ entry: listed }: { readonly entry: JournalEntry }) {
  const { source, texts, record, language, timeZone, nowMs } = useLog();
  const words = texts.detail;
  const { data } = useQuery({
    queryKey: ['run', listed.journalId],
    queryFn: () => source.detail(listed.journalId),
    // The list already has the whole entry; only a run that goes on is worth asking for again.
    initialData: listed,
    enabled: listed.endedAtMs === null,
    refetchInterval: (query) => (query.state.data?.endedAtMs === null ? LIVE_REFRESH_MS : false),
  });
  const entry = data ?? listed;
  const standing = useStanding(entry);
  const goesOn = entry.endedAtMs === null && !isLeft(standing);
  const facts: readonly (readonly [string, string])[] = [
    [words.runId, entry.runId],
    [words.mode, entry.mode === 'test' ? words.testMode : ''],
    [words.method, words.methods[entry.method]],
    [
      words.ended,
      entry.endedAtMs !== null
        ? formatMoment(entry.endedAtMs, language, timeZone)
        : goesOn
          ? texts.stillRunning
          : '',
    ],
    [words.requests, String(entry.requestCount)],
    [words.code, entry.errorCode],
  ];
  return (
    <section className="run-detail" aria-label={words.title(entry.unitName)}>
      {entry.message !== '' && (
        <p className={entry.state === 'Failure' ? 'failure' : 'note'}>
          <span className="hidden-text">{words.message}: </span>
          {entry.message}
        </p>
      )}
      {entry.rowsPlanned > 0 && entry.cursor < entry.rowsPlanned && (
        <p>{words.progress(entry.cursor, entry.rowsPlanned)}</p>
      )}
      {goesOn && <PauseRun entry={entry} />}
      {goesOn && <StopRun entry={entry} />}
      {isOpen(entry) && <CloseRun entry={entry} standing={standing} />}
      <AfterRun entry={entry} standing={standing} />
      {entry.flows.length > 0 && (
        <FlowTable bars={timelineOf(entry, goesOn ? nowMs() : lastSignMs(entry))} isLeft={isLeft(standing)} />
      )}
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <GivenInput
        title={record.input.given}
        values={Object.entries(entry.input)
          .filter(([, value]) => value !== '')
          .map(([name, value]) => ({ name, label: name, value }))}
      />
      <RunFamily entry={entry} />
      <RunHistory text={entry.transitions} />
      <a className="link" href={source.logUrl(entry.journalId)} target="_blank" rel="noopener">
        <Icon name="out" />
        {words.open}
      </a>
    </section>
  );
}

/** The last moment at which the record tells that somebody worked on the run. */
const lastSignMs = ({ transitions, startedAtMs }: JournalEntry): number =>
  historyOf(transitions).transitions.at(-1)?.atMs ?? startedAtMs;

interface FlowTableProps {
  readonly bars: readonly Bar[];
  /** Nobody works on the run any more. */
  readonly isLeft: boolean;
}

function FlowTable({ bars, isLeft: isRunLeft }: FlowTableProps) {
  const { texts, record } = useLog();
  const words = texts.detail;
  return (
    <table className="flows">
      <caption>{words.flows}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.columns.state}</th>
          <th scope="col">{words.flow}</th>
          <th scope="col" className="figure">
            {words.read}
          </th>
          <th scope="col">{texts.columns.counts}</th>
          <th scope="col" className="timeline">
            {words.time}
          </th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.flow.key}>
            <td>
              <FlowChip state={bar.flow.state} isLeft={isRunLeft} />
            </td>
            <th scope="row">
              {bar.flow.name}
              {bar.flow.message !== '' && <p className="muted">{bar.flow.message}</p>}
            </th>
            <td className="figure" data-label={words.read}>
              {record.count(bar.flow.rowsRead)}
            </td>
            <td>
              <Counts counts={bar.flow.counts} />
            </td>
            <td className="timeline">
              <TimeBar bar={bar} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TimeBar({ bar }: { readonly bar: Bar }) {
  const { texts, record, language } = useLog();
  if (bar.startMs === null) return <span className="muted">{texts.detail.notRun}</span>;
  const duration = formatDuration(bar.durationMs, record, language);
  const label = texts.detail.bar(formatDuration(bar.startMs, record, language), duration);
  return (
    <>
      <svg className="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={label}>
        <rect className="bar-back" width="100" height="8" />
        <rect
          className="bar-time"
          data-state={bar.flow.state}
          x={bar.left * 100}
          width={bar.width * 100}
          height="8"
        />
      </svg>
      <span aria-hidden="true">{duration}</span>
    </>
  );
}
