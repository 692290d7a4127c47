import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** The types of `window.nagare`: a file that needs no other, for programs of kintone pages. */
const SOURCE = 'src/record/api/nagare.ts';
const TYPES_FILE = 'nagare.d.ts';

/** Writes the types into a folder and answers their path. */
export function writeTypes(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, TYPES_FILE);
  copyFileSync(SOURCE, path);
  return path;
}
