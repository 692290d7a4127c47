import type { NestTableSettings } from '../../commands';
import { RadioField } from '../../ui/parts/Choice';
import { TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import styles from './forms.module.css';
import { ColumnList, Section } from './parts';
import { SortKeys } from './SortKeys';

export function NestTableForm({ settings, change, inputs, findings }: FormProps<NestTableSettings>) {
  const { nestTable, pickers } = useTexts().commands;
  const columns = inputs[0] ?? [];
  return (
    <>
      <Section title={nestTable.by} hint={nestTable.byHint} findings={findings('by')}>
        <ColumnList
          names={settings.by}
          columns={columns.filter((column) => !settings.columns.includes(column.name))}
          onChange={(by) => change({ ...settings, by })}
          addLabel={pickers.addColumn}
          path="by"
          findings={findings}
        />
      </Section>
      <Section title={nestTable.columns} hint={nestTable.columnsHint} findings={findings('columns')}>
        <ColumnList
          names={settings.columns}
          columns={columns.filter((column) => column.type !== 'table' && !settings.by.includes(column.name))}
          onChange={(next) => change({ ...settings, columns: next })}
          addLabel={pickers.addColumn}
          path="columns"
          findings={findings}
        />
      </Section>
      <div className={styles['grid']}>
        <TextField
          required
          label={nestTable.as}
          value={settings.as}
          maxLength={256}
          onChange={(as) => change({ ...settings, as }, 'as')}
          findings={findings('as')}
          path="as"
        />
        <TextField
          label={nestTable.label}
          value={settings.label}
          maxLength={256}
          onChange={(label) => change({ ...settings, label }, 'label')}
        />
      </div>
      <SortKeys
        title={nestTable.order}
        hint={nestTable.orderHint}
        keys={settings.order}
        onChange={(order, field) => change({ ...settings, order }, field)}
        columns={columns}
        path="order"
        findings={findings}
      />
      <RadioField
        legend={nestTable.blankRow}
        value={settings.blankRow}
        options={[
          { value: 'drop', label: nestTable.blankRowDrop },
          { value: 'keep', label: nestTable.blankRowKeep },
        ]}
        onChange={(blankRow) => change({ ...settings, blankRow })}
        path="blankRow"
      />
    </>
  );
}
