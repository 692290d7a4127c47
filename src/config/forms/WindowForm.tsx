import type { WindowMethod, WindowSettings, WindowStep } from '../../commands';
import { hasWindowRows, MAX_WINDOW_ROWS, WINDOW_METHODS, WINDOW_TYPES } from '../../commands';
import type { ColumnSpec } from '../../table/types';
import { NumberField, SelectField, TextField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import { ColumnList, ColumnPicker, Rows, Section } from './parts';
import { SortKeys } from './SortKeys';

export function WindowForm({ settings, change, inputs, findings }: FormProps<WindowSettings>) {
  const { window: texts, pickers } = useTexts().commands;
  const columns = inputs[0] ?? [];
  const comparable = columns.filter((column) => column.type !== 'table' && column.type !== 'files');
  return (
    <>
      <Section title={texts.groupBy} hint={texts.groupByHint} findings={findings('groupBy')}>
        <ColumnList
          names={settings.groupBy}
          columns={comparable}
          onChange={(groupBy) => change({ ...settings, groupBy })}
          addLabel={pickers.addColumn}
          path="groupBy"
          findings={findings}
        />
      </Section>
      <SortKeys
        title={texts.order}
        hint={texts.orderHint}
        keys={settings.order}
        onChange={(order, field) => change({ ...settings, order }, field)}
        columns={comparable}
        path="order"
        findings={findings}
      />
      <Section title={texts.steps} path="steps" findings={findings('steps')}>
        <Rows<WindowStep>
          items={settings.steps}
          onChange={(steps, field) => change({ ...settings, steps }, field)}
          blank={() => ({ method: 'runningTotal', column: '', rows: 1, as: '', label: '' })}
          addLabel={texts.add}
          path="steps"
          findings={findings}
          render={(item, set, number, index) => (
            <StepRow
              item={item}
              set={set}
              number={number}
              columns={columns}
              path={`steps.${index}`}
              findings={findings}
            />
          )}
        />
      </Section>
    </>
  );
}

interface StepRowProps {
  readonly item: WindowStep;
  readonly set: (item: WindowStep, field?: string) => void;
  readonly number: string;
  readonly columns: readonly ColumnSpec[];
  readonly path: string;
  readonly findings: FindingsAt;
}

function StepRow({ item, set, number, columns, path, findings }: StepRowProps) {
  const { window: texts } = useTexts().commands;
  /** The suggested name follows column and method until somebody writes another. */
  const named = (next: WindowStep): WindowStep => {
    const suggested = (one: WindowStep) => texts.nameOf(one.column, texts.methods[one.method]);
    return item.as === '' || item.as === suggested(item) ? { ...next, as: suggested(next) } : next;
  };
  const chooseMethod = (method: WindowMethod) => {
    const column = method === 'rowNumber' ? '' : item.column;
    set(named({ ...item, method, column }));
  };
  return (
    <>
      <SelectField
        compact
        label={texts.method(number)}
        value={item.method}
        options={WINDOW_METHODS.map((method) => ({ value: method, label: texts.methods[method] }))}
        onChange={chooseMethod}
        findings={findings(`${path}.method`)}
        path={`${path}.method`}
      />
      {item.method === 'rowNumber' ? null : (
        <ColumnPicker
          compact
          label={texts.column(number)}
          columns={columns.filter((column) => WINDOW_TYPES[item.method].includes(column.type))}
          value={item.column}
          onChange={(column) => set(named({ ...item, column }))}
          findings={findings(`${path}.column`)}
          path={`${path}.column`}
        />
      )}
      {hasWindowRows(item.method) ? (
        <NumberField
          compact
          label={texts.rows(number)}
          value={item.rows}
          min={1}
          max={MAX_WINDOW_ROWS}
          onChange={(rows) => set({ ...item, rows }, 'rows')}
          path={`${path}.rows`}
        />
      ) : null}
      <TextField
        compact
        label={texts.as(number)}
        value={item.as}
        maxLength={256}
        onChange={(as) => set({ ...item, as }, 'as')}
        findings={findings(`${path}.as`)}
        path={`${path}.as`}
      />
    </>
  );
}
