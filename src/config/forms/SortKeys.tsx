/** Columns to order by, shared by sorting and ranking. */
import type { SortKey } from '../../commands';
import type { ColumnSpec } from '../../table/types';
import { SelectField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useTexts } from '../app/environment';
import { ColumnPicker, Rows, Section } from './parts';

interface SortKeysProps {
  readonly title: string;
  readonly hint?: string;
  readonly keys: readonly SortKey[];
  readonly onChange: (keys: readonly SortKey[], field?: string) => void;
  readonly columns: readonly ColumnSpec[];
  readonly path: string;
  readonly findings: FindingsAt;
}

export function SortKeys({ title, hint, keys, onChange, columns, path, findings }: SortKeysProps) {
  const { sort } = useTexts().commands;
  return (
    <Section title={title} hint={hint} path={path} findings={findings(path)}>
      <Rows
        items={keys}
        onChange={onChange}
        blank={() => ({ column: '', descending: false })}
        addLabel={sort.add}
        path={path}
        findings={findings}
        render={(item, set, number, index) => (
          <>
            <ColumnPicker
              compact
              label={sort.column(number)}
              columns={columns}
              value={item.column}
              onChange={(column) => set({ ...item, column })}
              findings={findings(`${path}.${index}.column`)}
              path={`${path}.${index}.column`}
            />
            <SelectField
              compact
              label={sort.direction(number)}
              value={item.descending ? 'descending' : 'ascending'}
              options={[
                { value: 'ascending', label: sort.ascending },
                { value: 'descending', label: sort.descending },
              ]}
              onChange={(direction) => set({ ...item, descending: direction === 'descending' })}
            />
          </>
        )}
      />
    </Section>
  );
}
