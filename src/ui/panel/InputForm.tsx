/** Asks for the values that a unit needs, before anything starts. Enter sends, Escape leaves. */
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Failure } from '../../definition/errors';
import { useEnvironment } from './environment';
import { explainFailure } from './explain-failure';
import { InputControl } from './InputControl';
import {
  type AskedField,
  controlOf,
  type FormValues,
  filledValues,
  firstValues,
  inputOf,
} from './input-values';
import { CardFrame } from './StatusCard';

export interface Asked {
  readonly fields: readonly AskedField[];
  readonly faults: readonly Failure[];
  /** Values of last time, to be offered; null: none. */
  readonly last: FormValues | null;
}

interface Props {
  readonly unitName: string;
  readonly asked: Asked;
  onSubmit(values: FormValues): void;
  onCancel(): void;
}

export function InputForm({ unitName, asked, onSubmit, onCancel }: Props) {
  const { texts, language, timeZone } = useEnvironment();
  const words = texts.input;
  const { fields, faults, last } = asked;
  const form = useRef<HTMLFormElement>(null);
  const idBase = useId();
  const [values, setValues] = useState(() => firstValues(fields, timeZone));
  /** Fields with half a date or time: the control shows it, but has no value to send. */
  const [halves, setHalves] = useState<readonly string[]>([]);
  const [isFilled, setFilled] = useState(false);

  useEffect(() => {
    controlIn(form.current)?.focus();
  }, []);
  useEffect(() => {
    const [first] = faults;
    if (first?.place.field !== undefined) controlIn(form.current, first.place.field)?.focus();
  }, [faults]);

  const send = (event: FormEvent) => {
    event.preventDefault();
    const found = halfFilled(form.current);
    setHalves(found);
    const [first] = found;
    if (first === undefined) onSubmit(inputOf(fields, values));
    else controlIn(form.current, first)?.focus();
  };

  const errorOf = (name: string): string => {
    if (halves.includes(name)) return words.half;
    const fault = faults.find(({ place }) => place.field === name);
    if (fault === undefined) return '';
    const { title, remedy } = explainFailure(fault, language);
    return `${title}${language === 'en' ? ' ' : ''}${remedy}`;
  };

  return (
    <CardFrame tone="info" icon="info" title={words.title} unitName={unitName}>
      <form
        ref={form}
        className="input-form"
        noValidate
        onSubmit={send}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onCancel();
        }}
      >
        <p className="muted">{words.lead}</p>
        {last !== null && (
          <div className="last">
            <button
              type="button"
              className="button small"
              onClick={() => {
                setValues(filledValues(values, fields, last, timeZone));
                setFilled(true);
              }}
            >
              {words.last}
            </button>
            <span className="muted" role="status">
              {isFilled && words.filled}
            </span>
          </div>
        )}
        {fields.map((field, index) => (
          <InputControl
            key={field.name}
            field={field}
            kind={controlOf(field, [field.defaultValue, last?.[field.name] ?? ''])}
            id={`${idBase}-${index}`}
            value={values[field.name] ?? ''}
            error={errorOf(field.name)}
            onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
          />
        ))}
        {faults.some(({ place }) => place.field === undefined) && (
          <p className="field-error" role="alert">
            {faults.map((fault) => explainFailure(fault, language).title).join(' ')}
          </p>
        )}
        <div className="actions">
          <button type="button" className="button" onClick={onCancel}>
            {texts.confirm.noCancel}
          </button>
          <button type="submit" className="button primary">
            {words.start}
          </button>
        </div>
      </form>
    </CardFrame>
  );
}

const CONTROLS = 'input, select, textarea';

/** The control of a field, or the first of all; of radio buttons the chosen one, which is where Tab would lead. */
function controlIn(form: HTMLElement | null, name?: string): HTMLElement | null {
  const controls = [...(form?.querySelectorAll<HTMLInputElement>(CONTROLS) ?? [])];
  const own = controls.filter((control) => name === undefined || control.name === name);
  return own.find((control) => control.type === 'radio' && control.checked) ?? own[0] ?? null;
}

const halfFilled = (form: HTMLElement | null): readonly string[] =>
  [...(form?.querySelectorAll<HTMLInputElement>('input') ?? [])]
    .filter(({ validity }) => validity.badInput)
    .map(({ name }) => name);
