/** A run that waits for its turn, or goes on elsewhere and is only shown here. */
import type { RunStatus } from '../../run/status';
import { formatMoment } from '../i18n';
import { useEnvironment } from './environment';
import type { Phase } from './phase';

/** Whether the run goes on elsewhere, so that this page may go. */
export const isPassive = (status: RunStatus): boolean => status.watched !== null && status.endedAtMs === null;

/** Longer lines say only how many there are. */
const NAMES_SHOWN = 5;

export function Waiting({ status, phase }: { readonly status: RunStatus; readonly phase: Phase }) {
  if (status.watched === 'requested') return <OnServer phase={phase} />;
  if (status.watched === 'joined') return <Joined status={status} phase={phase} />;
  return <InLine status={status} />;
}

function InLine({ status }: { readonly status: RunStatus }) {
  const { texts, language, timeZone } = useEnvironment();
  const words = texts.waiting;
  const { queue } = status;
  if (queue === null) return null;
  const moment = (atMs: number): string => formatMoment(atMs, language, timeZone);
  const names = queue.ahead.slice(0, NAMES_SHOWN).join(words.join);
  return (
    <>
      <p className="lead">{queue.position === 1 ? words.next : words.position(queue.position)}</p>
      <p>
        {queue.holder === null ? words.free : words.holder(queue.holder.name, moment(queue.holder.sinceMs))}
      </p>
      {names !== '' && (
        <p className="muted">
          {words.ahead(queue.ahead.length > NAMES_SHOWN ? `${names}${words.join}…` : names)}
        </p>
      )}
      <p className="muted">
        {words.stay} {words.until(moment(queue.untilMs))}
      </p>
    </>
  );
}

function Joined({ status, phase }: { readonly status: RunStatus; readonly phase: Phase }) {
  const { texts, language, timeZone } = useEnvironment();
  const words = texts.waiting;
  return (
    <>
      <p className="lead">
        {words.joined(status.user.name, formatMoment(status.startedAtMs, language, timeZone))}
      </p>
      {phase === 'confirming' && <p>{words.joinedAsks}</p>}
      <p className="muted">{phase === 'stopping' ? texts.stopping.writing : words.joinedNote}</p>
    </>
  );
}

function OnServer({ phase }: { readonly phase: Phase }) {
  const { texts } = useEnvironment();
  const words = texts.waiting;
  const note = phase === 'stopping' ? texts.stopping.writing : words.onServer;
  return <p className="muted">{phase === 'requested' ? words.requested : note}</p>;
}
