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
