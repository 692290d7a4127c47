/** Reads pages of the documentation: headings, fenced blocks, tables. */
import { readFileSync } from 'node:fs';

export const COMMAND_PAGES = 'docs/commands';

/** A page as text; `path` starts at the root of the project. */
export const readPage = (path: string): string => readFileSync(path, 'utf8');

export interface Example {
  readonly title: string;
  /** Text of each fenced block by the name behind its language: "```csv input" is `input`. */
  readonly blocks: ReadonlyMap<string, string>;
}

const FENCE = /^```[a-z]+ ([a-z]+)\n([\s\S]*?)^```$/gm;

/** The sections "### Example: ..." of a page. */
export function examplesOf(page: string): readonly Example[] {
  return page
    .split(/^### Example: /m)
    .slice(1)
    .map((section) => {
      const title = section.slice(0, section.indexOf('\n'));
      const own = section.split(/^#{1,3} /m)[0] ?? '';
      const blocks = new Map<string, string>();
      for (const [, name = '', text = ''] of own.matchAll(FENCE)) {
        if (blocks.has(name)) throw new Error(`"${title}" has two blocks called ${name}`);
        blocks.set(name, text);
      }
      return { title, blocks };
    });
}

/** Rows of every table whose header starts with these cells. */
export function tableRows(page: string, ...header: readonly string[]): readonly (readonly string[])[] {
  const lines = page.split('\n');
  const rows: string[][] = [];
  lines.forEach((line, index) => {
    const cells = cellsOfLine(line);
    if (!header.every((title, at) => cells[at] === title)) return;
    for (let next = index + 2; lines[next]?.startsWith('|'); next += 1) rows.push(cellsOfLine(lines[next]!));
  });
  return rows;
}

function cellsOfLine(line: string): string[] {
  if (!line.startsWith('|')) return [];
  // A bar inside a cell is written as "\|".
  return line
    .slice(1, line.lastIndexOf('|'))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** What stands between the backticks of a cell. */
export const codeOf = (cell: string): string => /^(`+)(.*)\1$/.exec(cell)?.[2]?.trim() ?? cell;

/** The one fenced block of a page with this name behind its language. */
export function blockOf(path: string, name: string): string {
  const found = [...readPage(path).matchAll(FENCE)].filter(([, own]) => own === name);
  if (found.length !== 1) throw new Error(`${path} has ${found.length} blocks called ${name}`);
  return found[0]?.[2] ?? '';
}
