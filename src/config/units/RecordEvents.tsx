/** Starts by saving, deleting or processing a record. */
import type { RecordEvent, RecordEventTrigger } from '../../definition/types';
import { columnSpecsOfFields } from '../../table/kintone-fields';
import { RadioField } from '../../ui/parts/Choice';
import { Notice } from '../../ui/parts/Feedback';
import { SelectField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useCallingFields, useProcessActions } from '../app/data';
import { useTexts } from '../app/environment';
import { ConditionEditor } from '../forms/ConditionEditor';
import { Rows } from '../forms/parts';
import styles from '../parts/lists.module.css';
import type { UnitPartProps } from './part-props';

const EVENTS: readonly RecordEvent[] = ['created', 'edited', 'statusChanged', 'deleted'];

const AFTER_CREATION: RecordEventTrigger = {
  event: 'created',
  timing: 'after',
  condition: null,
  action: '',
  onFailure: 'tell',
};

export function RecordEvents({ unit, change, findings }: UnitPartProps) {
  const { events: t } = useTexts().unit;
  return (
    <>
      <p className={styles['muted']}>
        {t.lead} {t.leadLimits}
      </p>
      <Rows<RecordEventTrigger>
        items={unit.recordEvents}
        onChange={(recordEvents, field) => change({ recordEvents }, field)}
        blank={() => AFTER_CREATION}
        addLabel={t.add}
        path="recordEvents"
        findings={findings}
        ordered={false}
        render={(trigger, set, number, index) => (
          <RecordEventFields
            trigger={trigger}
            set={set}
            number={number}
            path={`recordEvents.${index}`}
            findings={findings}
          />
        )}
      />
    </>
  );
}

interface RecordEventFieldsProps {
  readonly trigger: RecordEventTrigger;
  readonly set: (trigger: RecordEventTrigger, field?: string) => void;
  readonly number: string;
  readonly path: string;
  readonly findings: FindingsAt;
}

function RecordEventFields({ trigger, set, number, path, findings }: RecordEventFieldsProps) {
  const { events: t } = useTexts().unit;
  const columns = columnSpecsOfFields(useCallingFields().data ?? {});
  const isDeletion = trigger.event === 'deleted';
  return (
    <div className={styles['rowForm']}>
      <div className={styles['pair']}>
        <SelectField
          label={t.event(number)}
          value={trigger.event}
          options={EVENTS.map((value) => ({ value, label: t[value] }))}
          onChange={(event) => set(withEvent(trigger, event))}
          path={`${path}.event`}
        />
        <SelectField
          label={t.timing(number)}
          hint={isDeletion ? t.deletedHint : trigger.timing === 'before' ? t.beforeHint : t.afterHint}
          value={trigger.timing}
          options={
            isDeletion && trigger.timing === 'before'
              ? [{ value: 'before', label: t.before }]
              : [
                  { value: 'after', label: t.after },
                  { value: 'before', label: t.before },
                ]
          }
          onChange={(timing) =>
            set({ ...trigger, timing, onFailure: timing === 'after' ? 'tell' : trigger.onFailure })
          }
          findings={findings(`${path}.timing`)}
          path={`${path}.timing`}
        />
        {trigger.event === 'statusChanged' || trigger.action !== '' ? (
          <ActionField
            trigger={trigger}
            onChange={(action) => set({ ...trigger, action })}
            number={number}
            path={`${path}.action`}
            findings={findings}
          />
        ) : null}
      </div>
      <ConditionEditor
        title={t.condition}
        hint={t.conditionHint}
        noneText={t.conditionNone}
        condition={trigger.condition}
        columns={columns}
        parameters={[]}
        change={(condition, field) => set({ ...trigger, condition }, field)}
        path={`${path}.condition`}
        findings={findings}
      />
      {trigger.timing === 'before' || trigger.onFailure === 'block' ? (
        <RadioField
          legend={t.onFailure}
          value={trigger.onFailure}
          options={[
            { value: 'tell', label: t.tell },
            { value: 'block', label: t.block },
          ]}
          onChange={(onFailure) => set({ ...trigger, onFailure })}
          findings={findings(`${path}.onFailure`)}
          path={`${path}.onFailure`}
        />
      ) : (
        <p className={styles['muted']}>{t.tellOnly}</p>
      )}
      {trigger.onFailure === 'block' && trigger.timing === 'before' ? (
        <Notice live tone="warning">
          {t.blockWarning}
        </Notice>
      ) : null}
    </div>
  );
}

/** What the new event cannot have goes back to its plain form, so that nothing unseen stays set. */
function withEvent(trigger: RecordEventTrigger, event: RecordEvent): RecordEventTrigger {
  return {
    ...trigger,
    event,
    action: event === 'statusChanged' ? trigger.action : '',
    timing: event === 'deleted' ? 'before' : trigger.timing,
  };
}

interface ActionFieldProps {
  readonly trigger: RecordEventTrigger;
  readonly onChange: (action: string) => void;
  readonly number: string;
  readonly path: string;
  readonly findings: FindingsAt;
}

function ActionField({ trigger, onChange, number, path, findings }: ActionFieldProps) {
  const { events: t } = useTexts().unit;
  const actions = useProcessActions().data;
  const { action } = trigger;
  const isLost = action !== '' && actions !== undefined && !actions.includes(action);
  const names = [...new Set([...(actions ?? []), ...(action === '' ? [] : [action])])];
  return (
    <SelectField
      label={t.action(number)}
      value={action}
      options={[
        { value: '', label: t.anyAction },
        ...names.map((value) => ({
          value,
          label: isLost && value === action ? t.unknownAction(value) : value,
        })),
      ]}
      onChange={onChange}
      findings={findings(path)}
      path={path}
    />
  );
}
