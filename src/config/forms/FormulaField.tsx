/** A formula with pickers that put columns and values of the calling record at the cursor. */
import { useRef } from 'react';
import type { ParameterSpec } from '../../commands/types';
import { isPlainName } from '../../formula/characters';
import type { ColumnSpec } from '../../table/types';
import { ComboBox } from '../../ui/parts/ComboBox';
import { type Finding, TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import styles from './forms.module.css';
import { parameterOptions } from './parameters';
import { ColumnPicker } from './parts';

interface FormulaFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (formula: string) => void;
  readonly columns: readonly ColumnSpec[];
  readonly parameters: readonly ParameterSpec[];
  readonly findings: readonly Finding[];
  readonly path: string;
}

export function FormulaField(props: FormulaFieldProps) {
  const t = useTexts();
  const { formula } = t.commands;
  const box = useRef<HTMLDivElement>(null);
  const insert = (text: string) => {
    const area = box.current?.querySelector('textarea');
    const from = area?.selectionStart ?? props.value.length;
    const to = area?.selectionEnd ?? from;
    props.onChange(props.value.slice(0, from) + text + props.value.slice(to));
    area?.focus();
  };
  return (
    <div className={styles['section']} ref={box}>
      <TextField
        multiline
        code
        required
        rows={3}
        label={props.label}
        {...(props.hint === undefined ? {} : { hint: props.hint })}
        placeholder={formula.placeholder}
        value={props.value}
        onChange={props.onChange}
        findings={props.findings}
        path={props.path}
      />
      <div className={styles['grid']}>
        <ColumnPicker
          compact
          hideLabel
          resetOnChange
          label={formula.insertColumn}
          placeholder={formula.insertColumn}
          columns={props.columns}
          value=""
          onChange={(name) => insert(nameText(name))}
        />
        {props.parameters.length === 0 ? null : (
          <ComboBox
            compact
            hideLabel
            resetOnChange
            label={formula.insertParameter}
            placeholder={formula.insertParameter}
            emptyText={t.common.noMatch}
            items={parameterOptions(props.parameters, t).map(({ value, label }) => ({ key: value, label }))}
            value=""
            onChange={(name) => insert(`%${nameText(name)}%`)}
          />
        )}
      </div>
    </div>
  );
}

/** Names with spaces or signs are written in brackets (see `src/formula/print.ts`). */
function nameText(name: string): string {
  return isPlainName(name) ? name : `[${name.replaceAll(']', ']]')}]`;
}
