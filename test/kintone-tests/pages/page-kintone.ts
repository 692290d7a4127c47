/** Types of what test functions meet inside the page. */
import type { createKintone } from '../../kintone/pages/client/kintone';

export type PageKintone = ReturnType<typeof createKintone>;

declare global {
  /** Exists only in the browser; tests name it inside functions that run there. */
  const kintone: PageKintone;
  interface Window {
    /** What handlers of a test have seen. */
    seen: Record<string, unknown>[];
    /** Survives as long as the document does. */
    mark: string | undefined;
  }
}
