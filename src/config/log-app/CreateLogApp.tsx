/** Makes a log app, telling which step it is at. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AppRef } from '../../definition/types';
import { createLogApp, type LogAppStep } from '../../kintone/log-app';
import { Button } from '../../ui/parts/Button';
import { Notice } from '../../ui/parts/Feedback';
import { TextField } from '../../ui/parts/Field';
import { useEnvironment, useTexts } from '../app/environment';
import { messageOf } from '../client';
import styles from '../parts/lists.module.css';
import { LOG_APP_STEPS, Steps, type StepsState, sleep } from './Steps';
import { logAppTexts } from './texts';

interface CreateLogAppProps {
  readonly onCreated: (app: AppRef) => void;
  readonly onClose: () => void;
}

export function CreateLogApp({ onCreated, onClose }: CreateLogAppProps) {
  const t = useTexts();
  const { client, callingApp, language } = useEnvironment();
  const queries = useQueryClient();
  const words = logAppTexts[language];
  const [name, setName] = useState(words.name);
  const [steps, setSteps] = useState<StepsState | null>(null);
  const busy = steps?.state === 'running';

  const run = async () => {
    let at: LogAppStep = 'app';
    setSteps({ at, state: 'running' });
    try {
      const { labels, views, description } = words;
      const { appId } = await createLogApp(
        client.rest(callingApp),
        { name: name.trim(), description, labels, views, sleep },
        (step) => {
          at = step;
          setSteps({ at, state: 'running' });
        },
      );
      setSteps({ at: 'done', state: 'done' });
      await queries.invalidateQueries({ queryKey: ['apps'] });
      const { guestSpaceId } = callingApp;
      onCreated(guestSpaceId === undefined ? { appId } : { appId, guestSpaceId });
    } catch (error) {
      setSteps({ at, state: 'failed', message: messageOf(error) });
    }
  };

  return (
    <div className={styles['card']}>
      <h3 className={styles['subheading']}>{t.logApp.createTitle}</h3>
      {steps?.state === 'done' ? null : (
        <TextField
          required
          label={t.logApp.createName}
          hint={t.logApp.createHint}
          maxLength={64}
          value={name}
          onChange={setName}
        />
      )}
      {steps === null ? null : <Steps steps={LOG_APP_STEPS} state={steps} />}
      {steps?.state === 'failed' ? (
        <Notice live tone="error">
          {t.logApp.failed(steps.message ?? '')}
        </Notice>
      ) : null}
      {steps?.state === 'done' ? (
        <Notice live tone="success">
          {t.logApp.created}
        </Notice>
      ) : null}
      <div className={styles['inline']}>
        <Button disabled={busy} onClick={onClose}>
          {steps?.state === 'done' ? t.common.close : t.common.cancel}
        </Button>
        {steps?.state === 'done' ? null : (
          <Button kind="primary" disabled={busy || name.trim() === ''} onClick={() => void run()}>
            {t.logApp.createRun}
          </Button>
        )}
      </div>
    </div>
  );
}
