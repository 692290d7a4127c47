/** What is chosen for the fields of a service. */
import type { ConnectorValue } from '../../../commands';
import type { ServiceField } from '../../../run/connector';

/** By field; what is blank is not chosen. */
export const valuesOf = (chosen: readonly ConnectorValue[]): Readonly<Record<string, string>> =>
  Object.fromEntries(chosen.filter(({ value }) => value !== '').map(({ field, value }) => [field, value]));

/** Required fields without a value. */
export const missingFields = (
  fields: readonly ServiceField[],
  values: Readonly<Record<string, string>>,
): readonly ServiceField[] => fields.filter(({ name, required }) => required && !Object.hasOwn(values, name));

/** Sets one value. What depends on the field, and on what depends on it, has to be chosen again. */
export function withValue(
  fields: readonly ServiceField[],
  chosen: readonly ConnectorValue[],
  value: ConnectorValue,
): { readonly values: readonly ConnectorValue[]; readonly dependent: readonly ServiceField[] } {
  const changed = new Set([value.field]);
  const dependent: ServiceField[] = [];
  // As often as there are fields, so that the order in which they are listed does not matter.
  for (const _ of fields) {
    for (const field of fields) {
      if (changed.has(field.name) || !field.dependsOn.some((name) => changed.has(name))) continue;
      changed.add(field.name);
      dependent.push(field);
    }
  }
  const others = chosen.filter(({ field }) => !changed.has(field));
  return { values: value.value === '' ? others : [...others, value], dependent };
}
