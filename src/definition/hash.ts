/** Fingerprint of what a run is going to do: proves that preview, run and resume saw the same settings. */
import { canonicalJson } from './json';
import type { ExecutionUnit, Flow, Json } from './types';

/**
 * SHA-256 (hex) of the unit and of the flows it lists, in the unit's order. Flows it does not list do
 * not count, so editing somebody else's flow does not stop a run from being resumed.
 */
export async function definitionHash(unit: ExecutionUnit, flows: readonly Flow[]): Promise<string> {
  const byId = new Map(flows.map((flow) => [flow.id, flow]));
  const used = unit.flowIds.flatMap((id) => byId.get(id) ?? []);
  const text = canonicalJson({ unit, flows: used } as unknown as Json);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
