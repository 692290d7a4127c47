/** Checking and collecting what the manifest names, before the packer (which ends the process on a missing file). */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import imported from '@kintone/plugin-manifest-validator';

type Validate = typeof imported;

// Node hands over the whole CommonJS module as default import, Vitest only its default export.
const validate = ((module: Validate | { default: Validate }) =>
  typeof module === 'function' ? module : module.default)(imported);

interface FileList {
  readonly js?: readonly string[];
  readonly css?: readonly string[];
}

export interface Manifest {
  readonly version: number | string;
  readonly icon: string;
  readonly desktop?: FileList;
  readonly mobile?: FileList;
  readonly config?: FileList & { readonly html?: string };
}

/**
 * Reads a manifest and checks it and every file it names.
 * @param root folder that the manifest's paths start from
 * @throws Error with all findings, one a line
 */
export function readManifest(root: string): Manifest {
  const json: Record<string, unknown> = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'));
  const exists = (path: string): boolean => existsSync(join(root, path));
  const { valid, errors } = validate(json, {
    relativePath: (path) => exists(path),
    fileExists: (path) => exists(path),
    maxFileSize: (maxBytes, path) => !exists(path) || statSync(join(root, path)).size <= maxBytes,
  });
  if (valid === true) return json as unknown as Manifest;
  // One missing file fails the format, existence and alternatives of its place: said once is enough.
  const findings = (errors ?? [])
    .filter((error) => error.keyword !== 'format' && error.keyword !== 'anyOf')
    .map((error) => `  ${error.instancePath || '/'}: ${error.message ?? error.keyword}`);
  throw new Error(`manifest.json is not valid:\n${[...new Set(findings)].join('\n')}`);
}

/** Files of our own that the manifest names, each once, itself included. */
export function packedFiles(manifest: Manifest): readonly string[] {
  const { desktop, mobile, config, icon } = manifest;
  const lists = [desktop, mobile, config].flatMap((list) => [...(list?.js ?? []), ...(list?.css ?? [])]);
  const html = config?.html === undefined ? [] : [config.html];
  const own = lists.filter((path) => !path.startsWith('https://'));
  return [...new Set(['manifest.json', icon, ...html, ...own])];
}
