import type { SortSettings } from '../../commands';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import { SortKeys } from './SortKeys';

export function SortForm({ settings, change, inputs, findings }: FormProps<SortSettings>) {
  const { sort } = useTexts().commands;
  return (
    <SortKeys
      title={sort.keys}
      hint={sort.keysHint}
      keys={settings.keys}
      onChange={(keys, field) => change({ ...settings, keys }, field)}
      columns={inputs[0] ?? []}
      path="keys"
      findings={findings}
    />
  );
}
