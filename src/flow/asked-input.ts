/** What a person is asked before a unit starts: its input fields, and what a start without a record has to know. */
import type { ParameterSpec } from '../commands/types';
import type { Failure } from '../definition/errors';
import type { ExecutionUnit, Flow, InputField } from '../definition/types';
import { INPUT_TYPES, type InputForm, readInput } from './input';
import { requiredParameters } from './required-parameters';

/** One control of the form. The label is never blank; `defaultValue` is what it starts with. */
export type AskedField = InputField;

export interface AskedFields {
  readonly fields: readonly AskedField[];
  /** Labels of needed fields of the record that no form can ask for: people, files, tables. */
  readonly needsRecord: readonly string[];
}

/** The unit's input fields, then the fields of the missing record that its flows use. */
export function askedFields(
  unit: Pick<ExecutionUnit, 'flowIds' | 'input'>,
  flows: readonly Flow[],
  form: InputForm,
): AskedFields {
  const own = unit.input.map((field) => ({ ...field, label: field.label === '' ? field.name : field.label }));
  const needed = requiredParameters(unit, flows, form.recordFields).map(({ spec }) => spec);
  return {
    fields: [...own, ...needed.flatMap((spec) => recordField(spec) ?? [])],
    needsRecord: needed.filter((spec) => recordField(spec) === null).map(({ label }) => label),
  };
}

function recordField({ name, label, type, options }: ParameterSpec): AskedField | null {
  if (!INPUT_TYPES.has(type)) return null;
  // As in a record, it may be blank.
  return {
    name,
    label,
    note: '',
    type: type as InputField['type'],
    required: false,
    defaultValue: '',
    choices: options ?? [],
  };
}

/** What is wrong with the values, field by field, in the words of `readInput`; names that are not asked come last. */
export function inputFaults(
  form: InputForm,
  given: Readonly<Record<string, string>>,
  timeZone: string,
): readonly Failure[] {
  const one = (part: InputForm, name: string): readonly Failure[] => {
    const read = readInput(part, Object.hasOwn(given, name) ? { [name]: given[name] ?? '' } : {}, timeZone);
    return read.ok ? [] : [read.error];
  };
  const own = form.fields.flatMap((field) => one({ fields: [field], recordFields: [] }, field.name));
  const names = new Set(form.fields.map(({ name }) => name));
  const others = Object.keys(given).filter((name) => !names.has(name));
  return [...own, ...others.flatMap((name) => one({ fields: [], recordFields: form.recordFields }, name))];
}
