/** A folder with the real manifest and small files in the places it names. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packedFiles, readManifest } from '../../scripts/pack/manifest';

export interface PluginRoot {
  readonly folder: string;
  readonly remove: () => void;
}

const OWN_FILES = [
  'plugin/js/desktop.js',
  'plugin/js/mobile.js',
  'plugin/js/panel.js',
  'plugin/js/config.js',
  'plugin/css/config.css',
];

export function pluginRoot(): PluginRoot {
  const folder = mkdtempSync(join(tmpdir(), 'nagare-pack-'));
  for (const file of ['manifest.json', 'plugin/icon.png', 'plugin/config.html']) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(file, join(folder, file));
  }
  for (const file of OWN_FILES) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `/* ${file} */\n`.repeat(20));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The manifest's files in order of the alphabet. */
export const sortedFiles = (folder: string): readonly string[] =>
  [...packedFiles(readManifest(folder))].sort();
