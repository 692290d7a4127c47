import type { StoredConfig } from '../kintone/boot-index';
import type { RecordPage } from './page';

/** kintone was seen to answer null right after a page has loaded. */
const CONFIG_TRIES = 6;
const CONFIG_RETRY_MS = 200;

/** What is stored for the plug-in; null when nothing was saved yet. */
export async function storedConfig(page: Pick<RecordPage, 'config'>): Promise<StoredConfig | null> {
  for (let tries = 1; ; tries += 1) {
    const config = page.config();
    if (config !== null || tries === CONFIG_TRIES) return config;
    await new Promise((done) => setTimeout(done, CONFIG_RETRY_MS));
  }
}
