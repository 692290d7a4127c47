/**
 * Reading a packed plug-in: `contents.zip`, the public key and the signature over the contents.
 * Format: what `@kintone/plugin-packer` writes.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import imported from '@kintone/plugin-manifest-validator';
import { unzipSync } from 'fflate';

type Validate = typeof imported;

// Node hands over the whole CommonJS module as default import, Vitest only its default export.
const validateManifest = ((module: Validate | { default: Validate }) =>
  typeof module === 'function' ? module : module.default)(imported);

export type PackageErrorCode =
  | 'NOT_A_ZIP'
  | 'PART_MISSING'
  | 'SIGNATURE_WRONG'
  | 'MANIFEST_INVALID'
  | 'FILE_MISSING'
  | 'UNKNOWN_PLUGIN'
  | 'UNKNOWN_APP'
  | 'TOO_MANY_PLUGINS';

/** Why a plug-in cannot be installed or added. */
export class PackageError extends Error {
  readonly code: PackageErrorCode;
  constructor(code: PackageErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export interface FileList {
  js?: string[];
  css?: string[];
}

export interface Manifest {
  version: number | string;
  name: Record<string, string> & { en: string };
  description?: Record<string, string>;
  icon: string;
  desktop?: FileList;
  mobile?: FileList;
  config?: FileList & { html?: string; required_params?: string[] };
}

export interface PluginPackage {
  id: string;
  manifest: Manifest;
  /** By path inside contents.zip. */
  files: ReadonlyMap<string, Uint8Array>;
}

function unzip(bytes: Uint8Array, what: string): Map<string, Uint8Array> {
  try {
    return new Map(Object.entries(unzipSync(bytes)));
  } catch (cause) {
    throw new PackageError('NOT_A_ZIP', `${what} is not a zip archive: ${String(cause)}`);
  }
}

function part(parts: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const bytes = parts.get(name);
  if (bytes === undefined) throw new PackageError('PART_MISSING', `The package has no ${name}.`);
  return bytes;
}

/** First 32 hex digits of the SHA-256 of the key, with 0-f written as a-p. */
export function pluginIdOf(publicKeyDer: Uint8Array): string {
  const hex = createHash('sha256').update(publicKeyDer).digest('hex').slice(0, 32);
  return hex.replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
}

function isSigned(contents: Uint8Array, publicKeyDer: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKeyDer), format: 'der', type: 'spki' });
  return verify('RSA-SHA1', contents, key, signature);
}

/** The manifest's own files; addresses of other servers are not among them. */
export function localFiles(manifest: Manifest): string[] {
  const { desktop, mobile, config, icon } = manifest;
  const lists = [desktop, mobile, config].flatMap((list) => [...(list?.js ?? []), ...(list?.css ?? [])]);
  const html = config?.html === undefined ? [] : [config.html];
  return [icon, ...html, ...lists.filter((path) => !path.startsWith('https://'))];
}

function readManifest(files: ReadonlyMap<string, Uint8Array>): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(part(files, 'manifest.json')));
  } catch (cause) {
    if (cause instanceof PackageError) throw cause;
    throw new PackageError('MANIFEST_INVALID', `manifest.json is not JSON: ${String(cause)}`);
  }
  const { valid, errors } = validateManifest(json as Record<string, unknown>, {
    relativePath: (path) => !/^(https?:)?\/|\.\./.test(path),
    // A file that is not there is told apart below.
    maxFileSize: (maxBytes, path) => (files.get(path)?.byteLength ?? 0) <= maxBytes,
  });
  if (!valid) throw new PackageError('MANIFEST_INVALID', JSON.stringify(errors));
  return json as Manifest;
}

/**
 * Opens and checks a packed plug-in.
 * @throws PackageError when a part is missing, the signature does not fit, or the manifest is not valid
 */
export function readPackage(zip: Uint8Array): PluginPackage {
  const parts = unzip(zip, 'The package');
  const contents = part(parts, 'contents.zip');
  const publicKey = part(parts, 'PUBKEY');
  if (!isSigned(contents, publicKey, part(parts, 'SIGNATURE'))) {
    throw new PackageError('SIGNATURE_WRONG', 'The signature does not belong to these contents.');
  }
  const files = unzip(contents, 'contents.zip');
  const manifest = readManifest(files);
  for (const path of localFiles(manifest)) {
    if (!files.has(path))
      throw new PackageError('FILE_MISSING', `The manifest names ${path}, which is not there.`);
  }
  return { id: pluginIdOf(publicKey), manifest, files };
}
