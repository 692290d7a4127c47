import { useEffect, useState } from 'react';
import { useEnvironment } from './environment';
import { Icon } from './Icon';

const RELOAD_AFTER_S = 3;

interface Props {
  /** false while somebody edits: a reload would throw the input away. */
  readonly isAutomatic: boolean;
  onReload(): void;
}

/** The shown record is out of date after the run; saving it as it is would end in a revision conflict. */
export function ReloadOffer({ isAutomatic, onReload }: Props) {
  const { texts } = useEnvironment();
  const [secondsLeft, setSecondsLeft] = useState<number | null>(isAutomatic ? RELOAD_AFTER_S : null);
  useEffect(() => {
    if (!isAutomatic) setSecondsLeft(null);
  }, [isAutomatic]);
  useEffect(() => {
    if (secondsLeft === null) return;
    if (secondsLeft === 0) {
      onReload();
      return;
    }
    const timer = setTimeout(() => setSecondsLeft(secondsLeft - 1), 1_000);
    return () => clearTimeout(timer);
  }, [secondsLeft, onReload]);
  return (
    <div className="reload">
      <Icon name="info" />
      <p>
        {texts.reload.note}
        {secondsLeft !== null && <strong> {texts.reload.countdown(secondsLeft)}</strong>}
      </p>
      <div className="actions">
        {secondsLeft !== null && (
          <button type="button" className="button small" onClick={() => setSecondsLeft(null)}>
            {texts.reload.stop}
          </button>
        )}
        <button type="button" className="button small primary" onClick={onReload}>
          {texts.reload.now}
        </button>
      </div>
    </div>
  );
}
