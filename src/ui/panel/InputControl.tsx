import { useEnvironment } from './environment';
import { type AskedField, type ControlKind, joinChoices } from './input-values';

interface Props {
  readonly field: AskedField;
  readonly kind: ControlKind;
  /** Unique in the shadow root; parts get endings. */
  readonly id: string;
  readonly value: string;
  /** Blank: none. */
  readonly error: string;
  onChange(value: string): void;
}

/** One field of the input form with its label, note and error. */
export function InputControl(props: Props) {
  const { field, kind, id, error } = props;
  const isGroup = kind === 'radio' || kind === 'checks';
  const name = (
    <>
      {field.label}
      {field.required && <Required />}
    </>
  );
  const rest = (
    <>
      {field.note !== '' && (
        <p id={`${id}-note`} className="muted">
          {field.note}
        </p>
      )}
      {isGroup ? <Choices {...props} /> : <Single {...props} />}
      {error !== '' && (
        <p id={`${id}-error`} className="field-error" role="alert">
          {error}
        </p>
      )}
    </>
  );
  if (!isGroup) {
    return (
      <div className="field">
        <label htmlFor={id}>{name}</label>
        {rest}
      </div>
    );
  }
  return (
    <fieldset
      className="field"
      {...(kind === 'radio' ? { role: 'radiogroup', 'aria-required': field.required } : {})}
      {...describedBy(props)}
    >
      <legend>{name}</legend>
      {rest}
    </fieldset>
  );
}

function Required() {
  const { texts } = useEnvironment();
  return <span className="required">{texts.input.required}</span>;
}

function describedBy({ field, id, error }: Props) {
  const ids = [...(field.note === '' ? [] : [`${id}-note`]), ...(error === '' ? [] : [`${id}-error`])];
  return ids.length === 0 ? {} : { 'aria-describedby': ids.join(' ') };
}

const TYPES = { line: 'text', date: 'date', time: 'time', datetime: 'datetime-local' } as const;

function Single(props: Props) {
  const { field, kind, id, value, error, onChange } = props;
  const common = {
    id,
    name: field.name,
    // The control of dates and times has a letter between the two, the value that is read a space.
    value: kind === 'datetime' ? value.replace(' ', 'T') : value,
    autoComplete: 'off',
    'aria-required': field.required || undefined,
    'aria-invalid': error !== '' || undefined,
    ...describedBy(props),
    onChange: (event: { readonly target: { readonly value: string } }) =>
      onChange(kind === 'datetime' ? event.target.value.replace('T', ' ') : event.target.value),
  };
  if (kind === 'select') {
    return (
      <select {...common}>
        <option value="" />
        {field.choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    );
  }
  if (kind === 'area') return <textarea {...common} rows={4} />;
  return (
    <input
      {...common}
      type={TYPES[kind as keyof typeof TYPES]}
      // Text, because a control for numbers would change or swallow what it cannot hold.
      inputMode={field.type === 'number' ? 'decimal' : undefined}
    />
  );
}

function Choices({ field, kind, id, value, error, onChange }: Props) {
  const chosen = kind === 'radio' ? [value] : value.split('\n');
  const change = (choice: string, isOn: boolean): void => {
    if (kind === 'radio') onChange(choice);
    else
      onChange(
        joinChoices(field.choices, isOn ? [...chosen, choice] : chosen.filter((one) => one !== choice)),
      );
  };
  return (
    <div className="choices">
      {field.choices.map((choice) => (
        <label key={choice} className="pick">
          <input
            type={kind === 'radio' ? 'radio' : 'checkbox'}
            name={field.name}
            value={choice}
            checked={chosen.includes(choice)}
            aria-invalid={error !== '' || undefined}
            aria-describedby={error === '' ? undefined : `${id}-error`}
            onChange={(event) => change(choice, event.target.checked)}
          />
          <span>{choice}</span>
        </label>
      ))}
    </div>
  );
}
