/** The controls that depend on the kind of a rule. */
import type { CheckRule } from '../../commands';
import { CHECK_OPERATORS } from '../../commands';
import { columnSpecsOfFields } from '../../table/kintone-fields';
import type { ColumnSpec } from '../../table/types';
import { SelectField, TextField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useTexts } from '../app/environment';
import type { Metadata } from '../document/validate';
import { AppPicker } from '../parts/AppPicker';
import { FormulaField } from './FormulaField';
import styles from './forms.module.css';
import { ColumnPicker } from './parts';
import { ValueField } from './ValueField';

interface RuleProps<R extends CheckRule = CheckRule> {
  readonly rule: R;
  readonly set: (rule: CheckRule, field?: string) => void;
  readonly number: string;
  readonly columns: readonly ColumnSpec[];
  readonly metadata: Metadata;
  readonly path: string;
  readonly findings: FindingsAt;
}

type RuleOf<K extends CheckRule['kind']> = Extract<CheckRule, { kind: K }>;

export function CheckRuleFields(props: RuleProps) {
  const { rule, set, number, columns, metadata, path, findings } = props;
  const { check } = useTexts().commands;
  if (rule.kind === 'anyRow') return null;
  if (rule.kind === 'formula') {
    return (
      <FormulaField
        label={check.formula(number)}
        hint={check.formulaHint}
        value={rule.formula}
        onChange={(formula) => set({ ...rule, formula }, 'formula')}
        columns={columns}
        parameters={metadata.parameters}
        findings={findings(`${path}.formula`)}
        path={`${path}.formula`}
      />
    );
  }
  return (
    <>
      <ColumnPicker
        compact
        label={check.column(number)}
        columns={columns}
        value={rule.column}
        onChange={(column) => set({ ...rule, column })}
        findings={findings(`${path}.column`)}
        path={`${path}.column`}
      />
      {rule.kind === 'range' ? <RangeFields {...props} rule={rule} /> : null}
      {rule.kind === 'compare' ? <CompareFields {...props} rule={rule} /> : null}
      {rule.kind === 'pattern' ? (
        <TextField
          compact
          code
          required
          label={check.pattern(number)}
          hint={check.patternHint}
          value={rule.pattern}
          onChange={(pattern) => set({ ...rule, pattern }, 'pattern')}
          findings={findings(`${path}.pattern`)}
          path={`${path}.pattern`}
        />
      ) : null}
      {rule.kind === 'exists' || rule.kind === 'option' ? <AppFieldFields {...props} rule={rule} /> : null}
    </>
  );
}

function RangeFields({ rule, set, number, columns, metadata, path, findings }: RuleProps<RuleOf<'range'>>) {
  const { check } = useTexts().commands;
  const type = columns.find((column) => column.name === rule.column)?.type ?? 'number';
  return (
    <div className={styles['grid']}>
      {(['min', 'max'] as const).map((end) => (
        <ValueField
          key={end}
          label={check[end](number)}
          none={check.noBound}
          value={rule[end]}
          onChange={(value, field) => set({ ...rule, [end]: value }, field)}
          type={type}
          parameters={metadata.parameters}
          number={number}
          path={`${path}.${end}`}
          findings={findings(`${path}.${end}`)}
        />
      ))}
    </div>
  );
}

function CompareFields(props: RuleProps<RuleOf<'compare'>>) {
  const { rule, set, number, columns, metadata, path, findings } = props;
  const { check, condition } = useTexts().commands;
  const type = columns.find((column) => column.name === rule.column)?.type ?? 'number';
  return (
    <>
      <div className={styles['grid']}>
        <SelectField
          compact
          label={check.operator(number)}
          value={rule.operator}
          options={CHECK_OPERATORS.map((value) => ({ value, label: condition.operators[value] }))}
          onChange={(operator) => set({ ...rule, operator })}
          findings={findings(`${path}.operator`)}
          path={`${path}.operator`}
        />
        <SelectField
          compact
          label={check.against(number)}
          value={rule.against}
          options={(['value', 'column', 'formula'] as const).map((value) => ({
            value,
            label: check.againstWays[value],
          }))}
          onChange={(against) => set({ ...rule, against })}
        />
      </div>
      {rule.against === 'value' ? (
        <ValueField
          label={check.value(number)}
          value={rule.value}
          onChange={(value, field) => (value === null ? undefined : set({ ...rule, value }, field))}
          type={type}
          parameters={metadata.parameters}
          number={number}
          path={`${path}.value`}
          findings={findings(`${path}.value`)}
        />
      ) : null}
      {rule.against === 'column' ? (
        <ColumnPicker
          compact
          label={check.other(number)}
          columns={columns}
          value={rule.other}
          onChange={(other) => set({ ...rule, other })}
          findings={findings(`${path}.other`)}
          path={`${path}.other`}
        />
      ) : null}
      {rule.against === 'formula' ? (
        <FormulaField
          label={check.formula(number)}
          value={rule.formula}
          onChange={(formula) => set({ ...rule, formula }, 'formula')}
          columns={columns}
          parameters={metadata.parameters}
          findings={findings(`${path}.formula`)}
          path={`${path}.formula`}
        />
      ) : null}
    </>
  );
}

function AppFieldFields(props: RuleProps<RuleOf<'exists'> | RuleOf<'option'>>) {
  const { rule, set, number, metadata, path, findings } = props;
  const { check, pickers } = useTexts().commands;
  const all = rule.app === null ? [] : columnSpecsOfFields(metadata.fields(rule.app) ?? {});
  const offered = rule.kind === 'option' ? all.filter((column) => column.options !== undefined) : all;
  return (
    <>
      {rule.kind === 'option' ? (
        <SelectField
          compact
          label={check.optionsOf(number)}
          value={rule.source}
          options={[
            { value: 'column', label: check.ownOptions },
            { value: 'app', label: check.appOptions },
          ]}
          onChange={(source) => set({ ...rule, source })}
        />
      ) : null}
      {rule.kind === 'exists' || rule.source === 'app' ? (
        <div className={styles['grid']}>
          <AppPicker
            label={pickers.app}
            app={rule.app}
            onChange={(app) => set({ ...rule, app })}
            findings={findings(`${path}.app`)}
            path={`${path}.app`}
          />
          <ColumnPicker
            compact
            label={check.field(number)}
            columns={offered}
            value={rule.field}
            onChange={(field) => set({ ...rule, field })}
            findings={findings(`${path}.field`)}
            path={`${path}.field`}
          />
        </div>
      ) : null}
    </>
  );
}
