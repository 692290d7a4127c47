import type { RunHandle, RunStatus } from '../../run/status';
import { formatMoment } from '../i18n';
import { useEnvironment } from './environment';
import { useNowMs } from './hooks';
import { Icon } from './Icon';

/**
 * Longer than anybody reads the numbers, and half of what the question waits for an answer: whoever is still there
 * has been away, or talked to others who may have changed records meanwhile.
 */
export const PLAN_OLD_MINUTES = 5;

/** When the check was made; a way to make it again once that is long ago. */
export function PlanAge({ handle, status }: { readonly handle: RunHandle; readonly status: RunStatus }) {
  const { texts, language, timeZone } = useEnvironment();
  const now = useNowMs(true);
  if (status.preview === null) return null;
  const { checkedAtMs } = status.preview;
  const checkedAt = texts.again.checkedAt(formatMoment(checkedAtMs, language, timeZone));
  if (now - checkedAtMs <= PLAN_OLD_MINUTES * 60_000) return <p className="muted">{checkedAt}</p>;
  return (
    <div className="note" role="status">
      <Icon name="warning" />
      <div>
        <p>
          {checkedAt} {texts.again.old(PLAN_OLD_MINUTES)}
        </p>
        <button type="button" className="button small" onClick={() => handle.recheck()}>
          {texts.again.recheck}
        </button>
      </div>
    </div>
  );
}
