/** The fields of a service: chosen from what it offers, or typed. */
import type { ConnectorValue } from '../../../commands';
import type { Choice, ServiceDescriptor, ServiceField } from '../../../run/connector';
import { Button } from '../../../ui/parts/Button';
import { type Option, SelectField, TextField } from '../../../ui/parts/Field';
import { useTexts } from '../../app/environment';
import styles from '../forms.module.css';
import { Section } from '../parts';
import { missingFields } from './service-values';

interface ServiceFieldsProps {
  readonly service: ServiceDescriptor;
  readonly values: Readonly<Record<string, string>>;
  readonly stored: readonly ConnectorValue[];
  readonly choices: Readonly<Record<string, readonly Choice[]>>;
  readonly isBusy: boolean;
  readonly onChange: (field: ServiceField, value: string) => void;
  readonly onLoad: (field: ServiceField) => void;
}

export function ServiceFields({ service, ...props }: ServiceFieldsProps) {
  const { connector: t } = useTexts().commands;
  if (service.fields.length === 0) return null;
  return (
    <Section title={t.fields(service.name)}>
      {service.fields.map((field) =>
        field.choices ? (
          <ChosenField key={field.name} {...props} field={field} fields={service.fields} />
        ) : (
          <TextField
            key={field.name}
            label={field.label}
            required={field.required}
            value={props.values[field.name] ?? ''}
            maxLength={1000}
            onChange={(value) => props.onChange(field, value)}
          />
        ),
      )}
    </Section>
  );
}

interface ChosenFieldProps extends Omit<ServiceFieldsProps, 'service'> {
  readonly field: ServiceField;
  readonly fields: readonly ServiceField[];
}

function ChosenField({ field, fields, values, stored, choices, isBusy, onChange, onLoad }: ChosenFieldProps) {
  const { commands, common } = useTexts();
  const { connector: t } = commands;
  const before = fields.filter(({ name }) => field.dependsOn.includes(name));
  const missing = missingFields(
    before.map((one) => ({ ...one, required: true })),
    values,
  );
  const hint = missing.length === 0 ? undefined : t.chooseFirst(common.list(missing.map((one) => one.label)));
  return (
    <div className={styles['choiceRow']}>
      <SelectField
        label={field.label}
        required={field.required}
        value={values[field.name] ?? ''}
        options={optionsOf(field, choices[field.name] ?? [], stored, t.notChosen)}
        onChange={(value) => onChange(field, value)}
      />
      <Button
        aria-label={t.choicesOf(field.label)}
        disabled={isBusy || missing.length > 0}
        title={hint}
        onClick={() => onLoad(field)}
      >
        {t.choices}
      </Button>
      {hint === undefined ? null : (
        <span className={`${styles['hint']} ${styles['choiceHint']}`}>{hint}</span>
      )}
    </div>
  );
}

/** Nothing, what is chosen already (also when it is offered no more), and what is offered. */
function optionsOf(
  { name }: ServiceField,
  offered: readonly Choice[],
  stored: readonly ConnectorValue[],
  notChosen: string,
): readonly Option<string>[] {
  const now = stored.find(({ field }) => field === name);
  const kept = now === undefined || offered.some(({ value }) => value === now.value) ? [] : [now];
  return [
    { value: '', label: notChosen },
    ...kept.map(({ value, label }) => ({ value, label: label || value })),
    ...offered.filter(({ value }) => value !== ''),
  ];
}
