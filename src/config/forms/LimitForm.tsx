import type { LimitSettings } from '../../commands';
import { MAX_LIMIT } from '../../commands';
import { RadioField } from '../../ui/parts/Choice';
import { NumberField, SelectField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import styles from './forms.module.css';
import { parameterOptions } from './parameters';
import { ColumnList, Section } from './parts';
import { SortKeys } from './SortKeys';

export function LimitForm({ settings, change, inputs, findings, metadata }: FormProps<LimitSettings>) {
  const t = useTexts();
  const { limit, pickers, condition } = t.commands;
  const columns = inputs[0] ?? [];
  const { count } = settings;
  const numbers = metadata.parameters.filter((parameter) => parameter.type === 'number');
  const offered = parameterOptions(numbers, t);
  return (
    <>
      <div className={styles['grid']}>
        {numbers.length === 0 && count.kind === 'literal' ? null : (
          <SelectField
            compact
            label={limit.countFrom}
            value={count.kind}
            options={[
              { value: 'literal', label: condition.literal },
              { value: 'parameter', label: condition.parameter },
            ]}
            onChange={(kind) =>
              change({
                ...settings,
                count: kind === 'literal' ? { kind, value: 10 } : { kind, name: numbers[0]?.name ?? '' },
              })
            }
          />
        )}
        {count.kind === 'literal' ? (
          <NumberField
            label={limit.count}
            value={count.value}
            min={0}
            max={MAX_LIMIT}
            onChange={(value) => change({ ...settings, count: { kind: 'literal', value } }, 'count')}
            findings={findings('count')}
            path="count"
          />
        ) : (
          <SelectField
            label={limit.count}
            value={count.name}
            options={
              offered.some((option) => option.value === count.name)
                ? offered
                : [{ value: count.name, label: `${count.name} ${pickers.missing}` }, ...offered]
            }
            onChange={(name) => change({ ...settings, count: { kind: 'parameter', name } })}
            findings={findings('count')}
            path="count"
          />
        )}
      </div>
      <RadioField
        legend={limit.take}
        value={settings.take}
        options={[
          { value: 'first', label: limit.takeFirst },
          { value: 'last', label: limit.takeLast },
        ]}
        onChange={(take) => change({ ...settings, take })}
        path="take"
      />
      <SortKeys
        title={limit.by}
        hint={limit.byHint}
        keys={settings.by}
        onChange={(by, field) => change({ ...settings, by }, field)}
        columns={columns}
        path="by"
        findings={findings}
      />
      <Section title={limit.groupBy} hint={limit.groupByHint} findings={findings('groupBy')}>
        <ColumnList
          names={settings.groupBy}
          columns={columns.filter((column) => column.type !== 'table' && column.type !== 'files')}
          onChange={(groupBy) => change({ ...settings, groupBy })}
          addLabel={pickers.addColumn}
          path="groupBy"
          findings={findings}
        />
      </Section>
    </>
  );
}
