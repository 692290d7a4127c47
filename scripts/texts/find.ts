import { parseSync } from 'vite';

export interface FoundText {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** Letters only: the comma between the items of a list is no text. */
const EAST_ASIAN = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/**
 * Japanese or Chinese written out in string literals, templates and JSX text. Escaped characters are
 * left alone: tables of character widths need them, texts for people do not.
 */
export function eastAsianTexts(path: string, source: string): readonly FoundText[] {
  const { program } = parseSync(path, source);
  const found: FoundText[] = [];
  visit(program, (node) => {
    if (!TEXT_NODES.has(node.type)) return;
    const text = source.slice(node.start, node.end);
    if (EAST_ASIAN.test(text)) found.push({ line: lineOf(source, node.start), text });
  });
  return found;
}

const TEXT_NODES: ReadonlySet<string> = new Set(['Literal', 'TemplateElement', 'JSXText']);

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const one of value) visit(one, see);
  } else if (typeof value === 'object' && value !== null) {
    if ('type' in value && 'start' in value && typeof value.type === 'string') see(value as Node);
    for (const one of Object.values(value)) visit(one, see);
  }
}

const lineOf = (source: string, at: number): number => source.slice(0, at).split('\n').length;
