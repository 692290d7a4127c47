/** The request of the settings with values to try it with, as a run would send it. */
import { type InputHttpSettings, requestOf } from '../../../commands';
import type { ParameterSpec, TextRequest } from '../../../commands/types';

/** @param values by parameter name; what is missing is blank. null: the settings cannot be sent yet. */
export function sampleRequest(
  settings: InputHttpSettings,
  parameters: readonly ParameterSpec[],
  values: Readonly<Record<string, string>>,
): TextRequest | null {
  // Typed here, so every value is the text that a run would make of it.
  const asTexts = parameters.map(({ name, label }): ParameterSpec => ({ name, label, type: 'text' }));
  return requestOf(settings, {
    parameters: asTexts,
    parameter: (name) => ({
      spec: { name, label: name, type: 'text' },
      cell: (Object.hasOwn(values, name) && values[name]) || null,
    }),
    place: {},
  });
}
