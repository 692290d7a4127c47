import type { ExpandTableSettings } from '../../commands';
import { Button } from '../../ui/parts/Button';
import { RadioField } from '../../ui/parts/Choice';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import { ColumnList, ColumnPicker, Section } from './parts';

export function ExpandTableForm({ settings, change, inputs, findings }: FormProps<ExpandTableSettings>) {
  const { expandTable, pickers } = useTexts().commands;
  const columns = inputs[0] ?? [];
  const others = columns.filter((column) => column.name !== settings.table);
  const plain = others.filter((column) => column.type !== 'table').map((column) => column.name);
  return (
    <>
      <ColumnPicker
        label={expandTable.table}
        columns={columns.filter((column) => column.type === 'table')}
        value={settings.table}
        onChange={(table) => change({ ...settings, table })}
        findings={findings('table')}
        path="table"
      />
      <Section title={expandTable.keep} hint={expandTable.keepHint} findings={findings('keep')}>
        <div>
          <Button size="small" onClick={() => change({ ...settings, keep: plain })}>
            {pickers.addAll}
          </Button>
        </div>
        <ColumnList
          names={settings.keep}
          columns={others}
          onChange={(keep) => change({ ...settings, keep })}
          addLabel={pickers.addColumn}
          path="keep"
          findings={findings}
        />
      </Section>
      <RadioField
        legend={expandTable.emptyTable}
        value={settings.emptyTable}
        options={[
          { value: 'drop', label: expandTable.drop },
          { value: 'keep', label: expandTable.keepEmpty },
        ]}
        onChange={(emptyTable) => change({ ...settings, emptyTable })}
        path="emptyTable"
      />
    </>
  );
}
