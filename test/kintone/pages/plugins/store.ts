/** The plug-ins of the domain, their files under opaque addresses, and their settings per app. */
import { createHash } from 'node:crypto';
import type { App } from '../../store/app';
import type { PluginListItem } from '../shared';
import { type FileList, type Manifest, PackageError, type PluginPackage, readPackage } from './package';
import { preparedSettings } from './settings';

/** https://jp.cybozu.help/k/ja/admin/limitation/limit.html */
const MAX_PLUGINS_PER_APP = 20;

export interface PluginFile {
  bytes: Uint8Array;
  contentType: string;
}

const contentTypes: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  png: 'image/png',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  bmp: 'image/bmp',
};

function contentTypeOf(path: string): string {
  return contentTypes[path.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}

/** Addresses of a plug-in's files on one kind of page, in the manifest's order. */
export interface FileAddresses {
  js: string[];
  css: string[];
}

export class PluginStore {
  private packages = new Map<string, PluginPackage>();
  private contents = new Map<string, PluginFile>();

  /** Installs or replaces a plug-in of the domain; settings of an earlier version stay. */
  install(zip: Uint8Array): string {
    const plugin = readPackage(zip);
    this.packages.set(plugin.id, plugin);
    for (const [path, bytes] of plugin.files) {
      this.contents.set(this.contentId(plugin, path), { bytes, contentType: contentTypeOf(path) });
    }
    return plugin.id;
  }

  /** Changes with the content, so that a new version is never hidden by a browser's cache. */
  private contentId(plugin: PluginPackage, path: string): string {
    const bytes = plugin.files.get(path) ?? new Uint8Array();
    return createHash('sha256').update(`${plugin.id}\n${path}\n`).update(bytes).digest('hex').slice(0, 40);
  }

  find(id: string): PluginPackage | undefined {
    return this.packages.get(id);
  }

  all(): PluginPackage[] {
    return [...this.packages.values()];
  }

  fileAt(contentId: string): PluginFile | undefined {
    return this.contents.get(contentId);
  }

  /**
   * Adds a plug-in to both sides of an app, as if the app had been updated afterwards.
   * @throws PackageError for an unknown plug-in or more than 20 in one app
   */
  addToApp(app: App, id: string): void {
    if (!this.packages.has(id)) throw new PackageError('UNKNOWN_PLUGIN', `There is no plug-in ${id}.`);
    for (const side of [app.preview, app.live]) {
      if (side === null || side.plugins.includes(id)) continue;
      if (side.plugins.length >= MAX_PLUGINS_PER_APP) {
        throw new PackageError('TOO_MANY_PLUGINS', `An app has at most ${MAX_PLUGINS_PER_APP} plug-ins.`);
      }
      // Both sides may share one list.
      side.plugins = [...side.plugins, id];
    }
  }

  /** The plug-ins of one side of an app that are installed, in their order. */
  inApp(ids: readonly string[]): PluginPackage[] {
    return ids.flatMap((id) => this.packages.get(id) ?? []);
  }

  /** Where a page loads the files of one of the manifest's lists from. */
  addresses(plugin: PluginPackage, list: FileList | undefined, downloadUrl: string): FileAddresses {
    const address = (path: string): string =>
      path.startsWith('https://') ? path : `${downloadUrl}?contentId=${this.contentId(plugin, path)}`;
    return { js: (list?.js ?? []).map(address), css: (list?.css ?? []).map(address) };
  }

  /** The fragment of the settings page; '' when the plug-in has none. */
  configHtml(plugin: PluginPackage): string {
    const path = plugin.manifest.config?.html;
    return path === undefined ? '' : new TextDecoder().decode(plugin.files.get(path));
  }

  listItem(app: App, plugin: PluginPackage, language: string): PluginListItem {
    const { manifest, id } = plugin;
    const saved = preparedSettings(app, id).config ?? {};
    const required = manifest.config?.required_params ?? [];
    return {
      id,
      name: pluginName(manifest, language),
      description: manifest.description?.[language] ?? manifest.description?.['en'] ?? '',
      version: String(manifest.version),
      hasConfig: manifest.config?.html !== undefined,
      missingParams: required.filter((name) => !saved[name]),
    };
  }
}

/** The plug-in's name in the language, else in English. */
export function pluginName(manifest: Manifest, language: string): string {
  return manifest.name[language] ?? manifest.name.en;
}
