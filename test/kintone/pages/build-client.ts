/** Builds the browser script and its style sheet in memory, once per process. */
import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';

export interface ClientFiles {
  script: string;
  style: string;
}

let built: Promise<ClientFiles> | null = null;

async function run(): Promise<ClientFiles> {
  const result = (await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('.', import.meta.url)),
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      cssCodeSplit: false,
      lib: {
        entry: fileURLToPath(new URL('./client/main.ts', import.meta.url)),
        formats: ['iife'],
        name: 'localKintonePage',
        fileName: 'page',
      },
    },
  })) as Rollup.RollupOutput[];
  const output = result.flatMap((one) => one.output);
  const chunk = output.find((file) => file.type === 'chunk');
  const style = output.find((file) => file.type === 'asset' && file.fileName.endsWith('.css'));
  if (chunk?.type !== 'chunk' || style?.type !== 'asset') throw new Error('The page script was not built.');
  return { script: chunk.code, style: String(style.source) };
}

/** The files, built on the first call. */
export function clientFiles(): Promise<ClientFiles> {
  built ??= run();
  return built;
}
