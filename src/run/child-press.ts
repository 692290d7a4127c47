/** The same start of the same run has the same press, so that no resume makes a second run of it. */
export async function childPressId(runId: string, flowId: string, commandId: string): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify([runId, flowId, commandId]));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  const hex = [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
