import type { Aggregate, GroupSettings } from '../../commands';
import type { ColumnSpec } from '../../table/types';
import { SelectField, TextField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useTexts } from '../app/environment';
import { methodForColumn, methodsToOffer } from './aggregate-methods';
import type { FormProps } from './contract';
import { ColumnList, ColumnPicker, Rows, Section } from './parts';

export function GroupForm({ settings, change, inputs, findings }: FormProps<GroupSettings>) {
  const { group, pickers } = useTexts().commands;
  const columns = inputs[0] ?? [];
  return (
    <>
      <Section title={group.by} hint={group.byHint} findings={findings('by')}>
        <ColumnList
          names={settings.by}
          columns={columns.filter((column) => column.type !== 'table' && column.type !== 'files')}
          onChange={(by) => change({ ...settings, by })}
          addLabel={pickers.addColumn}
          path="by"
          findings={findings}
        />
      </Section>
      <Section title={group.aggregates} path="aggregates" findings={findings('aggregates')}>
        <Rows<Aggregate>
          items={settings.aggregates}
          onChange={(aggregates, field) => change({ ...settings, aggregates }, field)}
          blank={() => ({ column: '', method: 'sum', as: '', label: '' })}
          addLabel={group.add}
          path="aggregates"
          findings={findings}
          render={(item, set, number, index) => (
            <AggregateRow
              item={item}
              set={set}
              number={number}
              columns={columns}
              path={`aggregates.${index}`}
              findings={findings}
            />
          )}
        />
      </Section>
    </>
  );
}

interface AggregateRowProps {
  readonly item: Aggregate;
  readonly set: (item: Aggregate, field?: string) => void;
  readonly number: string;
  readonly columns: readonly ColumnSpec[];
  readonly path: string;
  readonly findings: FindingsAt;
}

function AggregateRow({ item, set, number, columns, path, findings }: AggregateRowProps) {
  const { group } = useTexts().commands;
  const shown = methodsToOffer(item, columns);
  /** The suggested name follows column and method until somebody writes another. */
  const named = (next: Aggregate): Aggregate => {
    const suggested = (one: Aggregate) => group.nameOf(one.column, group.methods[one.method]);
    return item.as === '' || item.as === suggested(item) ? { ...next, as: suggested(next) } : next;
  };
  const chooseColumn = (column: string) =>
    set(named({ ...item, column, method: methodForColumn(item.method, column, columns) }));
  return (
    <>
      <ColumnPicker
        compact
        label={group.column(number)}
        columns={columns}
        value={item.column}
        onChange={chooseColumn}
        findings={findings(`${path}.column`)}
        path={`${path}.column`}
      />
      <SelectField
        compact
        label={group.method(number)}
        value={item.method}
        options={shown.map((method) => ({ value: method, label: group.methods[method] }))}
        onChange={(method) => set(named({ ...item, method }))}
        findings={findings(`${path}.method`)}
        path={`${path}.method`}
      />
      <TextField
        compact
        label={group.as(number)}
        value={item.as}
        maxLength={256}
        onChange={(as) => set({ ...item, as }, 'as')}
        findings={findings(`${path}.as`)}
        path={`${path}.as`}
      />
      {item.method === 'join' ? (
        <TextField
          compact
          label={group.separator(number)}
          placeholder=", "
          value={item.separator ?? ''}
          maxLength={32}
          onChange={(separator) => {
            const { separator: _old, ...rest } = item;
            set(separator === '' ? rest : { ...rest, separator }, 'separator');
          }}
        />
      ) : null}
    </>
  );
}
