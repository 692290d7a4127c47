/**
 * The same sources and key must give the same package byte for byte, so that anybody can check a release.
 * The packer's zips carry file times and modes: those of the contents come from the files themselves,
 * those of the outer archive from the clock.
 */
import { chmodSync, copyFileSync, mkdirSync, rmSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Zips keep local time without a zone; built from local parts it reads the same everywhere. */
const FIXED_TIME = new Date(2000, 0, 1, 0, 0, 0);
/** 2000-01-01 00:00 as DOS time and date. */
const FIXED_DOS_TIME = 0;
const FIXED_DOS_DATE = ((2000 - 1980) << 9) | (1 << 5) | 1;

const CENTRAL_ENTRY = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
/** Lengths without the variable parts (PKWARE APPNOTE 4.3). */
const END_LENGTH = 22;
const CENTRAL_LENGTH = 46;

/** Copies files to a fresh folder with one time and mode for all. */
export function stage(root: string, files: readonly string[], folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const file of files) {
    const target = join(folder, file);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(root, file), target);
    chmodSync(target, 0o644);
    utimesSync(target, FIXED_TIME, FIXED_TIME);
  }
}

/** The archive with all its times fixed. The signature covers contents.zip only, so it stays valid. */
export function withFixedTimes(zip: Uint8Array): Buffer {
  const bytes = Buffer.from(zip);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + END_LENGTH > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) {
    throw new Error('The packer wrote no zip archive.');
  }
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== CENTRAL_ENTRY) throw new Error('The zip directory is damaged.');
    fixTime(bytes, at + 12);
    fixTime(bytes, bytes.readUInt32LE(at + 42) + 10);
    const variable = [28, 30, 32].reduce((sum, offset) => sum + bytes.readUInt16LE(at + offset), 0);
    at += CENTRAL_LENGTH + variable;
  }
  return bytes;
}

function fixTime(bytes: Buffer, at: number): void {
  bytes.writeUInt16LE(FIXED_DOS_TIME, at);
  bytes.writeUInt16LE(FIXED_DOS_DATE, at + 2);
}
