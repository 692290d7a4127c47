/** Which app keeps the runs: make one, or choose one and see whether it fits. */
import { useState } from 'react';
import type { AppRef } from '../../definition/types';
import { Button } from '../../ui/parts/Button';
import { EmptyState, FieldProblem } from '../../ui/parts/Feedback';
import { useChecks, useFindings } from '../app/checks';
import { useAppName } from '../app/data';
import { useSettings, useStore } from '../app/document';
import { useTexts } from '../app/environment';
import { AppPicker } from '../parts/AppPicker';
import styles from '../parts/lists.module.css';
import { CreateLogApp } from './CreateLogApp';
import { LogAppCheckView } from './LogAppCheckView';

export function LogAppTab() {
  const t = useTexts();
  const { logApp } = useSettings();
  const store = useStore();
  const { problems } = useChecks();
  const findings = useFindings(problems)('logApp');
  const [mode, setMode] = useState<'none' | 'create' | 'choose'>('none');
  const use = (app: AppRef | null) => store.edit({ kind: 'setLogApp', app });
  const buttons = (
    <div className={styles['inline']}>
      <Button kind={logApp === null ? 'primary' : 'normal'} icon="plus" onClick={() => setMode('create')}>
        {t.logApp.create}
      </Button>
      <Button onClick={() => setMode('choose')}>{logApp === null ? t.logApp.choose : t.logApp.change}</Button>
    </div>
  );
  return (
    <section className={styles['stack']} aria-label={t.logApp.title} data-path="logApp">
      <div>
        <h2 className={styles['heading']}>{t.logApp.title}</h2>
        <p className={styles['muted']}>{t.logApp.lead}</p>
      </div>
      {findings.map((found) => (
        <FieldProblem key={found.text} tone={found.tone}>
          {found.text}
        </FieldProblem>
      ))}
      {logApp === null ? (
        <EmptyState title={t.logApp.none} actions={buttons}>
          {t.logApp.noneBody}
        </EmptyState>
      ) : (
        <CurrentLogApp app={logApp} buttons={buttons} onDetach={() => use(null)} />
      )}
      {mode === 'create' ? <CreateLogApp onCreated={use} onClose={() => setMode('none')} /> : null}
      {mode === 'choose' ? (
        <div className={styles['card']}>
          <AppPicker
            label={t.logApp.appLabel}
            app={logApp}
            onChange={(app) => {
              use(app);
              setMode('none');
            }}
          />
        </div>
      ) : null}
    </section>
  );
}

interface CurrentProps {
  readonly app: AppRef;
  readonly buttons: React.ReactNode;
  readonly onDetach: () => void;
}

function CurrentLogApp({ app, buttons, onDetach }: CurrentProps) {
  const t = useTexts();
  const nameOf = useAppName();
  const path =
    app.guestSpaceId === undefined ? `/k/${app.appId}/` : `/k/guest/${app.guestSpaceId}/${app.appId}/`;
  return (
    <div className={styles['card']}>
      <div>
        <div className={styles['muted']}>{t.logApp.current}</div>
        <strong>{nameOf(app)}</strong>{' '}
        <a href={path} target="_blank" rel="noreferrer">
          {t.logApp.openApp}
        </a>
      </div>
      <LogAppCheckView key={`${app.guestSpaceId ?? ''}/${app.appId}`} app={app} />
      <div className={styles['inline']}>
        {buttons}
        <Button kind="quiet" onClick={onDetach}>
          {t.logApp.detach}
        </Button>
      </div>
    </div>
  );
}
