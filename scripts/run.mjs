// Runs one TypeScript file on plain Node (20 has no type stripping): node scripts/run.mjs FILE [ARG ...]
import { resolve } from 'node:path';
import process from 'node:process';
import { runnerImport } from 'vite';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node scripts/run.mjs FILE [ARG ...]');
  process.exit(2);
}
process.argv = [process.argv[0], resolve(file), ...args];
await runnerImport(resolve(file), { configFile: false, logLevel: 'error' });
