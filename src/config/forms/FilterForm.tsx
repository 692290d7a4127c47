import type { FilterSettings } from '../../commands';
import { RadioField } from '../../ui/parts/Choice';
import { useTexts } from '../app/environment';
import { ConditionEditor } from './ConditionEditor';
import type { FormProps } from './contract';
import { FormulaField } from './FormulaField';

export function FilterForm({ settings, change, inputs, findings, metadata }: FormProps<FilterSettings>) {
  const { filter } = useTexts().commands;
  const columns = inputs[0] ?? [];
  return (
    <>
      <RadioField
        legend={filter.mode}
        value={settings.mode}
        options={[
          { value: 'conditions', label: filter.conditions },
          { value: 'formula', label: filter.formula },
        ]}
        onChange={(mode) => change({ ...settings, mode })}
        path="mode"
      />
      {settings.mode === 'conditions' ? (
        <ConditionEditor
          title={filter.conditionTitle}
          noneText=""
          condition={settings.condition}
          columns={columns}
          parameters={metadata.parameters}
          change={(condition, field) => change({ ...settings, condition }, field)}
          path="condition"
          findings={findings}
        />
      ) : (
        <FormulaField
          label={filter.formulaLabel}
          hint={filter.formulaHint}
          value={settings.formula}
          onChange={(formula) => change({ ...settings, formula }, 'formula')}
          columns={columns}
          parameters={metadata.parameters}
          findings={findings('formula')}
          path="formula"
        />
      )}
    </>
  );
}
