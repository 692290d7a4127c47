import { parseSync } from 'vite';

/**
 * Modules a TypeScript source names, each once: imports and re-exports of values and types, dynamic
 * imports with a constant. Style sheets and other assets are left out, they lie on no floor.
 */
export function importsOf(file: string, source: string): readonly string[] {
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message ?? 'cannot be read'}`);
  const found = new Set<string>();
  for (const one of module.staticImports) found.add(one.moduleRequest.value);
  for (const one of module.staticExports) {
    for (const entry of one.entries) if (entry.moduleRequest) found.add(entry.moduleRequest.value);
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const constant = /^(['"`])([^'"`]*)\1$/.exec(source.slice(moduleRequest.start, moduleRequest.end));
    if (constant?.[2] !== undefined) found.add(constant[2]);
  }
  return [...found].filter((name) => !/\.(css|png|svg|json)(\?|$)/.test(name)).map(withoutQuery);
}

const withoutQuery = (name: string): string => name.replace(/\?.*$/, '').replace(/\.tsx?$/, '');
