/** Chooses one parameter; a name that there is no more stays in the list, so that it can be seen and replaced. */
import type { ParameterSpec } from '../../commands/types';
import type { Finding } from '../../ui/parts/Field';
import { SelectField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import { parameterOptions } from './parameters';

interface ParameterPickerProps {
  readonly label: string;
  readonly parameters: readonly ParameterSpec[];
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly findings: readonly Finding[];
  readonly path: string;
  readonly compact?: boolean;
}

export function ParameterPicker({ parameters, value, ...rest }: ParameterPickerProps) {
  const t = useTexts();
  const offered = parameterOptions(parameters, t);
  const isKnown = offered.some((option) => option.value === value);
  const lost = value === '' ? t.commands.pickers.columnPlaceholder : `${value} ${t.commands.pickers.missing}`;
  return (
    <SelectField {...rest} value={value} options={isKnown ? offered : [{ value, label: lost }, ...offered]} />
  );
}
