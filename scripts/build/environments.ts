/** One Vite environment per bundle: kintone wants self-contained scripts, and each has options of its own. */
import type { BuilderOptions, EnvironmentOptions, ViteBuilder } from 'vite';
import { BUNDLES, type Bundle, NODE_DIR, PLUGIN_DIR } from './bundles.ts';

/** Environments by bundle name. */
export function bundleEnvironments(): Record<string, EnvironmentOptions> {
  return Object.fromEntries(
    BUNDLES.map((bundle) => [
      bundle.name,
      bundle.kind === 'node' ? nodeEnvironment(bundle) : pageEnvironment(bundle),
    ]),
  );
}

export const builderOptions: BuilderOptions = {
  async buildApp(builder: ViteBuilder) {
    const own = Object.values(builder.environments).filter((environment) =>
      BUNDLES.some((bundle) => bundle.name === environment.name),
    );
    await Promise.all(own.map((environment) => builder.build(environment)));
  },
};

/** React chooses its development code by this constant; that code must never ship. */
const CONSTANTS = { 'process.env.NODE_ENV': '"production"' };

const LAZY_OPTIONS = {
  preserveEntrySignatures: 'strict' as const,
  // Our modules do nothing when they are evaluated. Where the bundler knows, each goes into the part that uses it,
  // and not, because of some index.ts, into one that all parts need.
  treeshake: { moduleSideEffects: [{ test: /\/src\/.*\.tsx?$/, sideEffects: false }] },
};

function pageEnvironment(bundle: Bundle): EnvironmentOptions {
  return {
    consumer: 'client',
    define: CONSTANTS,
    build: {
      outDir: PLUGIN_DIR,
      emptyOutDir: false,
      target: 'es2022',
      cssCodeSplit: false,
      // A plug-in has no address under which a further file could be fetched.
      assetsInlineLimit: () => true,
      modulePreload: false,
      reportCompressedSize: false,
      // Sizes have budgets of their own (`npm run size`).
      chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
      rolldownOptions: {
        input: { [bundle.name]: bundle.entry, ...bundle.parts },
        // Vite's helper around dynamic imports mentions it, for files that these bundles never fetch.
        transform: { define: { 'import.meta': '{}' } },
        output: {
          // CommonJS chunks can be put into one script (see `lazyParts`); an IIFE cannot be in chunks.
          format: bundle.kind === 'lazy' ? 'cjs' : 'iife',
          chunkFileNames: 'js/[name].js',
          entryFileNames: 'js/[name].js',
          assetFileNames: `css/${bundle.name}[extname]`,
        },
        ...(bundle.kind === 'lazy' ? LAZY_OPTIONS : {}),
      },
    },
  };
}

function nodeEnvironment(bundle: Bundle): EnvironmentOptions {
  return {
    consumer: 'server',
    define: CONSTANTS,
    // Loaded by name at run time, and only by `nagare serve` with a database.
    resolve: { noExternal: true, external: ['@dbos-inc/dbos-sdk', 'pg'] },
    build: {
      outDir: NODE_DIR,
      emptyOutDir: true,
      ssr: true,
      target: 'node20',
      minify: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
      rolldownOptions: {
        input: { [bundle.name]: bundle.entry },
        output: { format: 'esm', entryFileNames: '[name].mjs', codeSplitting: false },
      },
    },
  };
}
