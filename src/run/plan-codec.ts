import { fail, failure, ok, type Result } from '../definition/errors';
import type { PlanFile } from './plan-file';

/** kintone takes files up to 1 GiB; chunks of 5 MB keep one lost upload cheap. */
const CHUNK_BYTES = 5_000_000;

/** gzip of the JSON in chunks, and the SHA-256 (hex) of the whole. */
export async function encodePlanFile(
  plan: PlanFile,
): Promise<{ readonly chunks: readonly Uint8Array[]; readonly sha256: string }> {
  const text = new TextEncoder().encode(JSON.stringify(plan));
  const packed = await pipe(text, new CompressionStream('gzip'));
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < packed.length; start += CHUNK_BYTES)
    chunks.push(packed.subarray(start, start + CHUNK_BYTES));
  return { chunks, sha256: await sha256Hex(packed) };
}

/** Refuses a file whose hash is not the one the journal holds: `planDamaged`. */
export async function decodePlanFile(
  chunks: readonly Uint8Array[],
  sha256: string,
): Promise<Result<PlanFile>> {
  const packed = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    packed.set(chunk, offset);
    offset += chunk.length;
  }
  if ((await sha256Hex(packed)) !== sha256) return fail(failure('planDamaged'));
  try {
    const text = new TextDecoder().decode(await pipe(packed, new DecompressionStream('gzip')));
    const plan = JSON.parse(text) as PlanFile;
    return plan.version === 1 ? ok(plan) : fail(failure('planVersion', { version: String(plan.version) }));
  } catch {
    return fail(failure('planDamaged'));
  }
}

/** gzip of a value's JSON, and its SHA-256 (hex). */
export async function packJson(
  value: unknown,
): Promise<{ readonly bytes: Uint8Array; readonly sha256: string }> {
  const bytes = await pipe(new TextEncoder().encode(JSON.stringify(value)), new CompressionStream('gzip'));
  return { bytes, sha256: await sha256Hex(bytes) };
}

/** The value again; null when the bytes do not have the hash they should have. */
export async function unpackJson(bytes: Uint8Array, isHash: (sha256: string) => boolean): Promise<unknown> {
  if (!isHash(await sha256Hex(bytes))) return null;
  try {
    return JSON.parse(new TextDecoder().decode(await pipe(bytes, new DecompressionStream('gzip'))));
  } catch {
    return null;
  }
}

async function pipe(bytes: Uint8Array, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const source = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
  return new Uint8Array(await new Response(source.pipeThrough(stream)).arrayBuffer());
}

async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
