/**
 * Rebuilds and packs on every change: npm run dev
 * Vite builds; kintone's webpack plug-in, which never looks at a bundle, watches the packed files.
 */
import process from 'node:process';
import { createBuilder, type Rolldown } from 'vite';
import { BUNDLES } from './build/bundles';
import { keyPath, signingKey } from './pack/key';
import { PLUGIN_ZIP } from './pack/pack';
import { watchAndPack } from './pack/watcher';

const builder = await createBuilder({ build: { watch: {} }, logLevel: 'warn' });
const pages = BUNDLES.filter((bundle) => bundle.kind !== 'node');

await Promise.all(
  pages.map(async ({ name }) => {
    const environment = builder.environments[name];
    if (environment === undefined) throw new Error(`The bundle ${name} has no environment.`);
    await firstBuild(name, (await builder.build(environment)) as Rolldown.RolldownWatcher);
  }),
);
signingKey();
const stop = watchAndPack({ manifestPath: 'manifest.json', privateKeyPath: keyPath(), zipPath: PLUGIN_ZIP });
process.once('SIGINT', () => void stop().then(() => process.exit(0)));

/** Resolves after the first build, failed or not: a later save may mend it. */
function firstBuild(name: string, watcher: Rolldown.RolldownWatcher): Promise<void> {
  return new Promise((resolve) => {
    watcher.on('event', (event) => {
      if (event.code === 'ERROR') console.error(`${name}: ${event.error.message}`);
      if (event.code === 'BUNDLE_END') {
        console.log(`${name}: built in ${event.duration} ms`);
        void event.result.close();
      }
      if (event.code === 'END' || event.code === 'ERROR') resolve();
    });
  });
}
