/** Numbers of the new rows of one table. */
import type { RowNumberSetting } from '../../commands';
import { FRESH_ROW_NUMBER, MAX_DIGITS, MAX_START } from '../../commands';
import type { KintoneFields } from '../../table/kintone-json';
import { CheckField } from '../../ui/parts/Choice';
import { NumberField, TextField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useTexts } from '../app/environment';
import { numberTargets } from './AutoNumberFields';
import { ColumnPicker } from './parts';

interface RowNumberProps {
  readonly rule: RowNumberSetting | null;
  readonly set: (rule: RowNumberSetting | null, field?: string) => void;
  /** Of the table in the list, for the labels. */
  readonly number: string;
  readonly path: string;
  /** Fields inside the table. */
  readonly inner: KintoneFields;
  readonly findings: FindingsAt;
}

export function RowNumberFields({ rule, set, number, path, inner, findings }: RowNumberProps) {
  const { outputApp } = useTexts().commands;
  const at = (part: keyof RowNumberSetting) => ({
    findings: findings(`${path}.${part}`),
    path: `${path}.${part}`,
  });
  return (
    <>
      <CheckField
        label={outputApp.rowNumberOn(number)}
        checked={rule !== null}
        onChange={(on) => set(on ? FRESH_ROW_NUMBER : null)}
        path={path}
      />
      {rule === null ? null : (
        <>
          <ColumnPicker
            compact
            label={outputApp.numberField}
            columns={numberTargets(inner)}
            value={rule.field}
            onChange={(field) => set({ ...rule, field })}
            {...at('field')}
          />
          {inner[rule.field]?.type === 'NUMBER' ? null : (
            <>
              <TextField
                compact
                label={outputApp.prefix}
                value={rule.prefix}
                maxLength={64}
                onChange={(prefix) => set({ ...rule, prefix }, 'rowNumber.prefix')}
                {...at('prefix')}
              />
              <TextField
                compact
                label={outputApp.suffix}
                value={rule.suffix}
                maxLength={64}
                onChange={(suffix) => set({ ...rule, suffix }, 'rowNumber.suffix')}
                {...at('suffix')}
              />
              <NumberField
                label={outputApp.digits}
                value={rule.digits}
                min={1}
                max={MAX_DIGITS}
                onChange={(digits) => set({ ...rule, digits }, 'rowNumber.digits')}
                {...at('digits')}
              />
            </>
          )}
          <NumberField
            label={outputApp.start}
            value={rule.start}
            min={0}
            max={MAX_START}
            onChange={(start) => set({ ...rule, start }, 'rowNumber.start')}
            {...at('start')}
          />
        </>
      )}
    </>
  );
}
