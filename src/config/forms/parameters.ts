/** Names of parameters for people: fields by their label, facts of a run by our own words. */
import type { ParameterSpec } from '../../commands/types';
import type { Option } from '../../ui/parts/Field';
import type { ConfigTexts } from '../texts';

export function parameterOptions(
  parameters: readonly ParameterSpec[],
  t: ConfigTexts,
): readonly Option<string>[] {
  const facts: Readonly<Record<string, string>> = t.commands.parameters;
  return parameters.map(({ name, label }) => ({
    value: name,
    label: Object.hasOwn(facts, name)
      ? `${facts[name]} [${name}]`
      : label === name
        ? name
        : `${label} [${name}]`,
  }));
}
