import type { OutputValueSettings } from '../../commands';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import { ColumnList, Section } from './parts';

export function OutputValueForm({ settings, change, inputs, findings }: FormProps<OutputValueSettings>) {
  const { outputValue, pickers } = useTexts().commands;
  return (
    <Section title={outputValue.columns} hint={outputValue.columnsHint} findings={findings('columns')}>
      <ColumnList
        names={settings.columns}
        columns={inputs[0] ?? []}
        onChange={(columns) => change({ columns })}
        addLabel={pickers.addColumn}
        path="columns"
        findings={findings}
      />
    </Section>
  );
}
