import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import imported from '@kintone/webpack-plugin-kintone-plugin';
import webpack, { type Configuration } from 'webpack';

type PluginClass = typeof imported;

// Node hands over the whole CommonJS module as default import, Vitest only its default export.
const KintonePlugin = ((module: PluginClass | { default: PluginClass }) =>
  typeof module === 'function' ? module : module.default)(imported);

export interface PackPaths {
  readonly manifestPath: string;
  readonly privateKeyPath: string;
  readonly zipPath: string;
}

/** webpack with nothing to bundle: the plug-in packs once it has "emitted". */
function configuration(paths: PackPaths): Configuration {
  return {
    mode: 'none',
    entry: 'data:text/javascript,',
    output: { path: join(tmpdir(), 'nagare-webpack'), filename: 'empty.js' },
    infrastructureLogging: { level: 'error' },
    plugins: [
      new KintonePlugin({
        manifestJSONPath: resolve(paths.manifestPath),
        privateKeyPath: resolve(paths.privateKeyPath),
        pluginZipPath: resolve(paths.zipPath),
      }),
    ],
  };
}

/** Packs once. Rejects with webpack's error. */
export function packOnce(paths: PackPaths): Promise<void> {
  const compiler = webpack(configuration(paths));
  return new Promise((done, fail) => {
    compiler.run((error) => compiler.close(() => (error ? fail(error) : done())));
  });
}

/** Packs now and whenever a file of the manifest changes; answers how to stop. */
export function watchAndPack(paths: PackPaths): () => Promise<void> {
  // The plug-in adds the manifest's files to the watched ones only when the option itself says so.
  const compiler = webpack({ ...configuration(paths), watch: true }, (error) => {
    if (error) console.error(error.message);
  });
  return () => new Promise((done) => (compiler === null ? done() : compiler.close(() => done())));
}
