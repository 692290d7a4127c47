/** The rules of a unit's runs, each with what follows from it. */
import {
  MAX_PRIORITY,
  MAX_QUEUE_TTL_MINUTES,
  MAX_RATE_LIMIT_PER_MINUTE,
  MAX_RUN_MINUTES,
} from '../../definition/schema';
import { RadioField } from '../../ui/parts/Choice';
import { NumberField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import styles from '../parts/lists.module.css';
import { ExecutorSettings } from './ExecutorSettings';
import type { UnitPartProps } from './part-props';

export function RulesSection({ unit, change, findings }: UnitPartProps) {
  const { rules: t } = useTexts().unit;
  const waits = unit.concurrency === 'queue' || unit.executor.kind === 'server';
  return (
    <>
      <ExecutorSettings unit={unit} change={change} findings={findings} />
      <h4 className={styles['group']}>{t.groupStart}</h4>
      <RadioField
        legend={t.confirm}
        hint={t.confirmHint}
        value={unit.confirm}
        options={[
          { value: 'always', label: t.confirmAlways },
          { value: 'deletions', label: t.confirmDeletions },
          { value: 'never', label: t.confirmNever, hint: t.confirmNeverHint },
        ]}
        onChange={(confirm) => change({ confirm })}
        path="confirm"
      />
      <RadioField
        legend={t.concurrency}
        value={unit.concurrency}
        options={[
          { value: 'reject', label: t.reject, hint: t.rejectHint },
          { value: 'queue', label: t.queue, hint: t.queueHint },
          { value: 'join', label: t.join, hint: t.joinHint },
          { value: 'allow', label: t.allow, hint: t.allowHint },
        ]}
        onChange={(concurrency) => change({ concurrency })}
        path="concurrency"
      />
      {waits ? (
        <div className={styles['pair']}>
          <NumberField
            label={t.queueTtl}
            hint={t.queueTtlHint}
            value={unit.queueTtlMinutes}
            min={1}
            max={MAX_QUEUE_TTL_MINUTES}
            onChange={(queueTtlMinutes) => change({ queueTtlMinutes }, 'queueTtlMinutes')}
            path="queueTtlMinutes"
          />
          <NumberField
            label={t.priority}
            hint={t.priorityHint}
            value={unit.priority}
            min={-MAX_PRIORITY}
            max={MAX_PRIORITY}
            onChange={(priority) => change({ priority }, 'priority')}
            path="priority"
          />
        </div>
      ) : null}
      <WriteRules unit={unit} change={change} findings={findings} />
      <h4 className={styles['group']}>{t.groupLimits}</h4>
      <div className={styles['pair']}>
        <NumberField
          label={t.rateLimit}
          hint={t.rateLimitHint}
          value={unit.rateLimitPerMinute}
          min={1}
          max={MAX_RATE_LIMIT_PER_MINUTE}
          onChange={(rateLimitPerMinute) => change({ rateLimitPerMinute }, 'rateLimitPerMinute')}
          path="rateLimitPerMinute"
        />
        <NumberField
          label={t.maxRun}
          hint={t.maxRunHint}
          value={unit.maxRunMinutes}
          min={0}
          max={MAX_RUN_MINUTES}
          onChange={(maxRunMinutes) => change({ maxRunMinutes }, 'maxRunMinutes')}
          path="maxRunMinutes"
        />
      </div>
      <RadioField
        legend={t.retention}
        value={unit.savepointRetention}
        options={[
          { value: 'ALL', label: t.ALL, hint: t.ALLHint },
          { value: 'LAST', label: t.LAST, hint: t.LASTHint },
        ]}
        onChange={(savepointRetention) => change({ savepointRetention })}
        path="savepointRetention"
      />
    </>
  );
}

function WriteRules({ unit, change }: UnitPartProps) {
  const { rules: t } = useTexts().unit;
  return (
    <>
      <h4 className={styles['group']}>{t.groupWrite}</h4>
      <RadioField
        legend={t.conflict}
        value={unit.conflict}
        options={[
          { value: 'stop', label: t.stop, hint: t.stopHint },
          { value: 'skip', label: t.skip, hint: t.skipHint },
          { value: 'replan', label: t.replan, hint: t.replanHint },
          { value: 'overwrite', label: t.overwrite, hint: t.overwriteHint },
        ]}
        onChange={(conflict) => change({ conflict })}
        path="conflict"
      />
      <RadioField
        legend={t.atomicity}
        value={unit.atomicity}
        options={[
          { value: 'unit', label: t.unit, hint: t.unitHint },
          { value: 'flow', label: t.flow, hint: t.flowHint },
          { value: 'required', label: t.required, hint: t.requiredHint },
        ]}
        onChange={(atomicity) => change({ atomicity })}
        path="atomicity"
      />
    </>
  );
}
