import type { CheckRule, CheckSettings } from '../../commands';
import { RadioField } from '../../ui/parts/Choice';
import { NumberField, SelectField, TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import { CheckRuleFields } from './CheckRuleFields';
import type { FormProps } from './contract';
import styles from './forms.module.css';
import { Rows, Section } from './parts';

const KINDS = ['required', 'range', 'compare', 'pattern', 'exists', 'option', 'formula', 'anyRow'] as const;
const ON_ERROR = ['stop', 'stopAt', 'continue'] as const;
const BAD_ROWS = ['drop', 'keep'] as const;
const MAX_STOP_AT = 100_000_000;

export function CheckForm({ settings, change, inputs, findings, metadata }: FormProps<CheckSettings>) {
  const { check } = useTexts().commands;
  return (
    <>
      <Section title={check.rules} hint={check.rulesHint} path="rules" findings={findings('rules')}>
        <Rows<CheckRule>
          items={settings.rules}
          onChange={(rules, field) => change({ ...settings, rules }, field)}
          blank={() => blankRule('required', '', '')}
          addLabel={check.add}
          path="rules"
          findings={findings}
          render={(rule, set, number, index) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset would change the layout of the row
            <div className={styles['section']} role="group" aria-label={check.rule(number)}>
              <div className={styles['grid']}>
                <SelectField
                  compact
                  label={check.kind(number)}
                  value={rule.kind}
                  options={KINDS.map((kind) => ({ value: kind, label: check.kinds[kind] }))}
                  onChange={(kind) => set(blankRule(kind, 'column' in rule ? rule.column : '', rule.message))}
                  path={`rules.${index}.kind`}
                />
                <TextField
                  compact
                  label={check.message(number)}
                  value={rule.message}
                  maxLength={256}
                  onChange={(message) => set({ ...rule, message }, 'message')}
                />
              </div>
              <CheckRuleFields
                rule={rule}
                set={set}
                number={number}
                columns={inputs[0] ?? []}
                metadata={metadata}
                path={`rules.${index}`}
                findings={findings}
              />
            </div>
          )}
        />
      </Section>
      <RadioField
        legend={check.onError}
        value={settings.onError}
        options={ON_ERROR.map((value) => ({ value, label: check.onErrorWays[value] }))}
        onChange={(onError) => change({ ...settings, onError })}
        path="onError"
      />
      {settings.onError === 'stopAt' ? (
        <NumberField
          label={check.stopAt}
          value={settings.stopAt}
          min={1}
          max={MAX_STOP_AT}
          onChange={(stopAt) => change({ ...settings, stopAt }, 'stopAt')}
          findings={findings('stopAt')}
          path="stopAt"
        />
      ) : null}
      {settings.onError === 'stop' ? null : (
        <RadioField
          legend={check.badRows}
          value={settings.badRows}
          options={BAD_ROWS.map((value) => ({ value, label: check.badRowsWays[value] }))}
          onChange={(badRows) => change({ ...settings, badRows })}
          path="badRows"
        />
      )}
      <TextField
        label={check.as}
        hint={check.asHint}
        value={settings.as}
        maxLength={256}
        onChange={(as) => change({ ...settings, as }, 'as')}
        findings={findings('as')}
        path="as"
      />
    </>
  );
}

/** A rule of another kind about the same column. */
function blankRule(kind: CheckRule['kind'], column: string, message: string): CheckRule {
  switch (kind) {
    case 'required':
      return { kind, column, message };
    case 'range':
      return {
        kind,
        column,
        message,
        min: { kind: 'literal', value: '' },
        max: { kind: 'literal', value: '' },
      };
    case 'compare':
      return {
        kind,
        column,
        message,
        operator: '=',
        against: 'value',
        value: { kind: 'literal', value: '' },
        other: '',
        formula: '',
      };
    case 'pattern':
      return { kind, column, message, pattern: '' };
    case 'exists':
      return { kind, column, message, app: null, field: '' };
    case 'option':
      return { kind, column, message, source: 'column', app: null, field: '' };
    case 'formula':
      return { kind, message, formula: '' };
    case 'anyRow':
      return { kind, message };
  }
}
