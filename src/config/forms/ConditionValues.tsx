/** What a field is compared with: literals, values of the calling record, or calendar periods. */
import type { ParameterSpec } from '../../commands/types';
import type { ConditionOperator, ConditionValue, FieldCondition } from '../../definition/types';
import type { ColumnSpec } from '../../table/types';
import { Button, IconButton } from '../../ui/parts/Button';
import { CheckField } from '../../ui/parts/Choice';
import { FieldProblem } from '../../ui/parts/Feedback';
import { type Finding, SelectField, TextField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useTexts } from '../app/environment';
import { withAt, without } from '../document/lists';
import styles from './forms.module.css';
import { ParameterSelect, Period } from './PeriodFields';

const BLANK: ConditionValue = { kind: 'literal', value: '' };
const MANY: readonly ConditionOperator[] = ['in', 'notIn'];
const NONE: readonly ConditionOperator[] = ['blank', 'notBlank'];

/** The values that fit an operator, keeping what was there. */
export function valuesFor(
  operator: ConditionOperator,
  values: readonly ConditionValue[],
): readonly ConditionValue[] {
  if (NONE.includes(operator)) return [];
  if (MANY.includes(operator)) return values;
  return [values[0] ?? BLANK];
}

interface ConditionValuesProps {
  readonly condition: FieldCondition;
  readonly column: ColumnSpec | undefined;
  readonly parameters: readonly ParameterSpec[];
  readonly number: string;
  readonly set: (values: readonly ConditionValue[], field?: string) => void;
  readonly path: string;
  readonly findings: FindingsAt;
}

export function ConditionValues(props: ConditionValuesProps) {
  const { condition, column, set, path, findings, number } = props;
  const { condition: t } = useTexts().commands;
  if (NONE.includes(condition.operator)) return null;
  const many = MANY.includes(condition.operator);
  const general = findings(path).map((found) => (
    <FieldProblem key={found.text} tone={found.tone}>
      {found.text}
    </FieldProblem>
  ));
  const wide = condition.values.some((value) => value.kind === 'period');
  const onlyLiterals = condition.values.every((value) => value.kind === 'literal');
  if (many && column?.options !== undefined && onlyLiterals) {
    const problems = condition.values.flatMap((_, index) => findings(`${path}.${index}`));
    return (
      <div className={styles['values']} data-path={path}>
        <Options {...props} options={column.options} findings={problems} />
        {general}
      </div>
    );
  }
  return (
    <div className={`${styles['values']} ${wide ? styles['valuesWide'] : ''}`} data-path={path}>
      {condition.values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: values have no identity of their own
        <div key={index} className={styles['valueRow']}>
          <OneValue
            value={value}
            column={column}
            parameters={props.parameters}
            number={number}
            set={(next, field) => set(withAt(condition.values, index, next), field)}
            path={`${path}.${index}`}
            findings={findings(`${path}.${index}`)}
          />
          {many ? (
            <IconButton
              icon="close"
              label={t.removeValue(String(index + 1))}
              onClick={() => set(without(condition.values, index))}
            />
          ) : null}
        </div>
      ))}
      {many ? (
        <div>
          <Button size="small" icon="plus" onClick={() => set([...condition.values, BLANK])}>
            {t.addValue}
          </Button>
        </div>
      ) : null}
      {general}
    </div>
  );
}

interface OptionsProps extends Omit<ConditionValuesProps, 'findings'> {
  readonly options: readonly string[];
  readonly findings: readonly Finding[];
}

