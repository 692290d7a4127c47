/** Pairs of columns on which two inputs agree; shared by the join and the lookup. */
import type { KeyPair } from '../../commands';
import type { ColumnSpec } from '../../table/types';
import type { FindingsAt } from '../app/checks';
import { useTexts } from '../app/environment';
import { ColumnPicker, Rows, Section } from './parts';

interface KeyPairsProps {
  readonly keys: readonly KeyPair[];
  readonly onChange: (keys: readonly KeyPair[], field?: string) => void;
  readonly left: readonly ColumnSpec[];
  readonly right: readonly ColumnSpec[];
  readonly findings: FindingsAt;
}

export function KeyPairs({ keys, onChange, left, right, findings }: KeyPairsProps) {
  const { join } = useTexts().commands;
  return (
    <Section title={join.keys} hint={join.keysHint} path="keys" findings={findings('keys')}>
      <Rows
        items={keys}
        onChange={onChange}
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
  );
}
