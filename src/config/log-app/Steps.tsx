/** A progress list of named steps. */
import type { LogAppStep } from '../../kintone/log-app';
import { Icon } from '../../ui/parts/Icon';
import { useTexts } from '../app/environment';
import styles from './steps.module.css';

export interface StepsState {
  readonly at: LogAppStep;
  readonly state: 'running' | 'done' | 'failed';
  readonly message?: string;
}

export const LOG_APP_STEPS: readonly LogAppStep[] = ['app', 'fields', 'views', 'deploy'];
export const REPAIR_STEPS: readonly LogAppStep[] = ['fields', 'deploy'];

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export function Steps({
  steps,
  state,
}: {
  readonly steps: readonly LogAppStep[];
  readonly state: StepsState;
}) {
  const { logApp: t } = useTexts();
  const current = state.at === 'done' ? steps.length : steps.indexOf(state.at);
  return (
    <ol className={styles['steps']} role="status">
      {steps.map((step, index) => {
        const status = index < current ? 'done' : index > current ? 'waiting' : state.state;
        const words = {
          done: t.stepDone,
          waiting: t.stepWaiting,
          running: t.stepRunning,
          failed: t.stepFailed,
        };
        return (
          <li key={step} className={`${styles['step']} ${styles[status]}`}>
            {status === 'done' ? (
              <Icon name="check" />
            ) : (
              <Icon name={status === 'failed' ? 'error' : 'chevron'} />
            )}
            <span>{t.steps[step]}</span>
            <span className={styles['word']}>{words[status]}</span>
          </li>
        );
      })}
    </ol>
  );
}
