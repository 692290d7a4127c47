/** Labelled form controls on native elements. Every control gets its accessible name from its label. */
import { type ReactNode, useId, useState } from 'react';
import { FieldProblem, type Tone } from './Feedback';
import styles from './parts.module.css';

export interface Finding {
  readonly tone: Tone;
  readonly text: string;
}

interface FieldFrame {
  readonly label: string;
  /** The label is read out but not shown (table cells, rows whose head says it). */
  readonly hideLabel?: boolean;
  readonly hint?: ReactNode;
  readonly required?: boolean;
  readonly findings?: readonly Finding[] | undefined;
  /** Settings path the problems list focuses. */
  readonly path?: string | undefined;
}

interface FrameProps extends FieldFrame {
  readonly id: string;
  readonly children: ReactNode;
}

function Frame({ id, label, hideLabel, hint, required, findings, children }: FrameProps) {
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={labelClass({ hideLabel, required })}>
        {label}
      </label>
      {children}
      <Below id={id} hint={hint} findings={findings} />
    </div>
  );
}

/** The mark of required fields is drawn by the style sheet: as text it would join the accessible name. */
export function labelClass(label: {
  readonly hideLabel?: boolean | undefined;
  readonly required?: boolean | undefined;
}): string {
  const shown = label.hideLabel ? styles['visuallyHidden'] : styles['label'];
  return `${shown} ${label.required ? styles['required'] : ''}`;
}

/** Hint and findings under a control, with the ids `describedBy` names. */
export function Below(props: { id: string; hint?: ReactNode; findings?: readonly Finding[] | undefined }) {
  const { id, hint, findings = [] } = props;
  return (
    <>
      {hint ? (
        <span id={`${id}-hint`} className={styles['hint']}>
          {hint}
        </span>
      ) : null}
      {findings.length > 0 ? (
        <span id={`${id}-problem`}>
          {findings.map((found) => (
            <FieldProblem key={found.text} tone={found.tone}>
              {found.text}
            </FieldProblem>
          ))}
        </span>
      ) : null}
    </>
  );
}

export function describedBy(
  id: string,
  hint: ReactNode,
  findings: readonly Finding[] = [],
): string | undefined {
  const ids = [hint ? `${id}-hint` : '', findings.length > 0 ? `${id}-problem` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

export function isInvalid(findings: readonly Finding[] = []): boolean {
  return findings.some((found) => found.tone === 'error');
}

function controlProps(id: string, frame: FieldFrame) {
  return {
    id,
    'data-path': frame.path,
    'aria-required': frame.required ? true : undefined,
    'aria-invalid': isInvalid(frame.findings) ? (true as const) : undefined,
    'aria-describedby': describedBy(id, frame.hint, frame.findings),
  };
}

interface TextProps extends FieldFrame {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly compact?: boolean;
  readonly multiline?: boolean;
  readonly rows?: number;
  readonly inputType?: 'text' | 'date' | 'time' | 'password';
  /** Formulas and codes. */
  readonly code?: boolean;
}

export function TextField(props: TextProps) {
  const {
    value,
    onChange,
    placeholder,
    maxLength,
    compact,
    multiline,
    rows,
    code,
    inputType = 'text',
    ...frame
  } = props;
  const id = useId();
  const invalid = isInvalid(frame.findings) ? styles['invalid'] : '';
  const common = {
    ...controlProps(id, frame),
    value,
    placeholder,
    maxLength,
    className: `${styles[multiline ? 'textarea' : 'input']} ${compact ? styles['compact'] : ''} ${code ? styles['code'] : ''} ${invalid}`,
  };
  return (
    <Frame {...frame} id={id}>
      {multiline ? (
        <textarea {...common} rows={rows} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...common}
          type={inputType}
          // A stored login of the user has no business in a field for keys.
          autoComplete={inputType === 'password' ? 'new-password' : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Frame>
  );
}

/**
 * A text that may not be blank: typing is a draft, and the document gets it when the field is left or
 * Enter is pressed (not while an input method is composing). Blank or Escape brings the old text back.
 */
export function NameField({ value, onCommit, ...frame }: FieldFrame & NameProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    const next = draft?.trim() ?? '';
    if (next !== '' && next !== value) onCommit(next);
    setDraft(null);
  };
  return (
    <Frame {...frame} id={id}>
      <input
        {...controlProps(id, frame)}
        type="text"
        maxLength={80}
        className={styles['input']}
        value={draft ?? value}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setDraft(null);
        }}
      />
    </Frame>
  );
}

interface NameProps {
  readonly value: string;
  readonly onCommit: (value: string) => void;
}

interface NumberProps extends FieldFrame {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  readonly compact?: boolean;
}

/** Whole numbers; what is out of range or no number stays a draft and is put right when the field is left. */
export function NumberField({ value, min, max, onChange, compact, ...frame }: NumberProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const parse = (text: string): number | null => {
    const number = Number(text);
    return text.trim() !== '' && Number.isInteger(number) && number >= min && number <= max ? number : null;
  };
  return (
    <Frame {...frame} id={id}>
      <input
        {...controlProps(id, frame)}
        type="number"
        min={min}
        max={max}
        className={`${styles['input']} ${styles['narrow']} ${compact ? styles['compact'] : ''}`}
        value={draft ?? String(value)}
        onChange={(event) => {
          setDraft(event.target.value);
          const number = parse(event.target.value);
          if (number !== null) onChange(number);
        }}
        onBlur={() => setDraft(null)}
      />
    </Frame>
  );
}

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

interface SelectProps<T extends string> extends FieldFrame {
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
  readonly compact?: boolean;
}

export function SelectField<T extends string>({
  value,
  options,
  onChange,
  compact,
  ...frame
}: SelectProps<T>) {
  const id = useId();
  const invalid = isInvalid(frame.findings) ? styles['invalid'] : '';
  return (
    <Frame {...frame} id={id}>
      <select
        {...controlProps(id, frame)}
        className={`${styles['select']} ${compact ? styles['compact'] : ''} ${invalid}`}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}
