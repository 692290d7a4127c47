/** How the rows of kintone tables are written, table by table. */
import type { TableSetting } from '../../commands';
import { columnSpecOfField, columnSpecsOfFields } from '../../table/kintone-fields';
import type { ColumnSpec } from '../../table/types';
import { CheckField } from '../../ui/parts/Choice';
import { SelectField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import type { OutputPartProps } from './output-part';
import { ColumnPicker, Rows, Section } from './parts';
import { RowNumberFields } from './RowNumberFields';
import { SortKeys } from './SortKeys';

export function TableRules(props: OutputPartProps) {
  const { settings, change, fields, findings } = props;
  const { outputApp } = useTexts().commands;
  const tables = Object.values(fields).flatMap((property) =>
    property.type === 'SUBTABLE' ? (columnSpecOfField(property) ?? []) : [],
  );
  return (
    <Section title={outputApp.tables} hint={outputApp.tablesHint} path="tables" findings={findings('tables')}>
      <Rows<TableSetting>
        items={settings.tables}
        onChange={(next, field) => change({ ...settings, tables: next }, field)}
        blank={() => ({ field: '', rows: 'merge', key: '', keepOthers: true, order: [], rowNumber: null })}
        addLabel={outputApp.addTable}
        path="tables"
        findings={findings}
        ordered={false}
        render={(item, set, number, index) => (
          <TableRow
            {...props}
            item={item}
            set={set}
            number={number}
            path={`tables.${index}`}
            tables={tables}
          />
        )}
      />
    </Section>
  );
}

interface TableRowProps extends OutputPartProps {
  readonly item: TableSetting;
  readonly set: (item: TableSetting, field?: string) => void;
  readonly number: string;
  readonly path: string;
  readonly tables: readonly ColumnSpec[];
}

function TableRow({ item, set, number, path, tables, settings, columns, fields, findings }: TableRowProps) {
  const { outputApp } = useTexts().commands;
  const target = Object.hasOwn(fields, item.field) ? fields[item.field] : undefined;
  const from = settings.mapping.find(({ to }) => to === item.field)?.from;
  const source = columns.find((column) => column.name === from);
  return (
    <>
      <ColumnPicker
        compact
        label={outputApp.tableField(number)}
        columns={tables}
        value={item.field}
        onChange={(field) => set({ ...item, field, key: '', order: [], rowNumber: null })}
        findings={findings(`${path}.field`)}
        path={`${path}.field`}
      />
      <SelectField
        compact
        label={outputApp.tableRows(number)}
        value={item.rows}
        options={[
          { value: 'replace', label: outputApp.tableReplace },
          { value: 'merge', label: outputApp.tableMerge },
        ]}
        onChange={(rows) => set({ ...item, rows })}
        path={`${path}.rows`}
      />
      {item.rows === 'merge' ? (
        <>
          <ColumnPicker
            compact
            label={outputApp.tableKey(number)}
            columns={columnSpecsOfFields(target?.fields ?? {})}
            value={item.key}
            onChange={(key) => set({ ...item, key })}
            findings={findings(`${path}.key`)}
            path={`${path}.key`}
          />
          <CheckField
            label={outputApp.keepOthers}
            checked={item.keepOthers}
            onChange={(keepOthers) => set({ ...item, keepOthers })}
            path={`${path}.keepOthers`}
          />
        </>
      ) : null}
      <SortKeys
        title={outputApp.tableOrder(number)}
        keys={item.order}
        onChange={(order) => set({ ...item, order })}
        columns={source?.columns ?? []}
        path={`${path}.order`}
        findings={findings}
      />
      <RowNumberFields
        rule={item.rowNumber}
        set={(rowNumber, field) => set({ ...item, rowNumber }, field)}
        number={number}
        path={`${path}.rowNumber`}
        inner={target?.fields ?? {}}
        findings={findings}
      />
    </>
  );
}
