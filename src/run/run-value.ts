import type { OutputValue } from '../commands/types';
import { FailureError, failure } from '../definition/errors';
import type { JsonObject } from '../definition/types';

/** What one flow hands back to whoever started the run. */
export interface FlowValue {
  readonly flowId: string;
  readonly flowName: string;
  /** See the command `outputValue`. */
  readonly rows: readonly JsonObject[];
}

/** Of all flows together, as JSON: the field of the run record takes about 64,000 characters. */
export const MAX_RUN_VALUE_CHARACTERS = 60_000;

/** The result values of a run, in the order in which its flows were computed; kept in the run record beside the plan. */
export class RunValue {
  readonly #values = new Map<string, FlowValue>();

  /** `value` is what the flow has now; undefined: nothing. Throws `valueTooLong` when it is too much with the others'. */
  note(flow: { readonly id: string; readonly name: string }, value: OutputValue | undefined): void {
    this.#values.delete(flow.id);
    if (value === undefined) return;
    this.#values.set(flow.id, { flowId: flow.id, flowName: flow.name, rows: value.rows });
    const { length: count } = this.text();
    if (count <= MAX_RUN_VALUE_CHARACTERS) return;
    throw new FailureError(
      failure(
        'valueTooLong',
        { count, limit: MAX_RUN_VALUE_CHARACTERS },
        { flowId: flow.id, commandId: value.commandId },
      ),
    );
  }

  /** Takes over what an earlier owner of the run has computed. */
  load(text: string): void {
    for (const value of flowValues(text)) this.#values.set(value.flowId, value);
  }

  list(): readonly FlowValue[] {
    return [...this.#values.values()];
  }

  /** For the run record; blank: no flow has a value. */
  text(): string {
    return this.#values.size === 0 ? '' : JSON.stringify(this.list());
  }
}

/** The values in a run record; one that was edited by hand into something else reads as none. */
export function flowValues(text: string): readonly FlowValue[] {
  if (text === '') return [];
  try {
    const values: unknown = JSON.parse(text);
    return Array.isArray(values) ? values.filter(isFlowValue) : [];
  } catch {
    return [];
  }
}

function isFlowValue(value: unknown): value is FlowValue {
  if (value === null || typeof value !== 'object') return false;
  const { flowId, flowName, rows } = value as Partial<FlowValue>;
  return typeof flowId === 'string' && typeof flowName === 'string' && Array.isArray(rows);
}
