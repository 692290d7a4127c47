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
          blank={() => ({ column: '', as: '', more: settings.moreValuesAs.map(() => '') })}
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
                  set({ ...item, column, as: item.as === labelOf(item.column) ? labelOf(column) : item.as })
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
              {settings.moreValuesAs.map((name, at) => (
                <ColumnPicker
                  // biome-ignore lint/suspicious/noArrayIndexKey: value columns have no identity of their own
                  key={at}
                  compact
                  label={unpivot.moreColumn(number, name)}
                  columns={columns}
                  value={item.more[at] ?? ''}
                  onChange={(column) =>
                    set({
                      ...item,
                      more: settings.moreValuesAs.map((_, place) =>
                        place === at ? column : (item.more[place] ?? ''),
                      ),
                    })
                  }
                  findings={findings(`columns.${index}.more.${at}`)}
                  path={`columns.${index}.more.${at}`}
                />
              ))}
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
      <Section title={unpivot.moreValues} hint={unpivot.moreValuesHint}>
        <Rows<string>
          items={settings.moreValuesAs}
          onChange={(names, field) => change(withValueColumns(settings, names), field)}
          blank={() => ''}
          addLabel={unpivot.addValue}
          path="moreValuesAs"
          findings={findings}
          ordered={false}
          render={(item, set, number) => (
            <TextField
              compact
              required
              label={unpivot.moreValueAs(number)}
              value={item}
              maxLength={256}
              onChange={(name) => set(name, 'name')}
            />
          )}
        />
      </Section>
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

/** The names of further value columns, with the choices of the entries kept beside theirs. */
function withValueColumns(settings: UnpivotSettings, names: readonly string[]): UnpivotSettings {
  const old = settings.moreValuesAs;
  // One less: the one that went is the first that differs.
  const gone = names.length < old.length ? old.findIndex((name, index) => name !== names[index]) : -1;
  return {
    ...settings,
    moreValuesAs: names,
    columns: settings.columns.map((entry) => {
      const kept = gone < 0 ? entry.more : entry.more.filter((_, index) => index !== gone);
      return { ...entry, more: names.map((_, index) => kept[index] ?? '') };
    }),
  };
}
