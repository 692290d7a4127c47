/**
 * The second script of record pages, in parts. kintone serves plug-in files under opaque addresses, so no code
 * can be fetched later; the build therefore puts every part into one script as a function that nobody has called
 * yet (scripts/build/lazy-parts.ts). Here they are called, one by one, in this thread or in another one.
 */

export interface Part {
  /** Parts that must have been evaluated before. */
  readonly needs: readonly string[];
  /** The code; `require` finds other parts by name. */
  readonly evaluate: (require: (name: string) => unknown, exports: object) => void;
}

export type Parts = Readonly<Record<string, Part>>;

/** Where the build leaves the parts. The plug-in id keeps two installed copies apart. */
export function partsOf(pluginId: string): Parts {
  const registry = globalThis as unknown as Readonly<Record<symbol, Parts | undefined>>;
  const parts = registry[Symbol.for(`nagare.parts.${pluginId}`)];
  if (parts === undefined) throw new Error('The second script of the plug-in is not on this page.');
  return parts;
}

/**
 * Evaluates parts, each once, and answers what they export. Its own text is sent to other threads, so it must
 * not use anything outside of itself.
 */
export function linkParts(parts: Parts): (name: string) => unknown {
  const known: Record<string, object> = {};
  const require = (name: string): unknown => {
    const found = known[name];
    if (found !== undefined) return found;
    const exports = {};
    known[name] = exports;
    parts[name]?.evaluate(require, exports);
    return exports;
  };
  return require;
}

/** A part and everything it needs, in the order in which it can be evaluated. */
export function inOrder(parts: Parts, name: string, done: string[] = []): readonly string[] {
  if (done.includes(name)) return done;
  for (const needed of parts[name]?.needs ?? []) inOrder(parts, needed, done);
  if (!done.includes(name)) done.push(name);
  return done;
}

/**
 * A script for another thread: evaluates one part there and calls what it exports as `serve` with the thread's
 * own scope. `Function.prototype.toString` gives the source text exactly (ECMAScript 2019), so the code of the
 * engine ships once, for both threads.
 */
export function threadScript(parts: Parts, name: string): string {
  const texts = inOrder(parts, name).map(
    (part) => `${JSON.stringify(part)}:{needs:[],evaluate:${String(parts[part]?.evaluate)}}`,
  );
  return `(${String(linkParts)})({${texts.join(',\n')}})(${JSON.stringify(name)}).serve(self)`;
}
