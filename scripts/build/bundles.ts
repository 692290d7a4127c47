/** The files that a build makes, and how large each may grow. */

export interface Bundle {
  /** Name of the Vite environment and of the script. */
  readonly name: string;
  readonly entry: string;
  /**
   * script: evaluated when kintone loads it;
   * lazy: functions that are called on the first press (see `lazyParts`);
   * node: the command line.
   */
  readonly kind: 'script' | 'lazy' | 'node';
  /** Whether a style sheet may come out; record pages style themselves inside their shadow root. */
  readonly hasStyle: boolean;
  /** Further entries of a lazy bundle, by name: what is evaluated in another thread. */
  readonly parts?: Readonly<Record<string, string>>;
}

export const BUNDLES: readonly Bundle[] = [
  { name: 'config', entry: 'src/config/main.tsx', kind: 'script', hasStyle: true },
  { name: 'desktop', entry: 'src/record/boot.ts', kind: 'script', hasStyle: false },
  { name: 'mobile', entry: 'src/mobile/boot.ts', kind: 'script', hasStyle: false },
  {
    name: 'panel',
    entry: 'src/record/panel/main.ts',
    kind: 'lazy',
    hasStyle: false,
    parts: { engine: 'src/record/engine/main.ts' },
  },
  { name: 'nagare', entry: 'src/node/main.ts', kind: 'node', hasStyle: false },
];

export const PLUGIN_DIR = 'plugin';
export const NODE_DIR = 'dist/node';

const KIB = 1024;

export interface Budget {
  readonly file: string;
  /** Of the file after gzip, as a browser would get it. */
  readonly limitBytes: number;
}

/** Boot is paid for on every record page; the panel only by those who press the button. */
export const BUDGETS: readonly Budget[] = [
  { file: 'plugin/js/desktop.js', limitBytes: 8 * KIB },
  { file: 'plugin/js/mobile.js', limitBytes: 8 * KIB },
  // React 65, TanStack Query 11, the engine 100, texts in three languages 45, screens 25 (docs/decisions.md).
  { file: 'plugin/js/panel.js', limitBytes: 322 * KIB },
  { file: 'plugin/js/config.js', limitBytes: 484 * KIB },
  { file: 'plugin/css/config.css', limitBytes: 12 * KIB },
];
