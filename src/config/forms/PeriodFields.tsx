/** Values of conditions that are not literals: a value of the calling record, a calendar period. */
import type { ParameterSpec } from '../../commands/types';
import type { ConditionValue } from '../../definition/types';
import { type Finding, NumberField, SelectField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import styles from './forms.module.css';
import { parameterOptions } from './parameters';

const MAX_OFFSET = 1000;

interface ParameterSelectProps {
  readonly label: string;
  readonly value: string;
  readonly parameters: readonly ParameterSpec[];
  readonly onChange: (name: string) => void;
  readonly findings?: readonly Finding[];
  readonly path?: string;
  /** Text of the choice "none", when there is one. */
  readonly none?: string;
}

export function ParameterSelect({
  label,
  value,
  parameters,
  onChange,
  findings,
  path,
  none,
}: ParameterSelectProps) {
  const t = useTexts();
  const options = parameterOptions(parameters, t);
  const known = options.some((option) => option.value === value) || (value === '' && none !== undefined);
  return (
    <SelectField
      compact
      hideLabel
      label={label}
      value={value}
      options={[
        ...(none === undefined ? [] : [{ value: '', label: none }]),
        ...(known
          ? []
          : [{ value, label: value === '' ? t.common.choose : `${value} ${t.commands.pickers.missing}` }]),
        ...options,
      ]}
      onChange={onChange}
      findings={findings}
      path={path}
    />
  );
}

interface PeriodProps {
  readonly value: Extract<ConditionValue, { kind: 'period' }>;
  readonly parameters: readonly ParameterSpec[];
  /** Number of the condition, in the user's language. */
  readonly number: string;
  readonly set: (value: ConditionValue, field?: string) => void;
  readonly path: string;
  readonly findings: readonly Finding[];
}

export function Period({ value, parameters, number, set, path, findings }: PeriodProps) {
  const t = useTexts();
  const { condition: words } = t.commands;
  const of = (label: string) => t.common.of(label, words.value(number));
  const dates = parameters.filter((parameter) => parameter.type === 'date');
  return (
    <div className={styles['rowFields']} data-path={path}>
      <ParameterSelect
        label={of(words.periodBase)}
        none={words.baseToday}
        value={value.base}
        parameters={dates}
        onChange={(base) => set({ ...value, base })}
        findings={findings}
      />
      <SelectField
        compact
        hideLabel
        label={of(words.periodUnit)}
        value={value.unit}
        options={(['day', 'month', 'year'] as const).map((unit) => ({
          value: unit,
          label: words.units[unit],
        }))}
        onChange={(unit) => set({ ...value, unit })}
      />
      <NumberField
        compact
        hideLabel
        label={of(words.periodOffset)}
        value={value.offset}
        min={-MAX_OFFSET}
        max={MAX_OFFSET}
        onChange={(offset) => set({ ...value, offset }, path)}
      />
      {value.unit === 'day' ? null : (
        <SelectField
          compact
          hideLabel
          label={of(words.periodEdge)}
          value={value.edge}
          options={(['start', 'end'] as const).map((edge) => ({ value: edge, label: words.edges[edge] }))}
          onChange={(edge) => set({ ...value, edge })}
        />
      )}
    </div>
  );
}
