import type { StartUnitSettings } from '../../commands';
import { SwitchField } from '../../ui/parts/Choice';
import { SelectField } from '../../ui/parts/Field';
import { useDocument } from '../app/document';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import styles from './forms.module.css';

export function StartUnitForm({ settings, change, findings }: FormProps<StartUnitSettings>) {
  const { startUnit: t } = useTexts().commands;
  const { units } = useDocument().settings;
  const known = units.map(({ id, name }) => ({ value: id, label: name }));
  const isUnknown = settings.unitId !== '' && !units.some((unit) => unit.id === settings.unitId);
  const options = [
    { value: '', label: t.none },
    ...known,
    ...(isUnknown ? [{ value: settings.unitId, label: `${settings.unitId} ${t.unknown}` }] : []),
  ];
  return (
    <>
      <div className={styles['grid']}>
        <SelectField
          label={t.unit}
          hint={t.hint}
          value={settings.unitId}
          options={options}
          onChange={(unitId) => change({ ...settings, unitId })}
          findings={findings('unitId')}
          path="unitId"
        />
        <SelectField
          label={t.when}
          value={settings.when}
          options={[
            { value: 'always', label: t.always },
            { value: 'hasRows', label: t.hasRows },
            { value: 'changed', label: t.changed },
          ]}
          onChange={(when) => change({ ...settings, when })}
          path="when"
        />
      </div>
      <SwitchField
        label={t.wait}
        checked={settings.wait}
        onChange={(wait) => change({ ...settings, wait })}
        path="wait"
      />
      <p className={styles['hint']}>{t.waitHint}</p>
    </>
  );
}
