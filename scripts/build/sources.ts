import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** TypeScript sources below a folder: text by path, as the path is written in the project. */
export function typeScriptSources(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => join(folder, file))
      .sort()
      .map((path) => [path, readFileSync(path, 'utf8')]),
  );
}
