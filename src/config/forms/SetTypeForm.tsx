import type { SetTypeSettings, TargetFieldType, TypedColumn } from '../../commands';
import { CONVERSION_POLICIES, canConvert, columnTypeOf, TARGET_FIELD_TYPES } from '../../commands';
import type { ColumnSpec } from '../../table/types';
import { SelectField, TextField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import styles from './forms.module.css';
import { ColumnPicker, Rows, Section } from './parts';

const BLANK: TypedColumn = {
  column: '',
  as: '',
  label: '',
  type: 'SINGLE_LINE_TEXT',
  separator: '',
  people: 'name',
  options: [],
  onFailure: 'fail',
  keepAs: '',
};

export function SetTypeForm({ settings, change, inputs, findings }: FormProps<SetTypeSettings>) {
  const { setType } = useTexts().commands;
  return (
    <Section title={setType.columns} hint={setType.columnsHint} path="columns" findings={findings('columns')}>
      <Rows<TypedColumn>
        items={settings.columns}
        onChange={(columns, field) => change({ columns }, field)}
        blank={() => BLANK}
        addLabel={setType.add}
        path="columns"
        findings={findings}
        render={(item, set, number, index) => (
          <TypedColumnFields
            item={item}
            set={set}
            number={number}
            columns={inputs[0] ?? []}
            path={`columns.${index}`}
            findings={findings}
          />
        )}
      />
    </Section>
  );
}

interface TypedColumnProps {
  readonly item: TypedColumn;
  readonly set: (item: TypedColumn, field?: string) => void;
  readonly number: string;
  readonly columns: readonly ColumnSpec[];
  readonly path: string;
  readonly findings: FindingsAt;
}

function TypedColumnFields({ item, set, number, columns, path, findings }: TypedColumnProps) {
  const t = useTexts();
  const { setType } = t.commands;
  const source = columns.find((column) => column.name === item.column);
  const types = TARGET_FIELD_TYPES.filter(
    (type) => type === item.type || source === undefined || canConvert(source, type),
  );
  const policies = CONVERSION_POLICIES.filter(
    (policy) => policy !== 'first' || item.onFailure === 'first' || columnTypeOf(item.type) === 'choice',
  );
  const text = (field: 'as' | 'label' | 'keepAs' | 'separator', maxLength: number, hint?: string) => (
    <TextField
      compact
      label={setType[field](number)}
      {...(hint === undefined ? {} : { hint })}
      value={item[field]}
      maxLength={maxLength}
      onChange={(value) => set({ ...item, [field]: value }, field)}
      findings={findings(`${path}.${field}`)}
      path={`${path}.${field}`}
    />
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would change the layout of the row
    <div className={styles['section']} role="group" aria-label={setType.row(number)}>
      <div className={styles['grid']}>
        <ColumnPicker
          compact
          label={setType.column(number)}
          columns={columns.filter((column) => column.type !== 'table')}
          value={item.column}
          onChange={(column) => set({ ...item, column })}
          findings={findings(`${path}.column`)}
          path={`${path}.column`}
        />
        <SelectField
          compact
          label={setType.type(number)}
          value={item.type}
          options={types.map((value) => ({ value, label: t.kintoneTypes[value] }))}
          onChange={(type) => set({ ...item, type })}
          findings={findings(`${path}.type`)}
          path={`${path}.type`}
        />
        {text('as', 256)}
        {text('label', 256)}
      </div>
      <div className={styles['grid']}>
        {usesSeparator(source, item.type) ? text('separator', 32, setType.separatorHint) : null}
        {source?.type === 'people' && columnTypeOf(item.type) === 'text' ? (
          <SelectField
            compact
            label={setType.people(number)}
            value={item.people}
            options={[
              { value: 'name', label: setType.peopleName },
              { value: 'code', label: setType.peopleCode },
            ]}
            onChange={(people) => set({ ...item, people })}
          />
        ) : null}
        {columnTypeOf(item.type) === 'choice' || columnTypeOf(item.type) === 'choices' ? (
          <TextField
            compact
            multiline
            rows={3}
            label={setType.options(number)}
            hint={setType.optionsHint}
            value={item.options.join('\n')}
            onChange={(value) => set({ ...item, options: linesOf(value) }, 'options')}
            findings={findings(`${path}.options`)}
            path={`${path}.options`}
          />
        ) : null}
        <SelectField
          compact
          label={setType.onFailure(number)}
          value={item.onFailure}
          options={policies.map((value) => ({ value, label: setType.policies[value] }))}
          onChange={(onFailure) =>
            set({
              ...item,
              onFailure,
              keepAs:
                onFailure === 'keep' && item.keepAs === '' && item.column !== ''
                  ? setType.keptName(item.column)
                  : item.keepAs,
            })
          }
          findings={findings(`${path}.onFailure`)}
          path={`${path}.onFailure`}
        />
        {item.onFailure === 'keep' ? text('keepAs', 256) : null}
      </div>
      {meetsTheClock(source, item.type) ? <span className={styles['hint']}>{setType.zoneHint}</span> : null}
    </div>
  );
}

const LISTS = ['choices', 'people'];

function usesSeparator(source: ColumnSpec | undefined, to: TargetFieldType): boolean {
  const type = columnTypeOf(to);
  const fromText = source === undefined || source.type === 'text';
  return (fromText && LISTS.includes(type)) || (type === 'text' && LISTS.includes(source?.type ?? ''));
}

/** Where the result depends on the time zone. */
function meetsTheClock(source: ColumnSpec | undefined, to: TargetFieldType): boolean {
  const type = columnTypeOf(to);
  return (source?.type === 'datetime') !== (type === 'datetime') && source !== undefined;
}

/** One option per line; a line that is being typed may still be blank at its end. */
function linesOf(text: string): readonly string[] {
  return text === ''
    ? []
    : text.split('\n').filter((line, index, all) => line !== '' || index === all.length - 1);
}
