/** What can be wrong with the input fields of a unit. */
import type { Place, Problem } from './errors';
import { problem } from './errors';
import type { ExecutionUnit, InputField } from './types';

type At = (field: string) => Place;

/**
 * Codes:
 * errors `inputNameBlank`, `inputNameRepeated {name}`, `inputNameReserved {name}` (facts of a run begin with $),
 * `inputNameSign {name}` (formulas end a name at %), `inputChoicesEmpty`, `inputChoiceRepeated {choice}`,
 * `inputDefaultNotChoice {value}`, `inputDefaultType {value}`;
 * warning `inputRequiredUnattended {name}`: schedules and webhooks have nobody to give it.
 */
export function inputProblems(unit: ExecutionUnit, at: At): readonly Problem[] {
  const seen = new Set<string>();
  return unit.input.flatMap((field, index) => {
    const path = `input.${index}`;
    const found: Problem[] = [];
    const { name } = field;
    const error = (code: string, params: Problem['params'], part: string) =>
      found.push(problem('error', code, params, at(`${path}.${part}`)));
    if (name.trim() === '') error('inputNameBlank', {}, 'name');
    else if (seen.has(name)) error('inputNameRepeated', { name }, 'name');
    else if (name.startsWith('$')) error('inputNameReserved', { name }, 'name');
    else if (/[%\n\r]/.test(name)) error('inputNameSign', { name }, 'name');
    seen.add(name);
    for (const [code, params] of choiceFaults(field)) error(code, params, 'choices');
    for (const [code, params] of defaultFaults(field)) error(code, params, 'defaultValue');
    const isUnattended = unit.schedules.length > 0 || unit.webhookEvents.length > 0;
    if (field.required && field.defaultValue === '' && isUnattended) {
      found.push(problem('warning', 'inputRequiredUnattended', { name }, at(`${path}.defaultValue`)));
    }
    return found;
  });
}

type Fault = readonly [code: string, params: Problem['params']];

const hasChoices = ({ type }: InputField): boolean => type === 'choice' || type === 'choices';

function choiceFaults(field: InputField): readonly Fault[] {
  if (!hasChoices(field)) return [];
  const { choices } = field;
  if (choices.length === 0) return [['inputChoicesEmpty', {}]];
  const repeated = new Set(choices.filter((choice, index) => choices.indexOf(choice) !== index));
  return [...repeated].map((choice): Fault => ['inputChoiceRepeated', { choice }]);
}

function defaultFaults(field: InputField): readonly Fault[] {
  const { defaultValue: value, choices } = field;
  if (value === '') return [];
  if (!hasChoices(field)) return isOfType(value, field.type) ? [] : [['inputDefaultType', { value }]];
  const chosen = field.type === 'choice' ? [value] : value.split('\n');
  return chosen
    .filter((one) => !choices.includes(one))
    .map((one): Fault => ['inputDefaultNotChoice', { value: one }]);
}

/** Whether a text is what kintone writes for a value of the type. */
function isOfType(value: string, type: InputField['type']): boolean {
  switch (type) {
    case 'number':
      return /^-?\d{1,30}(\.\d{1,30})?$/.test(value);
    case 'date':
      return isCalendarDay(value);
    case 'time':
      return TIME.test(value);
    case 'datetime': {
      const [day = '', time = '', ...more] = value.split('T');
      return more.length === 0 && isCalendarDay(day) && /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?Z$/.test(time);
    }
    default:
      return true;
  }
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
