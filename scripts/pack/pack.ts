import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packPluginFromManifest } from '@kintone/plugin-packer/from-manifest';
import { signingKey } from './key';
import { packedFiles, readManifest } from './manifest';
import { stage, withFixedTimes } from './reproducible';
import { writeTypes } from './types';

export const STAGE_DIR = 'dist/package';
export const PLUGIN_ZIP = 'dist/nagare.zip';

export interface Packed {
  readonly id: string;
  readonly zip: Uint8Array;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/** Packs the built plug-in in memory. Throws with every finding when the manifest or a file is wrong. */
export async function pack(root = '.', stageDir = STAGE_DIR, privateKey = signingKey()): Promise<Packed> {
  const files = packedFiles(readManifest(root));
  stage(root, files, stageDir);
  const { id, plugin } = await packPluginFromManifest(join(stageDir, 'manifest.json'), privateKey);
  return {
    id,
    zip: withFixedTimes(plugin),
    files: files.map((path) => ({ path, bytes: readFileSync(join(root, path)).length })),
  };
}

/** Packs to a file, and puts the types for programs beside it. */
export async function packTo(path: string = PLUGIN_ZIP): Promise<Packed> {
  const packed = await pack();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, packed.zip);
  writeTypes(dirname(path));
  return packed;
}
