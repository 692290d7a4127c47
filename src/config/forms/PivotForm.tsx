import type { PivotCell, PivotSettings } from '../../commands';
import { PIVOT_TYPES } from '../../commands';
import type { ColumnSpec } from '../../table/types';
import { formatCount } from '../../ui/i18n';
import { Button } from '../../ui/parts/Button';
import { RadioField } from '../../ui/parts/Choice';
import { NumberField, SelectField, TextField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useEnvironment, useTexts } from '../app/environment';
import { methodForColumn, methodsToOffer } from './aggregate-methods';
import type { FormProps } from './contract';
import { ColumnList, ColumnPicker, Rows, Section } from './parts';
import { ValueLines } from './ValueLines';

const ORDERS = ['listed', 'ascending'] as const;
const UNKNOWNS = ['fail', 'ignore', 'other'] as const;

export function PivotForm({ settings, change, inputs, findings }: FormProps<PivotSettings>) {
  const { pivot, pickers } = useTexts().commands;
  const { language } = useEnvironment();
  const columns = inputs[0] ?? [];
  const options = columns.find((one) => one.name === settings.column)?.options ?? [];
  const missing = options.filter((option) => !settings.values.includes(option));
  return (
    <>
      <Section title={pivot.by} hint={pivot.byHint} findings={findings('by')}>
        <ColumnList
          names={settings.by}
          columns={columns.filter((column) => column.type !== 'table' && column.type !== 'files')}
          onChange={(by) => change({ ...settings, by })}
          addLabel={pickers.addColumn}
          path="by"
          findings={findings}
        />
      </Section>
      <ColumnPicker
        label={pivot.column}
        columns={columns.filter((column) => PIVOT_TYPES.includes(column.type))}
        value={settings.column}
        onChange={(column) => change({ ...settings, column })}
        findings={findings('column')}
        path="column"
      />
      <Section title={pivot.values} hint={pivot.valuesHint} path="values">
        {missing.length === 0 ? null : (
          <div>
            <Button
              size="small"
              onClick={() => change({ ...settings, values: [...settings.values, ...missing] })}
            >
              {pivot.fromOptions(formatCount(missing.length, language))}
            </Button>
          </div>
        )}
        <ValueLines
          label={pivot.values}
          values={settings.values}
          onChange={(values) => change({ ...settings, values }, 'values')}
          path="values"
          findings={findings}
        />
      </Section>
      <RadioField
        legend={pivot.order}
        value={settings.order}
        options={ORDERS.map((order) => ({ value: order, label: pivot.orders[order] }))}
        onChange={(order) => change({ ...settings, order })}
        path="order"
      />
      <TextField
        label={pivot.blankName}
        hint={pivot.blankNameHint}
        value={settings.blankName}
        maxLength={256}
        onChange={(blankName) => change({ ...settings, blankName }, 'blankName')}
        path="blankName"
      />
      <RadioField
        legend={pivot.unknown}
        value={settings.unknown}
        options={UNKNOWNS.map((unknown) => ({ value: unknown, label: pivot.unknowns[unknown] }))}
        onChange={(unknown) => {
          const named = unknown === 'other' && settings.otherName === '';
          change({ ...settings, unknown, ...(named ? { otherName: pivot.otherDefault } : {}) });
        }}
        path="unknown"
      />
      {settings.unknown === 'other' ? (
        <TextField
          required
          label={pivot.otherName}
          value={settings.otherName}
          maxLength={256}
          onChange={(otherName) => change({ ...settings, otherName }, 'otherName')}
          findings={findings('otherName')}
          path="otherName"
        />
      ) : null}
      <Section title={pivot.cells} hint={pivot.cellsHint} path="cells" findings={findings('cells')}>
        <Rows<PivotCell>
          items={settings.cells}
          onChange={(cells, field) => change({ ...settings, cells }, field)}
          blank={() => ({ column: '', method: 'sum', name: settings.cells.length === 0 ? '{value}' : '' })}
          addLabel={pivot.add}
          path="cells"
          findings={findings}
          render={(item, set, number, index) => (
            <CellRow
              item={item}
              set={set}
              number={number}
              columns={columns}
              path={`cells.${index}`}
              findings={findings}
            />
          )}
        />
      </Section>
      <NumberField
        label={pivot.limit}
        value={settings.limit}
        min={1}
        max={500}
        onChange={(limit) => change({ ...settings, limit }, 'limit')}
        path="limit"
      />
    </>
  );
}

interface CellRowProps {
  readonly item: PivotCell;
  readonly set: (item: PivotCell, field?: string) => void;
  readonly number: string;
  readonly columns: readonly ColumnSpec[];
  readonly path: string;
  readonly findings: FindingsAt;
}

function CellRow({ item, set, number, columns, path, findings }: CellRowProps) {
  const { pivot, group } = useTexts().commands;
  const shown = methodsToOffer(item, columns);
  const chooseColumn = (column: string) => {
    const method = methodForColumn(item.method, column, columns);
    set({ ...item, column, method, name: item.name === '' ? `{value}_${column}` : item.name });
  };
  return (
    <>
      <ColumnPicker
        compact
        label={pivot.cellColumn(number)}
        columns={columns}
        value={item.column}
        onChange={chooseColumn}
        findings={findings(`${path}.column`)}
        path={`${path}.column`}
      />
      <SelectField
        compact
        label={pivot.cellMethod(number)}
        value={item.method}
        options={shown.map((method) => ({ value: method, label: group.methods[method] }))}
        onChange={(method) => set({ ...item, method })}
        findings={findings(`${path}.method`)}
        path={`${path}.method`}
      />
      <TextField
        compact
        label={pivot.cellName(number)}
        value={item.name}
        maxLength={256}
        onChange={(name) => set({ ...item, name }, 'name')}
        findings={findings(`${path}.name`)}
        path={`${path}.name`}
      />
      {item.method === 'join' ? (
        <TextField
          compact
          label={pivot.cellSeparator(number)}
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
