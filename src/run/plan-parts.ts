/** The plans of a run as files of its record: their names, their order, and reading them again. */
import type { Result } from '../definition/errors';
import { decodePlanFile } from './plan-codec';
import type { PlanFile } from './plan-file';
import type { JournalFile, JournalPort } from './ports';

/** `firstRow` tells the plans of one run apart, the index orders the chunks of one plan. */
export const planFileName = (firstRow: number, chunk: number): string =>
  `plan-${firstRow}-${chunk + 1}.json.gz`;

/**
 * The plans of a run, in the order they were made: each with its chunks in order and its hash.
 * Files that are not named like a plan's are left out.
 */
export function planParts(
  files: readonly JournalFile[],
  planHash: string,
): readonly { readonly files: readonly JournalFile[]; readonly sha256: string }[] {
  const hashes = planHash.split(' ');
  const byRow = new Map<number, { file: JournalFile; chunk: number }[]>();
  for (const file of files) {
    const match = /^plan-(\d+)-(\d+)\.json\.gz$/.exec(file.name);
    if (match === null) continue;
    const row = Number(match[1]);
    byRow.set(row, [...(byRow.get(row) ?? []), { file, chunk: Number(match[2]) }]);
  }
  return [...byRow.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, parts], index) => ({
      files: parts.sort((a, b) => a.chunk - b.chunk).map((part) => part.file),
      sha256: hashes[index] ?? '',
    }));
}

/** Downloads and checks one plan of a run. */
export async function loadPlan(
  journal: Pick<JournalPort, 'download'>,
  part: ReturnType<typeof planParts>[number],
): Promise<Result<PlanFile>> {
  const chunks: Uint8Array[] = [];
  for (const file of part.files) chunks.push(await journal.download(file));
  return decodePlanFile(chunks, part.sha256);
}
