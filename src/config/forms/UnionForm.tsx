import type { UnionSettings } from '../../commands';
import { RadioField } from '../../ui/parts/Choice';
import { FieldProblem } from '../../ui/parts/Feedback';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';

const MODES = ['all', 'shared', 'first', 'second'] as const;

export function UnionForm({ settings, change, findings }: FormProps<UnionSettings>) {
  const { union } = useTexts().commands;
  return (
    <>
      <RadioField
        legend={union.columns}
        value={settings.columns}
        options={MODES.map((mode) => ({ value: mode, label: union.modes[mode] }))}
        onChange={(columns) => change({ ...settings, columns })}
        path="columns"
      />
      {findings('columns').map((found) => (
        <FieldProblem key={found.text} tone={found.tone}>
          {found.text}
        </FieldProblem>
      ))}
    </>
  );
}
