/** The stored settings cannot be read: say why, keep the values, offer a way on. */
import { emptySettings } from '../../definition/create';
import type { Failure } from '../../definition/errors';
import type { StoredSettings } from '../../kintone/settings-codec';
import { describeFailure } from '../../ui/i18n';
import { Button } from '../../ui/parts/Button';
import { Notice } from '../../ui/parts/Feedback';
import { downloadText, exportName } from '../files/export';
import { problemTexts, unknownProblem } from '../texts';
import styles from './app.module.css';
import { useEnvironment, useTexts } from './environment';

interface StartFailedProps {
  readonly failure: Failure;
  readonly onRetry: () => void;
  readonly onStartEmpty: (stored: StoredSettings) => void;
}

export function StartFailed({ failure, onRetry, onStartEmpty }: StartFailedProps) {
  const t = useTexts();
  const { language, settings, nowMs, timeZone } = useEnvironment();
  const text = describeFailure(problemTexts[language], unknownProblem[language], failure, language);
  return (
    <div className={styles['stack']}>
      <Notice live tone="error" todo={text.todo}>
        <strong>{t.startup.failed}</strong>
        <br />
        {text.what}
      </Notice>
      <div className={styles['buttons']}>
        <Button kind="primary" onClick={onRetry}>
          {t.common.retry}
        </Button>
        <Button
          onClick={() => downloadText(exportName(nowMs(), timeZone), JSON.stringify(settings.raw(), null, 2))}
        >
          {t.startup.download}
        </Button>
        <Button
          title={t.startup.startEmptyHint}
          onClick={() => onStartEmpty({ settings: emptySettings(), stamp: settings.storedStamp() })}
        >
          {t.startup.startEmpty}
        </Button>
      </div>
      <p className={styles['muted']}>{t.startup.startEmptyHint}</p>
    </div>
  );
}
