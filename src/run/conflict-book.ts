/** What a run remembers of rows that were not written as planned. */
import type { CommandReport } from '../commands/types';
import type { ChangedRow, CommitBatch, DataRequest, RowFate } from '../plan';

/** One row that was not written as it was planned. */
export interface Deviation {
  readonly flowId: string;
  readonly commandId: string;
  readonly appId: string;
  readonly kind: 'update' | 'delete' | 'status';
  /** Index in `updates`, `deletes` or `statuses` of its output plan. */
  readonly index: number;
  readonly recordId: string;
  readonly label: string;
  readonly fate: RowFate;
  /** As it was written instead; null: it was left out. */
  readonly row: ChangedRow | null;
}

/** How many records a report names. */
const NAMED_MAX = 20;

const rowKey = (flowId: string, commandId: string, kind: string, index: number): string =>
  `${flowId}/${commandId}/${kind}/${index}`;

const REPORTS: Readonly<Record<RowFate, string>> = {
  skipped: 'conflictSkipped',
  gone: 'conflictGone',
  same: 'conflictSame',
  otherKey: 'conflictOtherKey',
  unsafe: 'conflictUnsafe',
  replanned: 'conflictReplanned',
  overwritten: 'conflictOverwritten',
};

/** The deviations of one run so far. */
export class ConflictBook {
  readonly #byRow = new Map<string, Deviation>();
  readonly #records = new Set<string>();
  readonly #rows = new WeakSet<ChangedRow>();

  add(deviations: readonly Deviation[]): void {
    for (const one of deviations) {
      this.#byRow.set(rowKey(one.flowId, one.commandId, one.kind, one.index), one);
      this.#records.add(`${one.flowId}/${one.appId}/${one.recordId}`);
      if (one.row !== null) this.#rows.add(one.row);
    }
  }

  /** The request as it was really carried out: rows left out are gone, others stand as they were written. */
  actual<T extends DataRequest>(request: T): T {
    if (this.#byRow.size === 0 || request.kind === 'add') return request;
    const { flowId, commandId, firstRow } = request.source;
    const rows = (request.rows as readonly ChangedRow[]).flatMap((row, at) => {
      const found = this.#byRow.get(rowKey(flowId, commandId, request.kind, firstRow + at));
      return found === undefined ? [row] : found.row === null ? [] : [found.row];
    });
    return { ...request, rows } as unknown as T;
  }

  /** Whether the row is one that was written otherwise than planned. */
  isDeviation(row: ChangedRow): boolean {
    return this.#rows.has(row);
  }

  /** Whether the batch writes a record again that an earlier row of its flow found changed. */
  touches(batch: Pick<CommitBatch, 'requests'>): boolean {
    return this.#records.size > 0 && batch.requests.some((request) => this.#touchesRow(request));
  }

  #touchesRow(request: DataRequest): boolean {
    if (request.kind === 'add') return false;
    return (request.rows as readonly ChangedRow[]).some((row) => this.wasChanged(request, row));
  }

  wasChanged({ source, app }: DataRequest, row: ChangedRow): boolean {
    return this.#records.has(`${source.flowId}/${app.appId}/${row.recordId}`);
  }

  /** For people: by output and fate, how many and which records. */
  reports(flowId: string): readonly CommandReport[] {
    const groups = new Map<string, Deviation[]>();
    for (const one of this.#byRow.values()) {
      if (one.flowId !== flowId) continue;
      const key = `${one.commandId}/${one.fate}`;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return [...groups.values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const values = group
        .slice(0, NAMED_MAX)
        .map(({ label, recordId }) => (label === '' ? `#${recordId}` : `${label} (#${recordId})`));
      const place = { flowId, commandId: first.commandId, appId: first.appId };
      const count = group.length;
      return [{ code: REPORTS[first.fate], count, params: { count, values }, place }];
    });
  }

  get isEmpty(): boolean {
    return this.#byRow.size === 0;
  }

  /** Both books in one. */
  with(other: ConflictBook): ConflictBook {
    const both = new ConflictBook();
    both.add([...this.#byRow.values(), ...other.#byRow.values()]);
    return both;
  }

  get unchangedCount(): number {
    return [...this.#byRow.values()].filter(({ fate }) => fate === 'same').length;
  }
}
