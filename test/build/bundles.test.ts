import { basename } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { createBuilder, type Rollup } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { BUNDLES } from '../../scripts/build/bundles';
import { type Parts, threadScript } from '../../src/record/parts';

type Output = Rollup.RollupOutput['output'][number];

const outputs = new Map<string, readonly Output[]>();
const PAGES = BUNDLES.filter((bundle) => bundle.kind !== 'node');

beforeAll(async () => {
  const builder = await createBuilder({ build: { write: false }, logLevel: 'error', mode: 'production' });
  for (const { name } of PAGES) {
    const built = (await builder.build(builder.environments[name]!)) as Rollup.RollupOutput;
    outputs.set(
      name,
      [built].flat().flatMap((one) => one.output),
    );
  }
}, 120_000);

function chunkOf(name: string): Rollup.OutputChunk {
  const chunks = (outputs.get(name) ?? []).filter((file) => file.type === 'chunk');
  expect(chunks).toHaveLength(1);
  return chunks[0]!;
}

describe.each(PAGES)('the bundle $name', ({ name, hasStyle }) => {
  it('is one script, with a style sheet only where one is packed', () => {
    const files = (outputs.get(name) ?? []).map((file) => file.fileName);
    expect(files.sort()).toEqual([...(hasStyle ? [`css/${name}.css`] : []), `js/${name}.js`]);
  });

  it('has the production code of React, and nothing that asks for another file or for Node', () => {
    const { code, imports, dynamicImports } = chunkOf(name);
    // Modules that are imported dynamically are in the script itself: inlined, or as a part of it.
    const outside = [...imports, ...dynamicImports].filter(
      (file) => file !== `js/${name}.js` && !code.includes(`"./${basename(file)}":{needs:`),
    );
    expect(outside).toEqual([]);
    expect(code).not.toContain('Download the React DevTools');
    expect(code).not.toContain('process.env');
    expect(code).not.toMatch(/\bimport\s*\(/);
  });
});

describe('boot', () => {
  it.each(['desktop', 'mobile'])('of %s holds no package at all', (name) => {
    expect(Object.keys(chunkOf(name).modules).filter((id) => id.includes('node_modules'))).toEqual([]);
  });
});

describe('the panel', () => {
  it('is only put in place when the page loads: one symbol with the plug-in id, nothing evaluated', () => {
    const context = createContext({ kintone: { $PLUGIN_ID: 'abc' } });
    const globals = (): readonly PropertyKey[] => runInContext('Reflect.ownKeys(globalThis)', context);
    const before = globals();
    // Without a document React could not even be evaluated.
    runInContext(chunkOf('panel').code, context);
    expect(globals().filter((key) => !before.includes(key))).toEqual([Symbol.for('nagare.parts.abc')]);
  });

  it('has the engine as a part that is evaluated in a worker, without React and without the panel', () => {
    const context = createContext({ kintone: { $PLUGIN_ID: 'abc' } });
    runInContext(chunkOf('panel').code, context);
    const parts = runInContext('globalThis[Symbol.for("nagare.parts.abc")]', context) as Parts;
    const script = threadScript(parts, './engine.js');
    expect(script.length).toBeLessThan(chunkOf('panel').code.length * 0.6);
    expect(script).not.toContain('react.transitional.element');
    const told: unknown[] = [];
    const worker = createContext({
      self: { postMessage: (message: unknown) => told.push(message), onmessage: null },
      navigator: {},
      TextDecoder,
      TextEncoder,
      URL,
      AbortController,
    });
    runInContext(script, worker);
    return expect.poll(() => told).toEqual([{ nagare: 'call', id: null, name: 'ready', input: '' }]);
  });
});
