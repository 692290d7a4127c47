/** Which fields of a form to take: check boxes with search, for up to 500 fields. */
import { useState } from 'react';
import type { ColumnSpec } from '../../table/types';
import { formatCount } from '../../ui/i18n';
import { Button } from '../../ui/parts/Button';
import { CheckField } from '../../ui/parts/Choice';
import { FieldProblem } from '../../ui/parts/Feedback';
import { TextField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useEnvironment, useTexts } from '../app/environment';
import { matches } from '../parts/SearchBox';
import styles from './forms.module.css';
import { columnText } from './parts';

interface FieldChecklistProps {
  readonly columns: readonly ColumnSpec[];
  /** Empty: all. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly path: string;
  readonly findings: FindingsAt;
}

export function FieldChecklist({ columns, chosen, onChange, path, findings }: FieldChecklistProps) {
  const t = useTexts();
  const { pickers } = t.commands;
  const { language } = useEnvironment();
  const [search, setSearch] = useState('');
  // Chosen fields that no longer exist stay in the list, so that they can be seen and taken out.
  const lost = chosen
    .filter((name) => columns.every((column) => column.name !== name))
    .map((name) => ({ name, label: `${name} ${pickers.missing}` }));
  const shown = [...lost, ...columns].filter((column) => matches(`${column.name} ${column.label}`, search));
  const toggle = (name: string, on: boolean) =>
    onChange(on ? [...chosen, name] : chosen.filter((one) => one !== name));
  const problems = chosen.flatMap((_, index) => findings(`${path}.${index}`));
  return (
    <>
      <div className={styles['inline']}>
        <span className={styles['hint']}>
          {chosen.length === 0 ? pickers.all : pickers.chosen(formatCount(chosen.length, language))}
          {chosen.length === 0 ? ` (${pickers.noneChosen})` : ''}
        </span>
        {chosen.length > 0 ? (
          <Button size="small" kind="quiet" onClick={() => onChange([])}>
            {pickers.removeAll}
          </Button>
        ) : null}
      </div>
      {problems.map((found) => (
        <FieldProblem key={found.text} tone={found.tone}>
          {found.text}
        </FieldProblem>
      ))}
      <TextField
        compact
        hideLabel
        label={pickers.filterList}
        placeholder={pickers.filterList}
        value={search}
        onChange={setSearch}
      />
      <div className={styles['checklist']} data-path={path}>
        {shown.length === 0 ? <span className={styles['hint']}>{t.common.noMatch}</span> : null}
        {shown.map((column) => (
          <div key={column.name} className={styles['checkRow']}>
            <CheckField
              label={columnText(column)}
              checked={chosen.includes(column.name)}
              onChange={(on) => toggle(column.name, on)}
            />
            <span className={styles['type']}>{'type' in column ? t.fieldTypes[column.type] : ''}</span>
          </div>
        ))}
      </div>
    </>
  );
}
