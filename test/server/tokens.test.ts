import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileStore } from '../../src/node/server/store/file-store';
import { markedTokens } from '../../src/node/server/tokens';
import { tokenStoreSuite } from '../trigger/token-store-suite';

tokenStoreSuite('the server’s store', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nagare-tokens-'));
  // The suite issues its tokens in 1970.
  const store = await openFileStore({ folder, workers: 1, nowMs: () => 1_000 });
  return {
    store: markedTokens(store.marks),
    async close() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});
