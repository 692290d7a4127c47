/** Packs small plug-ins for tests, signed like real ones. */
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';

export interface KeyPair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** 1024 bits are what plug-in ids are made from. */
export function newKeys(): KeyPair {
  return generateKeyPairSync('rsa', { modulusLength: 1024 });
}

// One transparent pixel, since a manifest must name an icon.
const icon = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** The files of a plug-in by path; `manifest` is completed with what every manifest needs. */
export interface PluginSource {
  manifest: Record<string, unknown>;
  files: Record<string, string>;
}

/** Parts of a package, for tests that damage one. */
export function packageParts(source: PluginSource, keys: KeyPair): Record<string, Uint8Array> {
  const manifest = {
    manifest_version: 1,
    version: '1.0.0',
    type: 'APP',
    name: { en: 'Test plug-in', ja: '試験プラグイン' },
    icon: 'icon.gif',
    ...source.manifest,
  };
  const files = Object.entries(source.files).map(([path, text]) => [path, strToU8(text)] as const);
  const contents = zipSync({
    'manifest.json': strToU8(JSON.stringify(manifest)),
    'icon.gif': icon,
    ...Object.fromEntries(files),
  });
  return {
    'contents.zip': contents,
    PUBKEY: keys.publicKey.export({ type: 'spki', format: 'der' }),
    SIGNATURE: createSign('RSA-SHA1').update(contents).sign(keys.privateKey),
  };
}

/** A packed plug-in. */
export function packPlugin(source: PluginSource, keys: KeyPair = newKeys()): Uint8Array {
  return zipSync(packageParts(source, keys));
}
