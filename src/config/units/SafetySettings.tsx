/** How careful a unit is when it runs. */
import { MAX_RATE_LIMIT_PER_MINUTE } from '../../definition/schema';
import type { ExecutionUnit } from '../../definition/types';
import { RadioField } from '../../ui/parts/Choice';
import { NumberField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import styles from '../parts/lists.module.css';
import type { ChangeUnit } from './UnitDetail';

export function SafetySettings({
  unit,
  change,
}: {
  readonly unit: ExecutionUnit;
  readonly change: ChangeUnit;
}) {
  const { safety: t } = useTexts();
  return (
    <div className={styles['card']}>
      <h3 className={styles['subheading']}>{t.title}</h3>
      <RadioField
        legend={t.confirm}
        value={unit.confirm}
        options={[
          { value: 'always', label: t.confirmAlways },
          { value: 'deletions', label: t.confirmDeletions },
          { value: 'never', label: t.confirmNever },
        ]}
        onChange={(confirm) => change({ confirm })}
        path="confirm"
      />
      <RadioField
        legend={t.concurrency}
        value={unit.concurrency}
        options={[
          { value: 'reject', label: t.reject },
          { value: 'allow', label: t.allow, hint: t.allowHint },
        ]}
        onChange={(concurrency) => change({ concurrency })}
        path="concurrency"
      />
      <NumberField
        label={t.rateLimit}
        hint={t.rateLimitHint}
        value={unit.rateLimitPerMinute}
        min={1}
        max={MAX_RATE_LIMIT_PER_MINUTE}
        onChange={(rateLimitPerMinute) => change({ rateLimitPerMinute }, 'rateLimitPerMinute')}
        path="rateLimitPerMinute"
      />
    </div>
  );
}
