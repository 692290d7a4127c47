import { type Language, localeOf } from '../i18n';
import tokens from '../tokens.css?inline';
import panel from './panel.css?inline';

let sheet: CSSStyleSheet | null = null;

/** One style sheet for all panels of a page. */
function panelSheet(): CSSStyleSheet {
  if (sheet === null) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(`${tokens}\n${panel}`);
  }
  return sheet;
}

/**
 * Makes the element that React draws into, inside a shadow root of the host: styles of the page and of
 * other plug-ins end there. Keys pressed inside stay inside, or kintone's shortcuts would take them.
 */
export function shadowRootOf(host: HTMLElement, language: Language): HTMLElement {
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = [panelSheet()];
  for (const type of ['keydown', 'keyup', 'keypress']) {
    host.addEventListener(type, (event) => event.stopPropagation());
  }
  const container = document.createElement('div');
  container.className = 'root nagare-root';
  container.lang = localeOf(language);
  shadow.replaceChildren(container);
  return container;
}
