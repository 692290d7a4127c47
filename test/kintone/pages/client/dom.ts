/** Small helpers that build elements; text only ever becomes text nodes. */

type Child = Node | string | null;

interface Attributes {
  readonly [name: string]: string | boolean | number | null | ((event: Event) => void);
}

/** Makes an element: `on…` functions become listeners, true an empty attribute, false and null none. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A push button that submits nothing. */
export function button(label: string, className: string, onclick: () => void): HTMLButtonElement {
  return make('button', { type: 'button', class: `lk-button ${className}`.trim(), onclick }, label);
}

/** Links are drawn only for web, mail and telephone addresses; anything else stays text. */
export function safeHref(address: string): string | null {
  return /^(https?:|mailto:|tel:)/i.test(address) ? address : null;
}
