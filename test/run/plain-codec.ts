/**
 * Stands in for the plan codec where time is virtual: compression and hashing run on real threads, whose
 * timing would leak into it and make stories unrepeatable. The real codec has tests of its own.
 */
export const encodePlanFile = async (
  plan: unknown,
): Promise<{ readonly chunks: readonly Uint8Array[]; readonly sha256: string }> => ({
  chunks: [new TextEncoder().encode(JSON.stringify(plan))],
  sha256: 'plain',
});

export const decodePlanFile = async (
  chunks: readonly Uint8Array[],
): Promise<{ readonly ok: true; readonly value: unknown }> => ({
  ok: true,
  value: JSON.parse(new TextDecoder().decode(chunks[0])),
});

export const packJson = async (
  value: unknown,
): Promise<{ readonly bytes: Uint8Array; readonly sha256: string }> => ({
  bytes: new TextEncoder().encode(JSON.stringify(value)),
  sha256: 'plain',
});

export const unpackJson = async (bytes: Uint8Array): Promise<unknown> =>
  JSON.parse(new TextDecoder().decode(bytes));
