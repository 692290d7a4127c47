import { type Language, localeOf } from '../i18n';
import tokens from '../tokens.css?inline';
import base from './base.css?inline';

const sheets = new Map<string, CSSStyleSheet>();

/** One style sheet per text for all shadow roots of a page. */
function sheetOf(css: string): CSSStyleSheet {
  const known = sheets.get(css);
  if (known !== undefined) return known;
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  sheets.set(css, made);
  return made;
}

/**
 * Makes the element that React draws into, inside a shadow root of the host: styles of the page and of
 * other plug-ins end there. Keys pressed inside stay inside, or kintone's shortcuts would take them.
 * @param css style sheets in addition to what all panels have in common
 */
export function shadowRootOf(host: HTMLElement, language: Language, css: readonly string[]): HTMLElement {
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = [tokens, base, ...css].map(sheetOf);
  for (const type of ['keydown', 'keyup', 'keypress']) {
    host.addEventListener(type, (event) => event.stopPropagation());
  }
  const container = document.createElement('div');
  container.className = 'root nagare-root';
  container.lang = localeOf(language);
  shadow.replaceChildren(container);
  return container;
}
