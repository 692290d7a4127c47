/**
 * Stands in for the plan codec where time is virtual: compression and hashing run on real threads, whose
 * timing would leak into it and make stories unrepeatable. Hashes are real, and what is damaged is refused; nothing is
 * compressed. The real codec has tests of its own.
 */
import { createHash } from 'node:crypto';
import { fail, failure, ok, type Result } from '../../src/definition/errors';
import type { PlanFile } from '../../src/run/plan-file';

interface Packed {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export async function packJson(value: unknown): Promise<Packed> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return { bytes, sha256: hashOf(bytes) };
}

export async function unpackJson(bytes: Uint8Array, isHash: (sha256: string) => boolean): Promise<unknown> {
  return isHash(hashOf(bytes)) ? JSON.parse(new TextDecoder().decode(bytes)) : null;
}

export async function encodePlanFile(
  plan: PlanFile,
): Promise<{ readonly chunks: readonly Uint8Array[]; readonly sha256: string }> {
  const { bytes, sha256 } = await packJson(plan);
  return { chunks: [bytes], sha256 };
}

export async function decodePlanFile(
  [bytes = new Uint8Array()]: readonly Uint8Array[],
  sha256: string,
): Promise<Result<PlanFile>> {
  const plan = await unpackJson(bytes, (found) => found === sha256);
  return plan === null ? fail(failure('planDamaged')) : ok(plan as PlanFile);
}
