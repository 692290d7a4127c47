/** Prints the size of every built file and fails beyond its budget: npm run size */
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { BUDGETS } from './build/bundles';

const KIB = 1024;
const kib = (bytes: number): string => `${(bytes / KIB).toFixed(1)} KiB`.padStart(11);

let failed = false;
console.log(`${''.padEnd(24)}        raw       gzip     brotli      limit (gzip)`);
for (const { file, limitBytes } of BUDGETS) {
  if (!existsSync(file)) {
    console.error(`${file} is missing: npm run build`);
    failed = true;
    continue;
  }
  const bytes = readFileSync(file);
  const gzipBytes = gzipSync(bytes, { level: 9 }).length;
  const isOver = gzipBytes > limitBytes;
  failed ||= isOver;
  console.log(
    `${file.padEnd(22)}${kib(bytes.length)}${kib(gzipBytes)}${kib(brotliCompressSync(bytes).length)}` +
      `${kib(limitBytes)}  ${isOver ? 'OVER' : 'ok'}`,
  );
}
process.exitCode = failed ? 1 : 0;
