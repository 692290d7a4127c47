import type { DistinctSettings } from '../../commands';
import { RadioField } from '../../ui/parts/Choice';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import { ColumnList, Section } from './parts';

export function DistinctForm({ settings, change, inputs, findings }: FormProps<DistinctSettings>) {
  const { distinct, pickers } = useTexts().commands;
  return (
    <>
      <Section title={distinct.columns} hint={distinct.columnsHint} findings={findings('columns')}>
        <ColumnList
          names={settings.columns}
          columns={inputs[0] ?? []}
          onChange={(columns) => change({ ...settings, columns })}
          addLabel={pickers.addColumn}
          path="columns"
          findings={findings}
        />
      </Section>
      <RadioField
        legend={distinct.keep}
        value={settings.keep}
        options={[
          { value: 'first', label: distinct.keepFirst },
          { value: 'last', label: distinct.keepLast },
        ]}
        onChange={(keep) => change({ ...settings, keep })}
        path="keep"
      />
    </>
  );
}
