/** Bundles the engine the way a build does, so that what is measured is what ships. */
import { build } from 'vite';

export const ENGINE_FILE = 'dist/bench/nagare.mjs';

export async function buildEngine(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: 'dist/bench',
      emptyOutDir: true,
      ssr: true,
      target: 'node20',
      minify: true,
      rolldownOptions: {
        input: { nagare: 'test/bench/engines/nagare.ts' },
        output: { format: 'esm', entryFileNames: '[name].mjs' },
      },
    },
    ssr: { noExternal: true },
  });
}
