/** Press ids that follow from what caused them: the same notification or schedule always makes the same run. */
import { createHash } from 'node:crypto';

/** Ours, made once at random: names of other programs cannot make the same ids. */
const NAMESPACE = 'ad2f2a04-3b1e-4f0c-9d57-6c1f0c6f2f11';

/** UUID version 5 (RFC 9562, section 5.5) of a name. */
export function pressIdOf(...parts: readonly string[]): string {
  const hash = createHash('sha1')
    .update(Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'))
    .update(JSON.stringify(parts))
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.subarray(0, 16).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
