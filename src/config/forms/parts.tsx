/** Building blocks of the command forms. */
import type { ReactNode } from 'react';
import type { ColumnSpec } from '../../table/types';
import { formatCount } from '../../ui/i18n';
import { Button, IconButton } from '../../ui/parts/Button';
import { ComboBox } from '../../ui/parts/ComboBox';
import { FieldProblem } from '../../ui/parts/Feedback';
import type { Finding } from '../../ui/parts/Field';
import { useEnvironment, useTexts } from '../app/environment';
import { swap, withAt, without } from '../document/lists';
import styles from './forms.module.css';

interface SectionProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
  readonly path?: string;
  /** Findings about the section as a whole. */
  readonly findings?: readonly Finding[];
}

/** A titled part of a form. */
export function Section({ title, hint, children, path, findings = [] }: SectionProps) {
  return (
    <fieldset className={styles['section']} data-path={path}>
      <legend className={styles['title']}>{title}</legend>
      {hint ? <span className={styles['hint']}>{hint}</span> : null}
      {findings.map((found) => (
        <FieldProblem key={found.text} tone={found.tone}>
          {found.text}
        </FieldProblem>
      ))}
      {children}
    </fieldset>
  );
}

interface ColumnPickerProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly columns: readonly ColumnSpec[];
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly findings?: readonly Finding[];
  readonly path?: string;
  readonly compact?: boolean;
  readonly placeholder?: string;
  readonly resetOnChange?: boolean;
}

/** Chooses one column (or field) by name or label. */
export function ColumnPicker({ columns, placeholder, ...rest }: ColumnPickerProps) {
  const t = useTexts();
  return (
    <ComboBox
      {...rest}
      items={columns.map((column) => ({
        key: column.name,
        label: columnText(column),
        note: t.fieldTypes[column.type],
      }))}
      placeholder={placeholder ?? t.commands.pickers.columnPlaceholder}
      emptyText={t.common.noMatch}
    />
  );
}

/** The name, with the label where that says more. */
export function columnText(column: Pick<ColumnSpec, 'name' | 'label'>): string {
  return column.label === column.name || column.label === ''
    ? column.name
    : `${column.label} [${column.name}]`;
}

interface ColumnListProps {
  readonly names: readonly string[];
  readonly columns: readonly ColumnSpec[];
  readonly onChange: (names: readonly string[]) => void;
  readonly addLabel: string;
  readonly path: string;
  readonly findings: (path: string) => readonly Finding[];
}

/** An ordered choice of columns. */
export function ColumnList({ names, columns, onChange, addLabel, path, findings }: ColumnListProps) {
  const t = useTexts();
  const left = columns.filter((column) => !names.includes(column.name));
  return (
    <>
      {names.length === 0 ? null : (
        <ul className={styles['chips']}>
          {names.map((name, index) => {
            const column = columns.find((one) => one.name === name);
            const text = column === undefined ? name : columnText(column);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a name may be listed twice
              <li key={`${name} ${index}`} data-path={`${path}.${index}`}>
                <div className={styles['chip']}>
                  <span className={styles['chipText']}>{text}</span>
                  <span className={styles['type']}>
                    {column ? t.fieldTypes[column.type] : t.commands.pickers.missing}
                  </span>
                  <IconButton
                    icon="up"
                    label={t.common.of(t.common.moveUp, text)}
                    disabled={index === 0}
                    onClick={() => onChange(swap(names, index, -1))}
                  />
                  <IconButton
                    icon="down"
                    label={t.common.of(t.common.moveDown, text)}
                    disabled={index === names.length - 1}
                    onClick={() => onChange(swap(names, index, 1))}
                  />
                  <IconButton
                    icon="close"
                    label={t.common.of(t.common.remove, text)}
                    onClick={() => onChange(without(names, index))}
                  />
                </div>
                {findings(`${path}.${index}`).map((found) => (
                  <FieldProblem key={found.text} tone={found.tone}>
                    {found.text}
                  </FieldProblem>
                ))}
              </li>
            );
          })}
        </ul>
      )}
      <ColumnPicker
        compact
        hideLabel
        resetOnChange
        label={addLabel}
        placeholder={addLabel}
        columns={left}
        value=""
        onChange={(name) => onChange([...names, name])}
        path={path}
      />
    </>
  );
}

interface RowsProps<T> {
  readonly items: readonly T[];
  readonly onChange: (items: readonly T[], field?: string) => void;
  /** What a new row holds. */
  readonly blank: () => T;
  readonly addLabel: string;
  /** Controls of a row; `number` is counted from 1, in the user's language. */
  readonly render: (
    item: T,
    set: (item: T, field?: string) => void,
    number: string,
    index: number,
  ) => ReactNode;
  readonly path: string;
  readonly findings: (path: string) => readonly Finding[];
  readonly ordered?: boolean;
}

/** A list of rows with the same controls: add, remove, change the order. */
export function Rows<T>({
  items,
  onChange,
  blank,
  addLabel,
  render,
  path,
  findings,
  ordered = true,
}: RowsProps<T>) {
  const { rows: t } = useTexts().commands;
  const { language } = useEnvironment();
  return (
    <div className={styles['rows']} data-path={path}>
      {items.map((item, index) => {
        const number = formatCount(index + 1, language);
        const rowPath = `${path}.${index}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own
          <div key={index} className={styles['row']} data-path={rowPath}>
            <div className={styles['rowFields']}>
              {render(
                item,
                (next, field) =>
                  onChange(
                    withAt(items, index, next),
                    field === undefined ? undefined : `${rowPath}.${field}`,
                  ),
                number,
                index,
              )}
            </div>
            <div className={styles['rowActions']}>
              {ordered && items.length > 1 ? (
                <>
                  <IconButton
                    icon="up"
                    label={t.up(number)}
                    disabled={index === 0}
                    onClick={() => onChange(swap(items, index, -1))}
                  />
                  <IconButton
                    icon="down"
                    label={t.down(number)}
                    disabled={index === items.length - 1}
                    onClick={() => onChange(swap(items, index, 1))}
                  />
                </>
              ) : null}
              <IconButton
                icon="close"
                label={t.remove(number)}
                onClick={() => onChange(without(items, index))}
              />
            </div>
            {findings(rowPath).map((found) => (
              <div key={found.text} className={styles['rowBelow']}>
                <FieldProblem tone={found.tone}>{found.text}</FieldProblem>
              </div>
            ))}
          </div>
        );
      })}
      <div>
        <Button size="small" icon="plus" onClick={() => onChange([...items, blank()])}>
          {addLabel}
        </Button>
      </div>
    </div>
  );
}
