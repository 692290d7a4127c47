import packer from '@kintone/plugin-packer';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { PackageError, readPackage } from '../../kintone/pages/plugins/package';
import { newKeys, packageParts, packPlugin } from './make-plugin';

const source = {
  manifest: { desktop: { js: ['js/a.js', 'https://example.com/b.js'] }, config: { html: 'config.html' } },
  files: { 'js/a.js': 'a()', 'config.html': '<p></p>' },
};

const keys = newKeys();

function codeOf(zip: Uint8Array): string | null {
  try {
    readPackage(zip);
    return null;
  } catch (error) {
    return error instanceof PackageError ? error.code : String(error);
  }
}

describe('readPackage', () => {
  it('opens what the official packer wrote, with the same id', async () => {
    const { 'contents.zip': contents } = packageParts(source, keys);
    const pem = keys.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    const { plugin, id } = await packer(Buffer.from(contents ?? []), pem);
    expect(readPackage(plugin)).toMatchObject({ id, manifest: { name: { en: 'Test plug-in' } } });
    expect(id).toMatch(/^[a-p]{32}$/);
  });

  it('gives one key one id', () => {
    const again = { ...source, manifest: { ...source.manifest, version: '2.0.0' } };
    expect(readPackage(packPlugin(source, keys)).id).toBe(readPackage(packPlugin(again, keys)).id);
    expect(readPackage(packPlugin(source)).id).not.toBe(readPackage(packPlugin(source, keys)).id);
  });

  it.each(['contents.zip', 'PUBKEY', 'SIGNATURE'])('misses %s', (name) => {
    const { [name]: _missing, ...rest } = packageParts(source, keys);
    expect(codeOf(zipSync(rest))).toBe('PART_MISSING');
  });

  it('refuses contents that were changed after signing', () => {
    const other = packageParts({ ...source, files: { ...source.files, 'js/a.js': 'evil()' } }, keys);
    const parts = packageParts(source, keys);
    expect(codeOf(zipSync({ ...parts, 'contents.zip': other['contents.zip'] ?? new Uint8Array() }))).toBe(
      'SIGNATURE_WRONG',
    );
  });

  it('refuses a signature of another key', () => {
    const parts = packageParts(source, keys);
    const foreign = packageParts(source, newKeys());
    expect(codeOf(zipSync({ ...parts, PUBKEY: foreign['PUBKEY'] ?? new Uint8Array() }))).toBe(
      'SIGNATURE_WRONG',
    );
  });

  it('refuses what is no zip, no valid manifest, or lacks a named file', () => {
    expect(codeOf(new TextEncoder().encode('hello'))).toBe('NOT_A_ZIP');
    expect(codeOf(packPlugin({ ...source, manifest: { type: 'SPACE' } }))).toBe('MANIFEST_INVALID');
    expect(codeOf(packPlugin({ ...source, files: { 'config.html': '' } }))).toBe('FILE_MISSING');
    const tooLong = { ...source.files, 'config.html': 'x'.repeat(65_536) };
    expect(codeOf(packPlugin({ ...source, files: tooLong }))).toBe('MANIFEST_INVALID');
  });
});
