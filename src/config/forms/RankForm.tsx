import type { RankSettings } from '../../commands';
import { RadioField } from '../../ui/parts/Choice';
import { TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import styles from './forms.module.css';
import { ColumnList, Section } from './parts';
import { SortKeys } from './SortKeys';

const METHODS = ['competition', 'dense', 'row'] as const;

export function RankForm({ settings, change, inputs, findings }: FormProps<RankSettings>) {
  const { rank, pickers } = useTexts().commands;
  const columns = inputs[0] ?? [];
  return (
    <>
      <SortKeys
        title={rank.by}
        keys={settings.by}
        onChange={(by, field) => change({ ...settings, by }, field)}
        columns={columns}
        path="by"
        findings={findings}
      />
      <Section title={rank.groupBy} hint={rank.groupByHint} findings={findings('groupBy')}>
        <ColumnList
          names={settings.groupBy}
          columns={columns.filter((column) => column.type !== 'table' && column.type !== 'files')}
          onChange={(groupBy) => change({ ...settings, groupBy })}
          addLabel={pickers.addColumn}
          path="groupBy"
          findings={findings}
        />
      </Section>
      <RadioField
        legend={rank.method}
        value={settings.method}
        options={METHODS.map((method) => ({ value: method, label: rank.methods[method] }))}
        onChange={(method) => change({ ...settings, method })}
        path="method"
      />
      <div className={styles['grid']}>
        <TextField
          required
          label={rank.as}
          placeholder={rank.defaultName}
          value={settings.as}
          maxLength={256}
          onChange={(as) => change({ ...settings, as }, 'as')}
          findings={findings('as')}
          path="as"
        />
        <TextField
          label={rank.label}
          value={settings.label}
          maxLength={256}
          onChange={(label) => change({ ...settings, label }, 'label')}
        />
      </div>
    </>
  );
}
