import type { UnpivotColumn, UnpivotSettings } from '../../commands';
import { RadioField } from '../../ui/parts/Choice';
import { TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import styles from './forms.module.css';
import { ColumnPicker, Rows, Section } from './parts';

const BLANKS = ['drop', 'keep'] as const;
const MIXED = ['refuse', 'text'] as const;

export function UnpivotForm({ settings, change, inputs, findings }: FormProps<UnpivotSettings>) {
  const { unpivot } = useTexts().commands;
  const columns = (inputs[0] ?? []).filter((column) => column.type !== 'table');
  /** People know columns by their labels, so the text starts as the label. */
  const labelOf = (name: string): string => {
    const label = columns.find((column) => column.name === name)?.label ?? name;
    return label === name ? '' : label;
  };
  return (
    <>
      <Section
        title={unpivot.columns}
        hint={unpivot.columnsHint}
        path="columns"
        findings={findings('columns')}
      >
        <Rows<UnpivotColumn>
          items={settings.columns}
          onChange={(list, field) => change({ ...settings, columns: list }, field)}
          blank={() => ({ column: '', as: '' })}
          addLabel={unpivot.add}
          path="columns"
          findings={findings}
          render={(item, set, number, index) => (
            <>
              <ColumnPicker
                compact
                label={unpivot.column(number)}
                columns={columns}
                value={item.column}
                onChange={(column) =>
                  set({ column, as: item.as === labelOf(item.column) ? labelOf(column) : item.as })
                }
                findings={findings(`columns.${index}.column`)}
                path={`columns.${index}.column`}
              />
              <TextField
                compact
                label={unpivot.as(number)}
                placeholder={item.column}
                value={item.as}
                maxLength={256}
                onChange={(as) => set({ ...item, as }, 'as')}
                findings={findings(`columns.${index}.as`)}
                path={`columns.${index}.as`}
              />
            </>
          )}
        />
      </Section>
      <div className={styles['grid']}>
        <TextField
          required
          label={unpivot.nameAs}
          placeholder={unpivot.nameDefault}
          value={settings.nameAs}
          maxLength={256}
          onChange={(nameAs) => change({ ...settings, nameAs }, 'nameAs')}
          findings={findings('nameAs')}
          path="nameAs"
        />
        <TextField
          required
          label={unpivot.valueAs}
          placeholder={unpivot.valueDefault}
          value={settings.valueAs}
          maxLength={256}
          onChange={(valueAs) => change({ ...settings, valueAs }, 'valueAs')}
          findings={findings('valueAs')}
          path="valueAs"
        />
      </div>
      <RadioField
        legend={unpivot.blanks}
        value={settings.blanks}
        options={BLANKS.map((blanks) => ({ value: blanks, label: unpivot.blanksModes[blanks] }))}
        onChange={(blanks) => change({ ...settings, blanks })}
        path="blanks"
      />
      <RadioField
        legend={unpivot.mixed}
        value={settings.mixed}
        options={MIXED.map((mixed) => ({ value: mixed, label: unpivot.mixedModes[mixed] }))}
        onChange={(mixed) => change({ ...settings, mixed })}
        path="mixed"
      />
    </>
  );
}
