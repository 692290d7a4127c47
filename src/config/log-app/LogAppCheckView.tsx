/** Whether an app has what a run record needs, field by field, and adding what is missing. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AppRef } from '../../definition/types';
import {
  checkLogApp,
  isUsable,
  type LogAppCheck,
  type LogAppStep,
  repairLogApp,
} from '../../kintone/log-app';
import { formatCount } from '../../ui/i18n';
import { Button } from '../../ui/parts/Button';
import { Loading, Notice } from '../../ui/parts/Feedback';
import { appKey } from '../app/data';
import { useEnvironment, useTexts } from '../app/environment';
import { messageOf } from '../client';
import styles from '../parts/lists.module.css';
import { REPAIR_STEPS, Steps, type StepsState, sleep } from './Steps';
import steps from './steps.module.css';
import { logAppTexts } from './texts';

export function LogAppCheckView({ app }: { readonly app: AppRef }) {
  const t = useTexts();
  const { client } = useEnvironment();
  const check = useQuery({
    queryKey: ['logAppCheck', appKey(app)],
    queryFn: async () => {
      // A deleted or hidden app is an answer too, not a failure of asking.
      const fields = await client.fields(app);
      return fields === null ? null : checkLogApp(client.rest(app), app);
    },
  });
  const again = (
    <Button size="small" onClick={() => void check.refetch()}>
      {t.logApp.check}
    </Button>
  );
  if (check.isPending) return <Loading label={t.logApp.checking} />;
  if (check.isError) {
    return (
      <Notice live tone="error" actions={again}>
        {t.logApp.failed(messageOf(check.error))}
      </Notice>
    );
  }
  if (check.data === null) {
    return (
      <Notice live tone="error" todo={t.problems.missingApp} actions={again}>
        {t.logApp.notVisible}
      </Notice>
    );
  }
  if (isUsable(check.data)) {
    return (
      <Notice live tone="success" actions={again}>
        {t.logApp.sound}
      </Notice>
    );
  }
  return <Faults app={app} found={check.data} />;
}

function Faults({ app, found }: { readonly app: AppRef; readonly found: LogAppCheck }) {
  const t = useTexts();
  const { client, language } = useEnvironment();
  const queries = useQueryClient();
  const [state, setState] = useState<StepsState | null>(null);
  const repairable = found.missing.length > 0 || found.notUnique.length > 0;
  const repair = async () => {
    let at: LogAppStep = 'fields';
    setState({ at, state: 'running' });
    try {
      const { labels } = logAppTexts[language];
      await repairLogApp(client.rest(app), app, found, { labels, sleep }, (step) => {
        at = step;
        setState({ at, state: 'running' });
      });
      await queries.invalidateQueries({ queryKey: ['logAppCheck'] });
    } catch (error) {
      setState({ at, state: 'failed', message: messageOf(error) });
    }
  };
  return (
    <div className={styles['stack']}>
      <Notice live tone="error" todo={found.wrongType.length > 0 ? t.logApp.wrongTypeTodo : undefined}>
        {t.logApp.missing(
          formatCount(found.missing.length + found.wrongType.length + found.notUnique.length, language),
        )}
      </Notice>
      <Codes title={t.logApp.missingTitle} codes={found.missing} />
      <Codes title={t.logApp.notUniqueTitle} codes={found.notUnique} />
      <Codes
        title={t.logApp.wrongTypeTitle}
        codes={found.wrongType.map((one) => t.logApp.wrongType(one.code, one.expected, one.found))}
      />
      {state === null ? null : <Steps steps={REPAIR_STEPS} state={state} />}
      {state?.state === 'failed' ? (
        <Notice live tone="error">
          {t.logApp.failed(state.message ?? '')}
        </Notice>
      ) : null}
      {repairable ? (
        <div>
          <Button kind="primary" disabled={state?.state === 'running'} onClick={() => void repair()}>
            {t.logApp.repair}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function Codes({ title, codes }: { readonly title: string; readonly codes: readonly string[] }) {
  if (codes.length === 0) return null;
  return (
    <div>
      <strong>{title}</strong>
      <ul className={steps['columns']}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </div>
  );
}
