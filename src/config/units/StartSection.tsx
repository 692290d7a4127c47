/** All ways to start a unit: the button at hand, the others one step away. */
import { formatCount } from '../../ui/i18n';
import { CheckField } from '../../ui/parts/Choice';
import { Disclosure } from '../../ui/parts/Disclosure';
import { useUnitProblems } from '../app/checks';
import { useEnvironment, useTexts } from '../app/environment';
import styles from '../parts/lists.module.css';
import { ProblemCount } from '../parts/ProblemCount';
import { ButtonSettings } from './ButtonSettings';
import { CopyText } from './CopyText';
import type { UnitPartProps } from './part-props';
import { RecordEvents } from './RecordEvents';
import { Schedules } from './Schedules';
import { readSchedule } from './schedule-reading';
import { Webhooks } from './Webhooks';

export function StartSection({ unit, change, findings }: UnitPartProps) {
  const { unit: t } = useTexts();
  const { language } = useEnvironment();
  const problems = useUnitProblems(unit.id);
  const count = (items: readonly unknown[], text: (n: string) => string) =>
    items.length === 0 ? t.sections.notUsed : text(formatCount(items.length, language));
  const mark = (key: string) => (
    <ProblemCount quiet problems={problems.filter(({ place }) => place.field?.split('.')[0] === key)} />
  );
  const [firstSchedule] = unit.schedules;
  return (
    <>
      <ButtonSettings unit={unit} change={change} findings={findings} />
      <div>
        <h4 className={styles['group']}>{t.start.more}</h4>
        <p className={styles['muted']}>{t.start.moreLead}</p>
      </div>
      <div className={styles['parts']}>
        <Disclosure
          level={4}
          title={t.events.title}
          summary={
            unit.recordEvents.length === 0
              ? t.sections.notUsed
              : t.sections.join(unit.recordEvents.map(({ event }) => t.events[event]))
          }
          mark={mark('recordEvents')}
        >
          <RecordEvents unit={unit} change={change} findings={findings} />
        </Disclosure>
        <Disclosure level={4} title={t.api.title} summary={unit.api ? t.api.on : t.sections.notUsed}>
          <CheckField
            label={t.api.allow}
            hint={t.api.hint}
            checked={unit.api}
            onChange={(api) => change({ api })}
            path="api"
          />
          {unit.api ? (
            <>
              <CopyText label={t.api.id} text={unit.id} />
              <p className={styles['muted']}>{t.api.docs}</p>
            </>
          ) : null}
        </Disclosure>
        <Disclosure
          level={4}
          title={t.webhooks.title}
          summary={
            unit.webhookEvents.length === 0
              ? t.sections.notUsed
              : t.sections.join(unit.webhookEvents.map((event) => t.webhooks[event]))
          }
          mark={mark('webhookEvents')}
        >
          <Webhooks unit={unit} change={change} />
        </Disclosure>
        <Disclosure
          level={4}
          title={t.schedules.title}
          summary={
            firstSchedule !== undefined && unit.schedules.length === 1
              ? (readSchedule(firstSchedule.cron, t, language) ?? firstSchedule.cron)
              : count(unit.schedules, t.start.schedules)
          }
          mark={mark('schedules')}
        >
          <Schedules unit={unit} change={change} findings={findings} />
        </Disclosure>
      </div>
    </>
  );
}
