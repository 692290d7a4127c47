/** Types of what test functions meet inside the page. */
import type { createKintone } from '../../kintone/pages/client/kintone';

/** Tests declare `kintone` of this type for themselves: it exists only inside functions that run in the page. */
export type PageKintone = ReturnType<typeof createKintone>;

declare global {
  interface Window {
    /** What handlers of a test have seen. */
    seen: Record<string, unknown>[];
    /** Survives as long as the document does. */
    mark: string | undefined;
  }
}
