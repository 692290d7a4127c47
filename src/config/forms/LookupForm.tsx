import type { LookupSettings } from '../../commands';
import { RadioField } from '../../ui/parts/Choice';
import { TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import { KeyPairs } from './KeyPairs';
import { ColumnPicker, Rows, Section } from './parts';

const DUPLICATES = ['fail', 'first', 'last'] as const;
const UNMATCHED = ['blank', 'drop', 'fail'] as const;

export function LookupForm({ settings, change, inputs, findings }: FormProps<LookupSettings>) {
  const { lookup } = useTexts().commands;
  const [left = [], master = []] = inputs;
  /** A name that the left side already has would be refused, so none is suggested then. */
  const suggested = (from: string) => (left.some((column) => column.name === from) ? '' : from);
  return (
    <>
      <KeyPairs
        keys={settings.keys}
        onChange={(keys, field) => change({ ...settings, keys }, field)}
        left={left}
        right={master}
        findings={findings}
      />
      <Section title={lookup.columns} hint={lookup.columnsHint} path="columns" findings={findings('columns')}>
        <Rows
          items={settings.columns}
          onChange={(columns, field) => change({ ...settings, columns }, field)}
          blank={() => ({ from: '', to: '' })}
          addLabel={lookup.add}
          path="columns"
          findings={findings}
          render={(item, set, number, index) => (
            <>
              <ColumnPicker
                compact
                label={lookup.from(number)}
                columns={master}
                value={item.from}
                onChange={(from) =>
                  set({ from, to: item.to === '' || item.to === item.from ? suggested(from) : item.to })
                }
                findings={findings(`columns.${index}.from`)}
                path={`columns.${index}.from`}
              />
              <TextField
                compact
                label={lookup.to(number)}
                value={item.to}
                maxLength={256}
                onChange={(to) => set({ ...item, to }, 'to')}
                findings={findings(`columns.${index}.to`)}
                path={`columns.${index}.to`}
              />
            </>
          )}
        />
      </Section>
      <RadioField
        legend={lookup.unmatched}
        value={settings.unmatched}
        options={UNMATCHED.map((value) => ({ value, label: lookup.unmatchedWays[value] }))}
        onChange={(unmatched) => change({ ...settings, unmatched })}
        path="unmatched"
      />
      <RadioField
        legend={lookup.duplicates}
        value={settings.duplicates}
        options={DUPLICATES.map((value) => ({ value, label: lookup.duplicateWays[value] }))}
        onChange={(duplicates) => change({ ...settings, duplicates })}
        path="duplicates"
      />
    </>
  );
}
