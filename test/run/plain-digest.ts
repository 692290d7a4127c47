/**
 * Hashes in this thread while time is virtual: `crypto.subtle` works on real threads, and a busy machine would let
 * virtual minutes pass meanwhile. The values are the same.
 */
import { createHash } from 'node:crypto';
import { vi } from 'vitest';

export function hashInThisThread(): void {
  vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (_algorithm, data) => {
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
    return Uint8Array.from(createHash('sha256').update(bytes).digest()).buffer;
  });
}
