/** Rich text is HTML from users: only harmless elements are rebuilt, without attributes except web links. */
import { make, safeHref } from './dom';

const allowed = new Set([
  'B',
  'I',
  'U',
  'STRIKE',
  'STRONG',
  'EM',
  'P',
  'DIV',
  'BR',
  'UL',
  'OL',
  'LI',
  'SPAN',
]);

function rebuild(node: Node): Node[] {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.textContent ?? '')];
  if (!(node instanceof Element)) return [];
  if (node.tagName === 'SCRIPT' || node.tagName === 'STYLE') return [];
  const children = [...node.childNodes].flatMap(rebuild);
  if (node.tagName === 'A') {
    const href = safeHref(node.getAttribute('href') ?? '');
    return [make('a', { href, target: '_blank', rel: 'noopener' }, ...children)];
  }
  if (!allowed.has(node.tagName)) return children;
  const element = document.createElement(node.tagName);
  element.append(...children);
  return [element];
}

/** A copy of the text's elements that cannot run or load anything. */
export function richText(html: string): HTMLElement {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  return make('div', { class: 'lk-rich-text' }, ...[...parsed.body.childNodes].flatMap(rebuild));
}
