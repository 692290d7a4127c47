import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyPath, signingKey } from '../../scripts/pack/key';
import { readManifest } from '../../scripts/pack/manifest';
import { pack } from '../../scripts/pack/pack';
import { withFixedTimes } from '../../scripts/pack/reproducible';
import { packOnce } from '../../scripts/pack/watcher';
import { pluginIdOf, readPackage } from '../kintone/pages/plugins/package';
import { type PluginRoot, pluginRoot, sortedFiles } from './plugin-root';

let root: PluginRoot;
beforeEach(() => {
  root = pluginRoot();
});
afterEach(() => root.remove());

const packRoot = () => pack(root.folder, join(root.folder, 'stage'));

describe('packing', () => {
  it('gives a signed package whose id comes from the public key and that holds every file as it is', async () => {
    const packed = await packRoot();
    const opened = readPackage(packed.zip);
    const publicKey = createPublicKey(signingKey()).export({ type: 'spki', format: 'der' });
    expect(packed.id).toBe(pluginIdOf(publicKey));
    expect(opened.id).toBe(packed.id);
    expect([...opened.files.keys()].sort()).toEqual(sortedFiles(root.folder));
    for (const [path, bytes] of opened.files) {
      expect(Buffer.from(bytes).equals(readFileSync(join(root.folder, path))), path).toBe(true);
    }
  });

  it('gives the same bytes again when only file times differ', async () => {
    const first = await packRoot();
    utimesSync(join(root.folder, 'manifest.json'), new Date(), new Date(0));
    const second = await packRoot();
    expect(Buffer.from(second.zip).equals(first.zip)).toBe(true);
  });

  it('takes the clock out of the outer archive and leaves its contents alone', () => {
    const archive = (mtime: string) =>
      withFixedTimes(
        zipSync({ 'a/b.txt': [strToU8('text'), { comment: 'c' }], 'c.txt': strToU8('') }, { mtime }),
      );
    const fixed = archive('2001-02-03T04:05:06');
    expect(fixed.equals(archive('2026-11-21T10:00:00'))).toBe(true);
    expect(unzipSync(fixed)).toEqual({ 'a/b.txt': strToU8('text'), 'c.txt': strToU8('') });
  });

  it('names a missing file once instead of ending the process', () => {
    rmSync(join(root.folder, 'plugin/js/panel.js'));
    expect(() => readManifest(root.folder)).toThrow(
      'manifest.json is not valid:\n' +
        '  /desktop/js/1: file should exist ("plugin/js/panel.js")\n' +
        '  /mobile/js/1: file should exist ("plugin/js/panel.js")',
    );
  });

  it('refuses a manifest that breaks the schema', () => {
    const path = join(root.folder, 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...manifest, type: 'SPACE' }));
    expect(() => readManifest(root.folder)).toThrow('/type');
  });

  it('carries the version of the project', () => {
    const version = JSON.parse(readFileSync('package.json', 'utf8')).version;
    expect(readManifest(root.folder).version).toBe(version);
  });
});

describe('the signing key', () => {
  it('is the one that NAGARE_PRIVATE_KEY names', () => {
    expect(keyPath({ NAGARE_PRIVATE_KEY: 'release.ppk' })).toBe('release.ppk');
    expect(keyPath({ NAGARE_PRIVATE_KEY: '' })).toBe(keyPath({}));
  });

  it('is never made up in the place of a named one', () => {
    const missing = join(root.folder, 'release.ppk');
    expect(() => signingKey(missing)).toThrow('does not exist');
    expect(existsSync(missing)).toBe(false);
  });

  it('has to be in the form that the packer reads', () => {
    const path = join(root.folder, 'release.ppk');
    writeFileSync(path, '-----BEGIN PRIVATE KEY-----\n');
    expect(() => signingKey(path)).toThrow('PKCS#1');
  });
});

describe('the packing watcher', () => {
  it('packs the same plug-in as the packer: id, files and their bytes', async () => {
    const packed = await packRoot();
    const zipPath = join(root.folder, 'watched.zip');
    await packOnce({
      manifestPath: join(root.folder, 'manifest.json'),
      privateKeyPath: keyPath(),
      zipPath,
    });
    const watched = readPackage(readFileSync(zipPath));
    const own = readPackage(packed.zip);
    expect(watched.id).toBe(own.id);
    expect([...watched.files.keys()].sort()).toEqual([...own.files.keys()].sort());
    for (const [path, bytes] of own.files) {
      expect(Buffer.from(watched.files.get(path) ?? []).equals(bytes), path).toBe(true);
    }
    expect(Object.keys(unzipSync(readFileSync(zipPath))).sort()).toEqual(
      Object.keys(unzipSync(packed.zip)).sort(),
    );
  });
});
