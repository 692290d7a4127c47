import type { JoinSettings } from '../../commands';
import { RadioField } from '../../ui/parts/Choice';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import { ColumnPicker, Rows, Section } from './parts';

const METHODS = ['left', 'inner', 'right', 'full'] as const;

export function JoinForm({ settings, change, inputs, findings }: FormProps<JoinSettings>) {
  const { join } = useTexts().commands;
  const [left = [], right = []] = inputs;
  return (
    <>
      <RadioField
        legend={join.method}
        value={settings.method}
        options={METHODS.map((method) => ({ value: method, label: join.methods[method] }))}
        onChange={(method) => change({ ...settings, method })}
        path="method"
      />
      <Section title={join.keys} hint={join.keysHint} path="keys" findings={findings('keys')}>
        <Rows
          items={settings.keys}
          onChange={(keys, field) => change({ ...settings, keys }, field)}
          blank={() => ({ left: '', right: '' })}
          addLabel={join.add}
          path="keys"
          findings={findings}
          ordered={false}
          render={(item, set, number, index) => (
            <>
              <ColumnPicker
                compact
                label={join.left(number)}
                columns={left}
                value={item.left}
                // The same column of the other side is the likeliest partner.
                onChange={(name) =>
                  set({
                    left: name,
                    right:
                      item.right === '' && right.some((column) => column.name === name) ? name : item.right,
                  })
                }
                findings={findings(`keys.${index}.left`)}
                path={`keys.${index}.left`}
              />
              <ColumnPicker
                compact
                label={join.right(number)}
                columns={right}
                value={item.right}
                onChange={(name) => set({ ...item, right: name })}
                findings={findings(`keys.${index}.right`)}
                path={`keys.${index}.right`}
              />
            </>
          )}
        />
      </Section>
    </>
  );
}
