import type { SelectedColumn, SelectSettings } from '../../commands';
import { Button } from '../../ui/parts/Button';
import { TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import { ColumnPicker, Rows, Section } from './parts';

export function SelectForm({ settings, change, inputs, findings }: FormProps<SelectSettings>) {
  const { select } = useTexts().commands;
  const columns = inputs[0] ?? [];
  const left = columns.filter((column) => settings.columns.every((entry) => entry.from !== column.name));
  const addAll = () =>
    change({ columns: [...settings.columns, ...left.map(({ name }) => ({ from: name, to: name }))] });
  return (
    <Section title={select.columns} hint={select.columnsHint} path="columns" findings={findings('columns')}>
      {left.length === 0 ? null : (
        <div>
          <Button size="small" onClick={addAll}>
            {select.addAll}
          </Button>
        </div>
      )}
      <Rows<SelectedColumn>
        items={settings.columns}
        onChange={(next, field) => change({ columns: next }, field)}
        blank={() => ({ from: '', to: '' })}
        addLabel={select.add}
        path="columns"
        findings={findings}
        render={(item, set, number, index) => (
          <>
            <ColumnPicker
              compact
              label={select.from(number)}
              columns={columns}
              value={item.from}
              onChange={(from) =>
                set({ ...item, from, to: item.to === '' || item.to === item.from ? from : item.to })
              }
              findings={findings(`columns.${index}.from`)}
              path={`columns.${index}.from`}
            />
            <TextField
              compact
              label={select.to(number)}
              value={item.to}
              maxLength={256}
              onChange={(to) => set({ ...item, to }, 'to')}
              findings={findings(`columns.${index}.to`)}
              path={`columns.${index}.to`}
            />
            <TextField
              compact
              label={select.label(number)}
              value={item.label ?? ''}
              maxLength={256}
              onChange={(label) => {
                const { label: _old, ...rest } = item;
                set(label === '' ? rest : { ...rest, label }, 'label');
              }}
            />
          </>
        )}
      />
    </Section>
  );
}
