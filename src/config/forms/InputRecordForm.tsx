import type { InputRecordSettings } from '../../commands';
import type { ParameterSpec } from '../../commands/types';
import type { ColumnSpec } from '../../table/types';
import { RadioField } from '../../ui/parts/Choice';
import { FieldProblem } from '../../ui/parts/Feedback';
import { SelectField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import { FieldChecklist } from './FieldChecklist';
import { columnText, Section } from './parts';

export function InputRecordForm({ settings, change, findings, metadata }: FormProps<InputRecordSettings>) {
  const t = useTexts();
  const { inputRecord } = t.commands;
  const fields = metadata.parameters.filter((parameter) => !parameter.name.startsWith('$'));
  const tables = fields.filter((field) => field.type === 'table');
  const { table } = settings;
  const options = tables.map((one) => ({ value: one.name, label: columnText(one) }));
  const known = options.some((option) => option.value === table);
  return (
    <>
      <RadioField
        legend={inputRecord.source}
        value={table === null ? 'record' : 'table'}
        options={[
          { value: 'record', label: inputRecord.record },
          { value: 'table', label: inputRecord.table },
        ]}
        onChange={(source) =>
          change({ ...settings, table: source === 'record' ? null : (tables[0]?.name ?? ''), fields: [] })
        }
        path="table"
      />
      {table === null ? (
        findings('table').map((found) => (
          <FieldProblem key={found.text} tone={found.tone}>
            {found.text}
          </FieldProblem>
        ))
      ) : (
        <SelectField
          required
          label={inputRecord.tableLabel}
          hint={tables.length === 0 ? inputRecord.noTables : undefined}
          value={table}
          options={known ? options : [{ value: table, label: table || inputRecord.tableChoose }, ...options]}
          onChange={(next) => change({ ...settings, table: next, fields: [] })}
          findings={findings('table')}
        />
      )}
      <Section title={inputRecord.fields}>
        <FieldChecklist
          columns={columnsOf(fields, table)}
          chosen={settings.fields}
          onChange={(next) => change({ ...settings, fields: next })}
          path="fields"
          findings={findings}
        />
      </Section>
    </>
  );
}

/** Without a table: all fields; with one: the record's own fields and then the table's. */
function columnsOf(fields: readonly ParameterSpec[], table: string | null): readonly ColumnSpec[] {
  if (table === null) return fields;
  const inner = fields.find((field) => field.name === table)?.columns ?? [];
  return [...fields.filter((field) => field.type !== 'table'), ...inner];
}
