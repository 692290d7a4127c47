import type { EditSettings, EditStep } from '../../commands';
import type { ColumnSpec } from '../../table/types';
import { SelectField, TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import { EditStepFields } from './EditStepFields';
import styles from './forms.module.css';
import { Rows, Section } from './parts';

const METHODS = ['formula', 'datePart', 'copy', 'replace', 'fill'] as const;

export function EditForm({ settings, change, inputs, findings, metadata }: FormProps<EditSettings>) {
  const { edit } = useTexts().commands;
  const input = inputs[0] ?? [];
  return (
    <Section title={edit.steps} hint={edit.stepsHint} path="steps" findings={findings('steps')}>
      <Rows<EditStep>
        items={settings.steps}
        onChange={(steps, field) => change({ ...settings, steps }, field)}
        blank={() => blankStep('formula', { target: '', label: '', source: '' })}
        addLabel={edit.add}
        path="steps"
        findings={findings}
        render={(step, set, number, index) => {
          const path = `steps.${index}`;
          const source = 'source' in step ? step.source : '';
          return (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset would change the layout of the row
            <div className={styles['section']} role="group" aria-label={edit.step(number)}>
              <div className={styles['grid']}>
                <SelectField
                  compact
                  label={edit.method}
                  value={step.method}
                  options={METHODS.map((method) => ({ value: method, label: edit.methods[method] }))}
                  onChange={(method) =>
                    set(blankStep(method, { target: step.target, label: step.label, source }))
                  }
                  path={`${path}.method`}
                />
                <TextField
                  compact
                  required
                  label={edit.target}
                  hint={edit.targetHint}
                  value={step.target}
                  maxLength={256}
                  onChange={(target) => set({ ...step, target }, 'target')}
                  findings={findings(`${path}.target`)}
                  path={`${path}.target`}
                />
              </div>
              <EditStepFields
                step={step}
                set={set}
                columns={[...input, ...madeBefore(settings.steps.slice(0, index), input)]}
                parameters={metadata.parameters}
                path={path}
                findings={findings}
              />
              <TextField
                compact
                label={edit.label}
                value={step.label}
                maxLength={256}
                onChange={(label) => set({ ...step, label }, 'label')}
              />
            </div>
          );
        }}
      />
    </Section>
  );
}

/** Names that earlier steps add, offered to later ones; the check knows their real types. */
function madeBefore(steps: readonly EditStep[], input: readonly ColumnSpec[]): readonly ColumnSpec[] {
  const names = new Set(steps.map((step) => step.target).filter((name) => name !== ''));
  return [...names]
    .filter((name) => input.every((column) => column.name !== name))
    .map((name) => ({ name, label: name, type: 'text' }));
}

function blankStep(
  method: EditStep['method'],
  { target, label, source }: { readonly target: string; readonly label: string; readonly source: string },
): EditStep {
  const base = { target, label };
  switch (method) {
    case 'formula':
      return { ...base, method, formula: '', type: null, onError: 'fail' };
    case 'datePart':
      return { ...base, method, source, part: 'yearMonth' };
    case 'copy':
      return { ...base, method, source };
    case 'replace':
      return { ...base, method, source, search: '', replacement: '' };
    case 'fill':
      return { ...base, method, source, with: 'value', value: '' };
  }
}
