/** One value in settings: a literal, a value of the calling record, or a calendar day. */
import type { ParameterSpec } from '../../commands/types';
import type { ConditionValue } from '../../definition/types';
import type { ColumnType } from '../../table/types';
import { type Finding, SelectField, TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import styles from './forms.module.css';
import { ParameterSelect, Period } from './PeriodFields';

interface ValueFieldProps {
  readonly label: string;
  /** null: no value, where `none` names that choice. */
  readonly value: ConditionValue | null;
  readonly onChange: (value: ConditionValue | null, field?: string) => void;
  /** Type of what the value becomes or is compared with. */
  readonly type: ColumnType;
  readonly parameters: readonly ParameterSpec[];
  /** Number of the row, in the user's language, for the names of controls without a visible label. */
  readonly number: string;
  readonly path: string;
  readonly findings: readonly Finding[];
  readonly none?: string;
  readonly hint?: string;
}

type Kind = ConditionValue['kind'] | 'none';

const DATED: readonly ColumnType[] = ['date', 'datetime'];
/** Their entries stand in lines. */
const LISTS: readonly ColumnType[] = ['choices', 'people'];

export function ValueField(props: ValueFieldProps) {
  const { label, value, onChange, type, parameters, number, path, findings, none, hint } = props;
  const { condition: t } = useTexts().commands;
  const kind: Kind = value?.kind ?? 'none';
  const kinds: readonly { readonly value: Kind; readonly label: string }[] = [
    ...(none === undefined ? [] : [{ value: 'none' as const, label: none }]),
    { value: 'literal', label: t.literal },
    ...(parameters.length > 0 || kind === 'parameter'
      ? [{ value: 'parameter' as const, label: t.parameter }]
      : []),
    ...(DATED.includes(type) || kind === 'period' ? [{ value: 'period' as const, label: t.period }] : []),
  ];
  return (
    <div className={`${styles['grid']} ${styles['valueParts']}`} data-path={path}>
      {kinds.length > 1 ? (
        <SelectField
          compact
          label={label}
          value={kind}
          options={kinds}
          onChange={(next) => onChange(blankOf(next, parameters))}
        />
      ) : null}
      {value?.kind === 'literal' ? (
        <TextField
          compact
          hideLabel={kinds.length > 1}
          label={kinds.length > 1 ? t.value(number) : label}
          {...(hint === undefined ? {} : { hint })}
          multiline={LISTS.includes(type)}
          rows={2}
          inputType={type === 'date' ? 'date' : type === 'time' ? 'time' : 'text'}
          value={value.value}
          onChange={(text) => onChange({ kind: 'literal', value: text }, path)}
          findings={findings}
          path={path}
        />
      ) : null}
      {value?.kind === 'parameter' ? (
        <ParameterSelect
          label={t.parameterName(number)}
          value={value.name}
          parameters={parameters}
          onChange={(name) => onChange({ kind: 'parameter', name })}
          findings={findings}
          path={path}
        />
      ) : null}
      {value?.kind === 'period' ? (
        <Period
          value={value}
          parameters={parameters}
          number={number}
          set={onChange}
          path={path}
          findings={findings}
        />
      ) : null}
    </div>
  );
}

function blankOf(kind: Kind, parameters: readonly ParameterSpec[]): ConditionValue | null {
  switch (kind) {
    case 'none':
      return null;
    case 'literal':
      return { kind, value: '' };
    case 'parameter':
      return { kind, name: parameters[0]?.name ?? '' };
    case 'period':
      return { kind, unit: 'day', edge: 'start', offset: 0, base: '' };
  }
}
