/** Settings of one plug-in in one app: prepared ones and, after the app was updated, live ones. */
import type { App } from '../../store/app';
import type { PluginConfig, ProxyConfig } from '../shared';

interface Saved {
  /** Revision of the prepared app settings this belongs to; it is live when the live side has reached it. */
  revision: number;
  config: PluginConfig | null;
  proxyConfigs: ProxyConfig[];
}

const nothing: Saved = { revision: 0, config: null, proxyConfigs: [] };

const sameKey = (a: ProxyConfig, b: ProxyConfig): boolean => a.url === b.url && a.method === b.method;

const isEmpty = ({ headers, data }: ProxyConfig): boolean =>
  Object.keys(headers).length === 0 && Object.keys(data).length === 0;

/**
 * Follows the app's own revisions instead of copying on deployment: saving raises the prepared revision as any
 * change of app settings does, and deploying raises the live one past it.
 */
export class PluginSettings {
  private history: Saved[] = [];

  private at(revision: number): Saved {
    return this.history.findLast((saved) => saved.revision <= revision) ?? nothing;
  }

  /** What the settings page reads. */
  prepared(app: App): Saved {
    return this.at(app.preview.revision);
  }

  /** What record pages read. */
  live(app: App): Saved {
    return app.live === null ? nothing : this.at(app.live.revision);
  }

  private save(app: App, next: Omit<Saved, 'revision'>): void {
    // A revert takes the prepared revision back; what was saved after it is gone.
    const kept = this.history.filter(({ revision }) => revision <= app.preview.revision);
    app.preview.revision += 1;
    this.history = [...kept, { revision: app.preview.revision, ...next }];
  }

  /** Replaces the settings as a whole. */
  saveConfig(app: App, config: PluginConfig): void {
    this.save(app, { config, proxyConfigs: this.prepared(app).proxyConfigs });
  }

  /** Adds or replaces the entry of (url, method); empty headers and data delete it. */
  saveProxyConfig(app: App, saved: ProxyConfig): void {
    const { config, proxyConfigs } = this.prepared(app);
    const others = proxyConfigs.filter((one) => !sameKey(one, saved));
    this.save(app, { config, proxyConfigs: isEmpty(saved) ? others : [...others, saved] });
  }
}
