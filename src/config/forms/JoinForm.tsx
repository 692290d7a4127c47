import type { JoinSettings } from '../../commands';
import { RadioField } from '../../ui/parts/Choice';
import { useTexts } from '../app/environment';
import type { FormProps } from './contract';
import { KeyPairs } from './KeyPairs';

const METHODS = ['left', 'inner', 'right', 'full'] as const;

export function JoinForm({ settings, change, inputs, findings }: FormProps<JoinSettings>) {
  const { join } = useTexts().commands;
  const [left = [], right = []] = inputs;
  return (
    <>
      <RadioField
        legend={join.method}
        value={settings.method}
        options={METHODS.map((method) => ({ value: method, label: join.methods[method] }))}
        onChange={(method) => change({ ...settings, method })}
        path="method"
      />
      <KeyPairs
        keys={settings.keys}
        onChange={(keys, field) => change({ ...settings, keys }, field)}
        left={left}
        right={right}
        findings={findings}
      />
    </>
  );
}
