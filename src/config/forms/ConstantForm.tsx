import type { ConstantColumn, ConstantSettings } from '../../commands';
import { columnTypeOf, TARGET_FIELD_TYPES } from '../../commands';
import { SelectField, TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import styles from './forms.module.css';
import { Rows, Section } from './parts';
import { ValueField } from './ValueField';

export function ConstantForm({ settings, change, findings, metadata }: FormProps<ConstantSettings>) {
  const t = useTexts();
  const { constant } = t.commands;
  return (
    <Section title={constant.columns} path="columns" findings={findings('columns')}>
      <Rows<ConstantColumn>
        items={settings.columns}
        onChange={(columns, field) => change({ columns }, field)}
        blank={() => ({
          name: '',
          label: '',
          type: 'SINGLE_LINE_TEXT',
          value: { kind: 'literal', value: '' },
        })}
        addLabel={constant.add}
        path="columns"
        findings={findings}
        render={(item, set, number, index) => {
          const path = `columns.${index}`;
          const type = columnTypeOf(item.type);
          return (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset would change the layout of the row
            <div className={styles['section']} role="group" aria-label={constant.column(number)}>
              <div className={styles['grid']}>
                <TextField
                  compact
                  required
                  label={constant.name(number)}
                  value={item.name}
                  maxLength={256}
                  onChange={(name) => set({ ...item, name }, 'name')}
                  findings={findings(`${path}.name`)}
                  path={`${path}.name`}
                />
                <SelectField
                  compact
                  label={constant.type(number)}
                  value={item.type}
                  options={TARGET_FIELD_TYPES.map((value) => ({ value, label: t.kintoneTypes[value] }))}
                  onChange={(next) => set({ ...item, type: next })}
                  path={`${path}.type`}
                />
                <TextField
                  compact
                  label={constant.label(number)}
                  value={item.label}
                  maxLength={256}
                  onChange={(label) => set({ ...item, label }, 'label')}
                />
              </div>
              <ValueField
                label={constant.value(number)}
                value={item.value}
                onChange={(value, field) => (value === null ? undefined : set({ ...item, value }, field))}
                type={type}
                parameters={metadata.parameters}
                number={number}
                path={`${path}.value`}
                findings={findings(`${path}.value`)}
                {...(type === 'choices' || type === 'people' ? { hint: constant.linesHint } : {})}
              />
            </div>
          );
        }}
      />
    </Section>
  );
}