/** Options of a choice field as check boxes; chosen ones that no longer exist stay visible. */
function Options({ condition, options, set, findings, number }: OptionsProps) {
  const { condition: t } = useTexts().commands;
  const chosen = condition.values.flatMap((value) => (value.kind === 'literal' ? [value.value] : []));
  const all = [...options, ...chosen.filter((value) => value !== '' && !options.includes(value))];
  const toggle = (option: string, on: boolean) => {
    const next = on ? [...chosen, option] : chosen.filter((value) => value !== option);
    set(next.filter((value) => value !== '').map((value) => ({ kind: 'literal', value })));
  };
  return (
    <fieldset>
      <legend className={styles['hint']}>{t.value(number)}</legend>
      <div className={styles['options']}>
        {all.map((option) => (
          <CheckField
            key={option}
            label={option}
            checked={chosen.includes(option)}
            onChange={(on) => toggle(option, on)}
          />
        ))}
      </div>
      {findings.map((found) => (
        <FieldProblem key={found.text} tone={found.tone}>
          {found.text}
        </FieldProblem>
      ))}
    </fieldset>
  );
}

interface OneValueProps {
  readonly value: ConditionValue;
  readonly column: ColumnSpec | undefined;
  readonly parameters: readonly ParameterSpec[];
  readonly number: string;
  readonly set: (value: ConditionValue, field?: string) => void;
  readonly path: string;
  readonly findings: readonly Finding[];
}

const DATED = ['date', 'datetime'];

function OneValue(props: OneValueProps) {
  const { value, column, parameters, number, set, path, findings } = props;
  const { condition: t } = useTexts().commands;
  const dated = column !== undefined && DATED.includes(column.type);
  const kinds = [
    { value: 'literal' as const, label: t.literal },
    ...(parameters.length > 0 || value.kind === 'parameter'
      ? [{ value: 'parameter' as const, label: t.parameter }]
      : []),
    ...(dated || value.kind === 'period' ? [{ value: 'period' as const, label: t.period }] : []),
  ];
  return (
    <div className={styles['values']}>
      {kinds.length > 1 ? (
        <SelectField
          compact
          hideLabel
          label={t.kind(number)}
          value={value.kind}
          options={kinds}
          onChange={(kind) => set(blankOf(kind, parameters))}
        />
      ) : null}
      {value.kind === 'literal' ? (
        <Literal {...props} value={value.value} set={(text) => set({ kind: 'literal', value: text }, path)} />
      ) : null}
      {value.kind === 'parameter' ? (
        <ParameterSelect
          label={t.parameterName(number)}
          value={value.name}
          parameters={parameters}
          onChange={(name) => set({ kind: 'parameter', name })}
          findings={findings}
          path={path}
        />
      ) : null}
      {value.kind === 'period' ? (
        <Period
          value={value}
          parameters={parameters}
          number={number}
          set={set}
          path={path}
          findings={findings}
        />
      ) : null}
    </div>
  );
}

function blankOf(kind: ConditionValue['kind'], parameters: readonly ParameterSpec[]): ConditionValue {
  if (kind === 'literal') return BLANK;
  if (kind === 'parameter') return { kind, name: parameters[0]?.name ?? '' };
  return { kind, unit: 'month', edge: 'start', offset: 0, base: '' };
}

type LiteralProps = Omit<OneValueProps, 'value' | 'set'> & {
  readonly value: string;
  readonly set: (text: string) => void;
};

function Literal({ value, column, number, set, path, findings }: LiteralProps) {
  const t = useTexts();
  const label = t.commands.condition.value(number);
  if (column?.options !== undefined) {
    const options = column.options.map((option) => ({ value: option, label: option }));
    const known = value === '' || column.options.includes(value);
    const first = [{ value: '', label: t.common.choose }, ...(known ? [] : [{ value, label: value }])];
    return (
      <SelectField
        compact
        hideLabel
        label={label}
        value={value}
        options={[...first, ...options]}
        onChange={set}
        findings={findings}
        path={path}
      />
    );
  }
  return (
    <TextField
      compact
      hideLabel
      label={label}
      inputType={column?.type === 'date' ? 'date' : column?.type === 'time' ? 'time' : 'text'}
      value={value}
      onChange={set}
      findings={findings}
      path={path}
    />
  );
}
