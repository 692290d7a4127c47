/** The values that a unit asks for when it is started. */
import type { InputField } from '../../definition/types';
import { CheckField } from '../../ui/parts/Choice';
import { FieldProblem } from '../../ui/parts/Feedback';
import { SelectField, TextField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useTexts } from '../app/environment';
import { freeName } from '../document/copies';
import { Rows, Section } from '../forms/parts';
import { ValueLines } from '../forms/ValueLines';
import styles from '../parts/lists.module.css';
import type { UnitPartProps } from './part-props';

const TYPES = ['text', 'number', 'date', 'time', 'datetime', 'choice', 'choices'] as const;

export function InputSection({ unit, change, findings }: UnitPartProps) {
  const { input: t } = useTexts().unit;
  const blank = (): InputField => ({
    name: freeName(
      t.newName,
      unit.input.map(({ name }) => name),
    ),
    label: '',
    note: '',
    type: 'text',
    required: false,
    defaultValue: '',
    choices: [],
  });
  return (
    <div className={styles['stack']} data-path="input">
      <p className={styles['muted']}>{t.lead}</p>
      {findings('input').map((found) => (
        <FieldProblem key={found.text} tone={found.tone}>
          {found.text}
        </FieldProblem>
      ))}
      <Rows<InputField>
        items={unit.input}
        onChange={(input, field) => change({ input }, field)}
        blank={blank}
        addLabel={t.add}
        path="input"
        findings={findings}
        render={(field, set, number, index) => (
          <InputFieldForm
            field={field}
            set={set}
            number={number}
            path={`input.${index}`}
            findings={findings}
          />
        )}
      />
    </div>
  );
}

interface InputFieldFormProps {
  readonly field: InputField;
  readonly set: (field: InputField, path?: string) => void;
  readonly number: string;
  readonly path: string;
  readonly findings: FindingsAt;
}

function InputFieldForm({ field, set, number, path, findings }: InputFieldFormProps) {
  const t = useTexts();
  const { input } = t.unit;
  const hasChoices = field.type === 'choice' || field.type === 'choices';
  return (
    <fieldset className={styles['rowForm']}>
      <legend className={styles['rowTitle']}>{input.row(number)}</legend>
      <div className={styles['pair']}>
        <TextField
          required
          label={input.name}
          hint={field.name === '' ? undefined : input.nameHint(field.name)}
          maxLength={64}
          value={field.name}
          onChange={(name) => set({ ...field, name: name.trim() }, 'name')}
          findings={findings(`${path}.name`)}
          path={`${path}.name`}
        />
        <TextField
          label={input.label}
          hint={input.labelHint}
          maxLength={80}
          value={field.label}
          onChange={(label) => set({ ...field, label }, 'label')}
          path={`${path}.label`}
        />
        <SelectField
          label={input.type}
          value={field.type}
          options={TYPES.map((value) => ({ value, label: t.fieldTypes[value] }))}
          onChange={(type) => set(withType(field, type))}
          path={`${path}.type`}
        />
      </div>
      {hasChoices ? (
        <Section title={input.choices} hint={input.choicesHint}>
          <ValueLines
            label={t.common.of(input.choices, input.row(number))}
            values={field.choices}
            onChange={(choices) => set({ ...field, choices }, 'choices')}
            path={`${path}.choices`}
            findings={findings}
          />
        </Section>
      ) : null}
      <DefaultField field={field} set={set} path={path} findings={findings} />
      <CheckField
        label={input.required}
        checked={field.required}
        onChange={(required) => set({ ...field, required })}
        path={`${path}.required`}
      />
      <TextField
        label={input.note}
        hint={input.noteHint}
        maxLength={2000}
        value={field.note}
        onChange={(note) => set({ ...field, note }, 'note')}
        path={`${path}.note`}
      />
    </fieldset>
  );
}

function DefaultField({ field, set, path, findings }: Omit<InputFieldFormProps, 'number'>) {
  const { input: t } = useTexts().unit;
  const { defaultValue: value, type } = field;
  const frame = {
    label: t.defaultValue,
    hint: [t.defaultHints[type], t.defaultHint].filter((hint) => hint !== '').join(' '),
    findings: findings(`${path}.defaultValue`),
    path: `${path}.defaultValue`,
  };
  if (type === 'choice') {
    // A default that is no longer a choice stays visible, with what is wrong about it.
    const labels = [...new Set([...field.choices, ...(value === '' ? [] : [value])])];
    return (
      <SelectField
        {...frame}
        value={value}
        options={[{ value: '', label: t.noDefault }, ...labels.map((label) => ({ value: label, label }))]}
        onChange={(defaultValue) => set({ ...field, defaultValue })}
      />
    );
  }
  return (
    <TextField
      {...frame}
      multiline={type === 'choices'}
      inputType={type === 'date' ? 'date' : type === 'time' ? 'time' : 'text'}
      maxLength={2000}
      value={value}
      onChange={(defaultValue) => set({ ...field, defaultValue }, 'defaultValue')}
    />
  );
}

/** What only the old type could hold goes; undo brings it back. */
function withType(field: InputField, type: InputField['type']): InputField {
  const keepsChoices = type === 'choice' || type === 'choices';
  const keepsDefault = type === field.type || type === 'text';
  return {
    ...field,
    type,
    choices: keepsChoices ? field.choices : [],
    defaultValue: keepsDefault ? field.defaultValue : '',
  };
}
