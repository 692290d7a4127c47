import { basename } from 'node:path';
import type { Plugin, Rollup } from 'vite';

/**
 * Puts all chunks of the panel into one script, each inside a function that nobody has called yet, so that
 * loading the page only parses it: evaluating React costs tens of milliseconds that most page views never use.
 * kintone serves plug-in files under opaque addresses, so the code cannot be fetched on demand instead.
 * The symbol carries the plug-in id, which kintone overwrites for the next plug-in's files: two installed copies
 * keep their own panels. Counterpart: `src/record/parts.ts`.
 */
export function lazyParts(): Plugin {
  return {
    name: 'nagare:lazy-parts',
    applyToEnvironment: (environment) => environment.name === 'panel',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const panel = chunks.find((chunk) => chunk.isEntry && chunk.name === 'panel');
        if (panel === undefined) throw new Error('The panel has no entry chunk.');
        const parts = chunks.map(partOf);
        for (const chunk of chunks) if (chunk !== panel) delete bundle[chunk.fileName];
        panel.code = `globalThis[Symbol.for("nagare.parts."+kintone.$PLUGIN_ID)]={${parts.join(',\n')}};\n`;
      },
    },
  };
}

/** As CommonJS chunks name each other. */
const partName = (fileName: string): string => JSON.stringify(`./${basename(fileName)}`);

const partOf = ({ fileName, imports, code }: Rollup.OutputChunk): string =>
  `${partName(fileName)}:{needs:[${imports.map(partName).join(',')}],evaluate:function(require,exports){${code}\n}}`;
