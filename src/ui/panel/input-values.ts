/** What the input form shows is exactly what it sends: both are these texts, one by field. */
import type { InputField } from '../../definition/types';

export type AskedField = InputField;
export type FormValues = Readonly<Record<string, string>>;

/** More choices than these are a list to open. */
const RADIO_MAX = 5;

export type ControlKind = 'line' | 'area' | 'date' | 'time' | 'datetime' | 'radio' | 'select' | 'checks';

/** `texts`: everything that may be put into the control; a line cannot hold several lines. */
export function controlOf({ type, required, choices }: AskedField, texts: readonly string[]): ControlKind {
  switch (type) {
    case 'choice':
      // A choice of radio buttons cannot be taken back.
      return required && choices.length <= RADIO_MAX ? 'radio' : 'select';
    case 'choices':
      return 'checks';
    case 'text':
      return texts.some((text) => text.includes('\n')) ? 'area' : 'line';
    case 'number':
      return 'line';
    default:
      return type;
  }
}

/** The text as its control can show it; blank where it cannot. `timeZone`: of the person who looks at it. */
export function shownText({ type, choices }: AskedField, text: string, timeZone: string): string {
  switch (type) {
    case 'date':
      return isDay(text) ? text : '';
    case 'time':
      return TIME.exec(text)?.[0] ?? '';
    case 'datetime':
      return wallClock(text, timeZone);
    case 'choice':
      return choices.includes(text) ? text : '';
    case 'choices':
      return joinChoices(choices, text.split('\n'));
    case 'number':
      return text.replace(/\s+/g, '');
    default:
      return text.replace(/\r\n?/g, '\n');
  }
}

/** Of several choices, in their own order, one a line. */
export const joinChoices = (choices: readonly string[], chosen: readonly string[]): string =>
  choices.filter((choice) => chosen.includes(choice)).join('\n');

/** The form as it opens. */
export const firstValues = (fields: readonly AskedField[], timeZone: string): FormValues =>
  Object.fromEntries(fields.map((field) => [field.name, shownText(field, field.defaultValue, timeZone)]));

/** The form with the values of last time; what was not given then stays. */
export const filledValues = (
  values: FormValues,
  fields: readonly AskedField[],
  last: FormValues,
  timeZone: string,
): FormValues => ({
  ...values,
  ...Object.fromEntries(
    fields.flatMap((field) => {
      const text = last[field.name];
      return text === undefined ? [] : [[field.name, shownText(field, text, timeZone)]];
    }),
  ),
});

/** What is sent: every field, the blank ones too, so that nothing is filled in behind the person's back. */
export const inputOf = (fields: readonly AskedField[], values: FormValues): FormValues =>
  Object.fromEntries(fields.map(({ name }) => [name, values[name] ?? '']));

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d/;

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith('0000')) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** `2026-11-28 09:30`; an instant is shown on the person's clock. */
function wallClock(text: string, timeZone: string): string {
  const [day = '', time = ''] = text.split(/[ T]/);
  if (/(?:Z|[+-]\d\d:\d\d)$/.test(text)) {
    // Date.parse alone would also take "100Z" for a year.
    const at = isDay(day) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(at)) return '';
    // The Swedish locale writes ISO dates.
    const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    return wallClock(shown.format(at), timeZone);
  }
  const clock = TIME.exec(time)?.[0];
  return isDay(day) && clock !== undefined ? `${day} ${clock}` : '';
}
