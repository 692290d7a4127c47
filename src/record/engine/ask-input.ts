/** Whether a start has to wait for a person's values, and for which. */
import { failure } from '../../definition/errors';
import type { ExecutionUnit, Flow } from '../../definition/types';
import { askedFields, type InputForm, inputFaults, parametersOf } from '../../flow';
import type { JournalPort, RunInput } from '../../run/ports';
import type { KintoneFields } from '../../table';
import type { AskedInput, StartHow, StartProblem } from '../panel/contract';
import type { StartOrder } from '../worker/messages';

/** Among so many of the last starts one with input is looked for: undoing a run, for one, has none. */
const LOOK_BACK = 5;

export interface AskParts {
  readonly order: Pick<StartOrder, 'how' | 'input' | 'record' | 'user'>;
  /** What the start brings along: a program's values, or those of the run before. */
  readonly given: RunInput;
  readonly unit: ExecutionUnit;
  readonly flows: readonly Flow[];
  /** Form of the calling app. */
  readonly fields: KintoneFields;
  readonly journal: Pick<JournalPort, 'lastInputs'>;
}

/** null: nothing has to be asked. A problem: what is needed no form can ask for. */
export async function askInput(parts: AskParts): Promise<AskedInput | StartProblem | null> {
  const { order, given, unit, fields } = parts;
  const { how } = order;
  // Flows that the unit may still have here are not what another service runs.
  const flows = unit.executor.kind === 'remote' ? [] : parts.flows;
  if (ASK_NOTHING.has(how.kind)) return null;
  if (how.kind === 'api' && how.isConfirmed) return null;
  const timeZone = order.user.timezone;
  const form: InputForm = {
    fields: unit.input,
    recordFields: order.record === null ? parametersOf(fields) : [],
  };
  const asked = askedFields(unit, flows, form);
  if (asked.needsRecord.length > 0) {
    const needed = failure('inputNeedsRecord', { fields: asked.needsRecord.join(', ') }, { unitId: unit.id });
    return { kind: 'problem', failure: needed };
  }
  if (order.input !== null) {
    const faults = inputFaults(form, order.input, timeZone);
    return faults.length === 0 ? null : { kind: 'ask', fields: asked.fields, faults, last: null };
  }
  if (asked.fields.length === 0 || !isLacking(parts, asked.fields, form)) return null;
  return {
    kind: 'ask',
    fields: asked.fields.map((field) => ({
      ...field,
      defaultValue: given[field.name] ?? field.defaultValue,
    })),
    faults: [],
    last: await lastInput(parts, form),
  };
}

/** No run of its own values: they are those of the run before, or there are none. */
const ASK_NOTHING: ReadonlySet<StartHow['kind']> = new Set([
  'test',
  'undo',
  'continue',
  'fromFailedFlow',
  'resume',
  'watch',
]);

/** A person is always asked; a program only for what it has not given, and never about a value that does not fit. */
function isLacking(
  { order, given }: AskParts,
  fields: readonly { readonly name: string }[],
  form: InputForm,
): boolean {
  if (order.how.kind !== 'api') return true;
  const faults = inputFaults(form, given, order.user.timezone);
  if (faults.some(({ code }) => code !== 'inputRequired')) return false;
  const own = new Set(form.fields.map(({ name }) => name));
  return faults.length > 0 || fields.some(({ name }) => !own.has(name) && given[name] === undefined);
}

/** The newest of the user's own values that still fit. It is only an offer: no log, no offer. */
async function lastInput({ journal, unit, order }: AskParts, form: InputForm): Promise<RunInput | null> {
  const inputs = await journal.lastInputs(unit.id, order.user.code, LOOK_BACK).catch(() => []);
  const newest = inputs.find((input) => Object.keys(input).length > 0);
  if (newest === undefined) return null;
  const unfit = new Set(inputFaults(form, newest, order.user.timezone).map(({ place }) => place.field));
  const fit = Object.entries(newest).filter(([name]) => !unfit.has(name));
  return fit.length === 0 ? null : Object.fromEntries(fit);
}
