/** The controls that depend on the method of an edit step. */
import { DATE_PARTS, type EditStep, RESULT_TYPES } from '../../commands';
import type { ParameterSpec } from '../../commands/types';
import type { ColumnSpec } from '../../table/types';
import { SelectField, TextField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';
import { useTexts } from '../app/environment';
import { FormulaField } from './FormulaField';
import styles from './forms.module.css';
import { ParameterPicker } from './ParameterPicker';
import { ColumnPicker } from './parts';

interface EditStepFieldsProps {
  readonly step: EditStep;
  readonly set: (step: EditStep, field?: string) => void;
  readonly columns: readonly ColumnSpec[];
  readonly parameters: readonly ParameterSpec[];
  readonly path: string;
  readonly findings: FindingsAt;
}

export function EditStepFields(props: EditStepFieldsProps) {
  const { step, set, columns, path, findings } = props;
  const t = useTexts();
  const { edit } = t.commands;
  if (step.method === 'formula') return <FormulaStepFields {...props} step={step} />;
  return (
    <div className={styles['grid']}>
      <ColumnPicker
        compact
        label={edit.source}
        columns={columns}
        value={step.source}
        onChange={(source) => set({ ...step, source })}
        findings={findings(`${path}.source`)}
        path={`${path}.source`}
      />
      {step.method === 'datePart' ? (
        <SelectField
          compact
          label={edit.part}
          value={step.part}
          options={DATE_PARTS.map((part) => ({ value: part, label: edit.parts[part] }))}
          onChange={(part) => set({ ...step, part })}
        />
      ) : null}
      {step.method === 'replace' ? (
        <>
          <TextField
            compact
            required
            label={edit.search}
            value={step.search}
            onChange={(search) => set({ ...step, search }, 'search')}
            findings={findings(`${path}.search`)}
            path={`${path}.search`}
          />
          <TextField
            compact
            label={edit.replacement}
            value={step.replacement}
            onChange={(replacement) => set({ ...step, replacement }, 'replacement')}
          />
        </>
      ) : null}
      {step.method === 'fill' ? (
        <>
          <SelectField
            compact
            label={edit.with}
            value={step.with}
            options={[
              { value: 'value', label: edit.withValue },
              { value: 'previous', label: edit.withPrevious },
              { value: 'parameter', label: t.commands.condition.parameter },
            ]}
            onChange={(source) => set({ ...step, with: source, value: '' })}
          />
          {step.with === 'value' ? (
            <TextField
              compact
              required
              label={edit.value}
              value={step.value}
              onChange={(value) => set({ ...step, value }, 'value')}
              findings={findings(`${path}.value`)}
              path={`${path}.value`}
            />
          ) : step.with === 'parameter' ? (
            <ParameterPicker
              compact
              label={t.commands.condition.parameter}
              parameters={props.parameters}
              value={step.value}
              onChange={(value) => set({ ...step, value })}
              findings={findings(`${path}.value`)}
              path={`${path}.value`}
            />
          ) : null}
        </>
      ) : null}
    </div>
  );
}

type FormulaStepProps = EditStepFieldsProps & {
  readonly step: Extract<EditStep, { method: 'formula' }>;
};

function FormulaStepFields({ step, set, columns, parameters, path, findings }: FormulaStepProps) {
  const t = useTexts();
  const { edit } = t.commands;
  return (
    <>
      <FormulaField
        label={edit.formulaLabel}
        value={step.formula}
        onChange={(formula) => set({ ...step, formula }, 'formula')}
        columns={columns}
        parameters={parameters}
        findings={findings(`${path}.formula`)}
        path={`${path}.formula`}
      />
      <div className={styles['grid']}>
        <SelectField
          compact
          label={edit.type}
          value={step.type ?? ''}
          options={[
            { value: '', label: edit.typeAuto },
            ...RESULT_TYPES.map((type) => ({ value: type as string, label: t.fieldTypes[type] })),
          ]}
          onChange={(type) =>
            set({ ...step, type: RESULT_TYPES.find((candidate) => candidate === type) ?? null })
          }
          findings={findings(`${path}.type`)}
          path={`${path}.type`}
        />
        <SelectField
          compact
          label={edit.onError}
          value={step.onError}
          options={[
            { value: 'fail', label: edit.onErrorFail },
            { value: 'blank', label: edit.onErrorBlank },
          ]}
          onChange={(onError) => set({ ...step, onError })}
        />
      </div>
    </>
  );
}
