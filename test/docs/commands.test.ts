import { existsSync, readdirSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands';
import { commands as names } from '../../src/ui/dictionaries/ja/commands';
import { readCsv, shownTable } from './csv';
import { COMMAND_PAGES, examplesOf, readPage } from './pages';
import { runExample } from './run-example';

const pagePath = (type: string): string => `${COMMAND_PAGES}/${type}.md`;
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** Settings keys and fixed values anywhere in a JSON Schema. */
function wordsOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(wordsOf);
  if (schema === null || typeof schema !== 'object') return [];
  const own = Object.entries(schema).flatMap(([key, value]) => {
    if (key === 'properties') return Object.keys(value as object);
    if (key === 'enum') return value as string[];
    return key === 'const' ? [String(value)] : [];
  });
  return [...new Set([...own, ...Object.values(schema).flatMap(wordsOf)])];
}

describe('every command', () => {
  it.each(COMMANDS.map((spec) => spec.type))('%s has a page, and the index leads there', (type) => {
    expect(existsSync(pagePath(type))).toBe(true);
    expect(readPage(`${COMMAND_PAGES}/README.md`)).toContain(`](${type}.md)`);
  });

  it.each(COMMANDS.map((spec) => spec.type))('%s: the title has the name on the screen', (type) => {
    const known: Readonly<Record<string, string>> = names.names;
    expect(readPage(pagePath(type)).split('\n')[0]).toBe(`# ${known[type]} (\`${type}\`)`);
  });

  it.each(COMMANDS.map((spec) => [spec.type, spec] as const))(
    '%s: every setting is described',
    (type, spec) => {
      const schema = toJsonSchema(spec.settings, { errorMode: 'ignore', typeMode: 'output' });
      const page = readPage(pagePath(type));
      const shared = page.includes('](conditions.md)') ? readPage(`${COMMAND_PAGES}/conditions.md`) : '';
      const missing = wordsOf(schema).filter((word) => !`${page}${shared}`.includes(`\`${word}\``));
      expect(missing).toEqual([]);
    },
  );

  it('pages exist only for commands that exist', () => {
    const known = new Set(COMMANDS.map((spec) => `${spec.type}.md`));
    const others = readdirSync(COMMAND_PAGES).filter((file) => !known.has(file));
    expect(others.sort()).toEqual(['README.md', 'conditions.md']);
  });
});

const examples = COMMANDS.flatMap((spec) =>
  examplesOf(readPage(pagePath(spec.type))).map((example) => [spec.type, example.title, example] as const),
);

describe('examples of the pages', () => {
  it.each(COMMANDS.map((spec) => spec.type))('%s has at least one', (type) => {
    expect(examples.filter(([of]) => of === type).length).toBeGreaterThan(0);
  });

  it.each(examples)('%s: %s', async (type, _title, example) => {
    const shown = await runExample(type, example);
    const promised = ['output', 'writes', 'value', 'starts', 'reports', 'problems', 'failure'].filter(
      (name) => example.blocks.has(name),
    );
    expect(promised.length).toBeGreaterThan(0);
    const output = example.blocks.get('output');
    if (output !== undefined) expect(shown.output).toEqual(shownTable(readCsv(output).table));
    for (const name of ['writes', 'value', 'starts', 'reports', 'problems', 'failure'] as const) {
      const text = example.blocks.get(name);
      // What the page does not show must not happen.
      expect(shown[name]).toEqual(text === undefined ? undefined : lines(text));
    }
  });
});
