/** Turns a flow's plan into requests, in an order that no unique field can refuse. */
import {
  type DataRequest,
  type FlowPlan,
  type OutputPlan,
  type PlannedDelete,
  REQUESTS_PER_COMMIT,
  ROWS_PER_REQUEST,
} from './types';

/**
 * All requests of a flow's plan, in the order they are written: outputs in flow order; of each output
 * updates, adds, deletes, process actions. A deletion that frees a unique value goes directly before the
 * request that takes the value, and stays in one commit with it (`joinsNext`).
 */
export function flowRequests(plan: FlowPlan): readonly DataRequest[] {
  return plan.outputs.flatMap((output) => {
    const source = { flowId: output.flowId, commandId: output.commandId };
    const { app } = output;
    const deletions = new Deletions(output, source);
    const requests: DataRequest[] = [];
    for (const { rows, firstRow } of chunks(output.updates)) {
      requests.push(...deletions.before('update', firstRow + rows.length));
      requests.push({ kind: 'update', app, rows, source: { ...source, firstRow } });
    }
    for (const { rows, firstRow } of chunks(output.adds)) {
      requests.push(...deletions.before('add', firstRow + rows.length));
      requests.push({ kind: 'add', app, rows, source: { ...source, firstRow } });
    }
    requests.push(...deletions.rest());
    for (const { rows, firstRow } of chunks(output.statuses ?? [])) {
      requests.push({ kind: 'status', app, rows, source: { ...source, firstRow } });
    }
    return requests;
  });
}

/** Hands out the deletions of one output, front to back; the planner has put the needed ones in order. */
class Deletions {
  readonly #output: OutputPlan;
  readonly #source: { readonly flowId: string; readonly commandId: string };
  #next = 0;

  constructor(output: OutputPlan, source: { readonly flowId: string; readonly commandId: string }) {
    this.#output = output;
    this.#source = source;
  }

  /** Deletions that must come before rows below `end` of that kind. */
  before(kind: 'add' | 'update', end: number): readonly DataRequest[] {
    const first = this.#next;
    const { deletes } = this.#output;
    while (isNeeded(deletes[this.#next], kind, end)) this.#next += 1;
    return this.#requests(first, true);
  }

  rest(): readonly DataRequest[] {
    const first = this.#next;
    this.#next = this.#output.deletes.length;
    return this.#requests(first, false);
  }

  #requests(first: number, joinsNext: boolean): readonly DataRequest[] {
    const rows = this.#output.deletes.slice(first, this.#next);
    return chunks(rows).map((chunk) => ({
      kind: 'delete',
      app: this.#output.app,
      rows: chunk.rows,
      source: { ...this.#source, firstRow: first + chunk.firstRow },
      ...(joinsNext ? { joinsNext } : {}),
    }));
  }
}

const isNeeded = (row: PlannedDelete | undefined, kind: 'add' | 'update', end: number): boolean =>
  row?.neededBy?.kind === kind && row.neededBy.row < end;

/**
 * How many of the requests from `first` on one commit takes, when it may take `size`: fewer when the cut
 * would part a deletion from the write that needs it, more (up to kintone's limit) when the pair is longer
 * than `size`.
 */
export function commitLength(requests: readonly DataRequest[], first: number, size: number): number {
  const end = Math.min(first + size, requests.length);
  let cut = end;
  while (cut > first && joins(requests[cut - 1])) cut -= 1;
  if (cut > first) return cut - first;
  cut = end;
  while (cut < requests.length && cut - first < REQUESTS_PER_COMMIT && joins(requests[cut - 1])) cut += 1;
  return cut - first;
}

const joins = (request: DataRequest | undefined): boolean =>
  request?.kind === 'delete' && request.joinsNext === true;

function chunks<T>(
  rows: readonly T[],
): readonly { readonly rows: readonly T[]; readonly firstRow: number }[] {
  const parts = [];
  for (let firstRow = 0; firstRow < rows.length; firstRow += ROWS_PER_REQUEST) {
    parts.push({ rows: rows.slice(firstRow, firstRow + ROWS_PER_REQUEST), firstRow });
  }
  return parts;
}
