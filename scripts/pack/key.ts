/** The key that signs the plug-in. Its public half decides the plug-in id, so a release must keep its key. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';

export const DEVELOPMENT_KEY = '.nagare/nagare.ppk';

/** The key a release names by NAGARE_PRIVATE_KEY, else the one of this checkout. */
export function keyPath(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment['NAGARE_PRIVATE_KEY'];
  return named === undefined || named === '' ? DEVELOPMENT_KEY : named;
}

/**
 * PEM of the signing key. The checkout's own key is made when absent; a key that was named but is not
 * there is an error, because a new one would silently give the plug-in another id.
 */
export function signingKey(path: string = keyPath()): string {
  if (existsSync(path)) return checked(readFileSync(path, 'utf8'), path);
  if (path !== DEVELOPMENT_KEY) throw new Error(`The private key ${path} does not exist.`);
  // kintone's packer knows 1024-bit RSA keys in PKCS#1 only.
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, privateKey, { mode: 0o600 });
  return privateKey;
}

function checked(pem: string, path: string): string {
  if (!pem.includes('BEGIN RSA PRIVATE KEY')) throw new Error(`${path} is not a PKCS#1 private key.`);
  createPrivateKey(pem);
  return pem;
}
