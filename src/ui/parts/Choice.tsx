/** Radio buttons, check boxes and switches, on native elements. */
import { type ReactNode, useId } from 'react';
import { Below, describedBy, type Finding, type Option } from './Field';
import styles from './parts.module.css';

interface RadioProps<T extends string> {
  readonly legend: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
  readonly path?: string;
  /** About the choice as a whole; what one option means stands in its own hint. */
  readonly hint?: string;
  readonly findings?: readonly Finding[];
}

export function RadioField<T extends string>(props: RadioProps<T>) {
  const { legend, value, options, onChange, path, hint, findings } = props;
  const name = useId();
  return (
    <fieldset
      className={styles['field']}
      data-path={path}
      aria-describedby={describedBy(name, hint, findings)}
    >
      <legend className={styles['legend']}>{legend}</legend>
      <div className={styles['choices']}>
        {options.map((option) => (
          <label key={option.value} className={styles['check']}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>
              {option.label}
              {option.hint ? (
                <span className={`${styles['hint']} ${styles['optionHint']}`}> {option.hint}</span>
              ) : null}
            </span>
          </label>
        ))}
      </div>
      <Below id={name} hint={hint} findings={findings} />
    </fieldset>
  );
}

interface CheckProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly hint?: string;
  readonly path?: string;
  readonly 'aria-label'?: string;
}

export function CheckField({ label, checked, onChange, hint, path, ...rest }: CheckProps) {
  return (
    <label className={styles['check']}>
      <input
        {...rest}
        type="checkbox"
        data-path={path}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {hint ? <span className={styles['hint']}> {hint}</span> : null}
      </span>
    </label>
  );
}

/** An on/off that takes effect at once. */
export function SwitchField({
  label,
  checked,
  onChange,
  hideLabel,
  path,
}: CheckProps & { hideLabel?: boolean }) {
  return (
    <label className={styles['switch']}>
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        data-path={path}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className={hideLabel ? styles['visuallyHidden'] : undefined}>{label}</span>
    </label>
  );
}
