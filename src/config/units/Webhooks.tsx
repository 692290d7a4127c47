/** Starts by kintone's own notifications. */
import type { ExecutionUnit, WebhookEvent } from '../../definition/types';
import { CheckField } from '../../ui/parts/Choice';
import { Notice } from '../../ui/parts/Feedback';
import { useTexts } from '../app/environment';
import styles from '../parts/lists.module.css';
import { CopyText } from './CopyText';
import type { ChangeUnit } from './part-props';

/** In the order of kintone's own screen. */
const EVENTS: readonly WebhookEvent[] = [
  'ADD_RECORD',
  'UPDATE_RECORD',
  'UPDATE_STATUS',
  'DELETE_RECORD',
  'ADD_RECORD_COMMENT',
];

interface WebhooksProps {
  readonly unit: ExecutionUnit;
  readonly change: ChangeUnit;
}

export function Webhooks({ unit, change }: WebhooksProps) {
  const { webhooks: t, sections } = useTexts().unit;
  const chosen = unit.webhookEvents;
  return (
    <>
      <p className={styles['muted']}>{t.lead}</p>
      <div className={styles['checks']} data-path="webhookEvents">
        {EVENTS.map((event) => (
          <CheckField
            key={event}
            label={t[event]}
            checked={chosen.includes(event)}
            onChange={(isChosen) =>
              change({
                webhookEvents: EVENTS.filter((one) => (one === event ? isChosen : chosen.includes(one))),
              })
            }
          />
        ))}
      </div>
      {chosen.length === 0 ? null : (
        <>
          <Notice tone="info">{sections.needsServer}</Notice>
          <CopyText label={t.path} text={`/webhook/${unit.id}/…`} />
          <p className={styles['muted']}>{t.pathHint}</p>
          <p className={styles['muted']}>{t.loop}</p>
        </>
      )}
    </>
  );
}
