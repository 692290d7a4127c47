import type { Plugin } from 'vite';

/** The global the wrapped IIFE assigns its exports to; local to the wrapping function. */
export const LAZY_NAME = 'nagarePanel';

/**
 * Puts a whole bundle inside one function under a symbol of its own, so that loading the page only
 * parses it: evaluating React costs tens of milliseconds that most page views never use. kintone serves
 * plug-in files under opaque addresses, so the code cannot be fetched on demand instead.
 * The symbol carries the plug-in id, which kintone overwrites for the next plug-in's files: two
 * installed copies keep their own panels. Counterpart: `src/record/panel-loader.ts`.
 */
export function lazyBundle(): Plugin {
  return {
    name: 'nagare:lazy-bundle',
    applyToEnvironment: (environment) => environment.name === 'panel',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk' || !file.isEntry) continue;
          file.code =
            `globalThis[Symbol.for("nagare.panel-code."+kintone.$PLUGIN_ID)]=function(){` +
            `${file.code}\nreturn ${LAZY_NAME}};\n`;
        }
      },
    },
  };
}
