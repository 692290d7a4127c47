import type { CommitBatch } from '../plan';

/**
 * Which record ids kintone gave to the rows a run added. Kept in the run record beside the cursor, so
 * that undo knows them. Those of a commit whose answer was lost are looked for (`read-back.ts`), and stay unknown
 * where that is not certain.
 */
export interface CreatedRows {
  note(batch: CommitBatch, idsPerRequest: readonly (readonly string[])[]): void;
  /** For the run record: one line per request, ids as ranges. */
  text(): string;
  /** Ids of the rows of one request, in row order; empty when they are not known. */
  of(flowId: string, commandId: string, firstRow: number): readonly string[];
  /** Highest id that was noted for the app here (not by an earlier owner of the run); null: none. */
  highestIn(appId: string): number | null;
}

/** `text` is what an earlier owner of the run has noted. Lines that cannot be read are left out. */
export function createdRows(text = ''): CreatedRows {
  const known = new Map<string, readonly string[]>();
  const highest = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [key, ranges] = line.split(' ');
    if (key !== undefined && ranges !== undefined && ranges !== '') known.set(key, idsOf(ranges));
  }
  const keyOf = (flowId: string, commandId: string, firstRow: number): string =>
    `${flowId}/${commandId}/${firstRow}`;
  return {
    note(batch, idsPerRequest) {
      for (const [index, request] of batch.requests.entries()) {
        const ids = idsPerRequest[index] ?? [];
        const { flowId, commandId, firstRow } = request.source;
        if (request.kind !== 'add' || ids.length !== request.rows.length) continue;
        known.set(keyOf(flowId, commandId, firstRow), ids);
        const { appId } = request.app;
        highest.set(appId, Math.max(highest.get(appId) ?? 0, ...ids.map(Number)));
      }
    },
    text: () => [...known].map(([key, ids]) => `${key} ${rangesOf(ids)}`).join('\n'),
    of: (flowId, commandId, firstRow) => known.get(keyOf(flowId, commandId, firstRow)) ?? [],
    highestIn: (appId) => highest.get(appId) ?? null,
  };
}

/** kintone numbers the rows of one request one after the other, so ranges are short. */
function rangesOf(ids: readonly string[]): string {
  const ranges: string[] = [];
  let start = 0;
  for (let index = 1; index <= ids.length; index += 1) {
    if (index < ids.length && Number(ids[index]) === Number(ids[index - 1]) + 1) continue;
    ranges.push(index - start === 1 ? `${ids[start]}` : `${ids[start]}-${ids[index - 1]}`);
    start = index;
  }
  return ranges.join(',');
}

function idsOf(ranges: string): readonly string[] {
  return ranges.split(',').flatMap((range) => {
    const match = /^(\d+)(?:-(\d+))?$/.exec(range);
    if (match === null) return [];
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_unused, index) => String(first + index));
  });
}
