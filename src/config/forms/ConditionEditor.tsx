/** Conditions on fields, joined by all or any. */
import { CONDITION_OPERATORS, conditionKind } from '../../commands';
import type { ParameterSpec } from '../../commands/types';
import type { ConditionGroup, ConditionOperator, FieldCondition } from '../../definition/types';
import type { ColumnSpec } from '../../table/types';
import { Button } from '../../ui/parts/Button';
import { SelectField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useTexts } from '../app/environment';
import { ConditionValues, valuesFor } from './ConditionValues';
import styles from './forms.module.css';
import { ColumnPicker, Rows, Section } from './parts';

interface ConditionEditorProps {
  readonly title: string;
  readonly hint?: string;
  /** Said while there is no condition. */
  readonly noneText: string;
  readonly condition: ConditionGroup | null;
  readonly columns: readonly ColumnSpec[];
  /** Values of the calling record that may be compared with; empty: only literals and periods. */
  readonly parameters: readonly ParameterSpec[];
  readonly change: (condition: ConditionGroup | null, field?: string) => void;
  readonly path: string;
  readonly findings: FindingsAt;
}

export function ConditionEditor(props: ConditionEditorProps) {
  const { condition, columns, change, path, findings } = props;
  const { condition: t } = useTexts().commands;
  const group: ConditionGroup = condition ?? { join: 'all', conditions: [] };
  const set = (conditions: readonly FieldCondition[], field?: string) =>
    change(conditions.length === 0 ? null : { ...group, conditions }, field);
  return (
    <Section title={props.title} hint={props.hint} path={path} findings={findings(path)}>
      {condition === null ? <span className={styles['hint']}>{props.noneText}</span> : null}
      {group.conditions.length > 1 ? (
        <SelectField
          compact
          hideLabel
          label={t.join}
          value={group.join}
          options={[
            { value: 'all', label: t.all },
            { value: 'any', label: t.any },
          ]}
          onChange={(join) => change({ ...group, join })}
        />
      ) : null}
      <Rows<FieldCondition>
        items={group.conditions}
        onChange={set}
        blank={() => ({ field: '', operator: '=', values: [{ kind: 'literal', value: '' }] })}
        addLabel={t.add}
        path={`${path}.conditions`}
        findings={findings}
        ordered={false}
        render={(item, setItem, number, index) => (
          <ConditionRow
            condition={item}
            set={setItem}
            number={number}
            columns={columns}
            parameters={props.parameters}
            path={`${path}.conditions.${index}`}
            findings={findings}
          />
        )}
      />
      {condition === null ? null : (
        <div>
          <Button size="small" kind="quiet" onClick={() => change(null)}>
            {t.clear}
          </Button>
        </div>
      )}
    </Section>
  );
}

interface ConditionRowProps {
  readonly condition: FieldCondition;
  readonly set: (condition: FieldCondition, field?: string) => void;
  readonly number: string;
  readonly columns: readonly ColumnSpec[];
  readonly parameters: readonly ParameterSpec[];
  readonly path: string;
  readonly findings: FindingsAt;
}

function ConditionRow({ condition, set, number, columns, parameters, path, findings }: ConditionRowProps) {
  const { condition: t } = useTexts().commands;
  const column = columns.find((one) => one.name === condition.field);
  const usable: readonly ConditionOperator[] =
    column === undefined ? ['=', '!='] : CONDITION_OPERATORS[conditionKind(column)];
  const shown = usable.includes(condition.operator) ? usable : [condition.operator, ...usable];
  const choose = (field: string) => {
    const next = columns.find((one) => one.name === field);
    const operators = next === undefined ? usable : CONDITION_OPERATORS[conditionKind(next)];
    const operator = operators.includes(condition.operator) ? condition.operator : (operators[0] ?? '=');
    set({ field, operator, values: valuesFor(operator, []) });
  };
  return (
    <>
      <ColumnPicker
        compact
        hideLabel
        label={t.field(number)}
        columns={columns}
        value={condition.field}
        onChange={choose}
        findings={findings(`${path}.field`)}
        path={`${path}.field`}
      />
      <SelectField
        compact
        hideLabel
        label={t.operator(number)}
        value={condition.operator}
        options={shown.map((operator) => ({ value: operator, label: t.operators[operator] }))}
        onChange={(operator) =>
          set({ ...condition, operator, values: valuesFor(operator, condition.values) })
        }
        findings={findings(`${path}.operator`)}
        path={`${path}.operator`}
      />
      <ConditionValues
        condition={condition}
        column={column}
        parameters={parameters}
        number={number}
        set={(values, field) => set({ ...condition, values }, field)}
        path={`${path}.values`}
        findings={findings}
      />
    </>
  );
}
