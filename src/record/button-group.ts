/**
 * The buttons of one place on the page: plain elements in a shadow root, so that neither the styles of
 * the page nor those of other plug-ins reach them, and no React is needed before the first press.
 */
import { BUTTON_STYLE } from './button-style';

export interface GroupButton {
  readonly id: string;
  readonly label: string;
}

export interface GroupTexts {
  readonly group: string;
  readonly menu: string;
  readonly run: string;
  /** Names of units that run in another tab. */
  elsewhere(units: string, isShown: boolean): string;
}

export interface GroupOptions {
  readonly isMobile: boolean;
  readonly texts: GroupTexts;
  /** plain: a quiet button that changes nothing (the log). */
  readonly look: 'primary' | 'plain';
  onPress(id: string): void;
}

/** From this many units on, one button with a menu takes less room than a row of buttons. */
const MENU_FROM = 4;

export interface ButtonGroup {
  /** Draws these buttons; the same ones as before are left alone, so that focus stays where it is. */
  show(buttons: readonly GroupButton[]): void;
  /** Why nothing can be pressed now; null: everything can. */
  disable(reason: string | null): void;
  /** Names of units that run in other tabs, by id, and whether a press shows those runs. */
  elsewhere(units: ReadonlyMap<string, string>, isShown: boolean): void;
  /** A message under the buttons; null removes it. */
  fail(message: string | null): void;
  /** Puts the group into a space of the page; the same element always, so there is never a second one. */
  moveTo(space: HTMLElement): void;
  remove(): void;
}

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  text = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

/** Makes a group that stands nowhere yet. */
export function createButtonGroup(options: GroupOptions): ButtonGroup {
  const host = element('div', { 'data-nagare': 'buttons' });
  if (options.isMobile) host.dataset['mobile'] = '';
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(BUTTON_STYLE);
  root.adoptedStyleSheets = [sheet];
  const row = element('div', { class: 'row', role: 'group', 'aria-label': options.texts.group });
  const reasonNote = element('p', { class: 'note', id: 'reason', hidden: '' });
  const failureNote = element('p', { class: 'note error', role: 'alert' });
  root.append(row);
  let shown: readonly GroupButton[] = [];
  let reason: string | null = null;
  let others: ReadonlyMap<string, string> = new Map();
  let areShown = false;

  const pressable = (made: HTMLButtonElement, press: () => void): HTMLButtonElement => {
    made.addEventListener('click', () => {
      if (made.getAttribute('aria-disabled') !== 'true') press();
    });
    return made;
  };
  const makeButton = ({ id, label }: GroupButton, extra: Readonly<Record<string, string>>) =>
    pressable(element('button', { type: 'button', 'data-unit': id, ...extra }, label), () =>
      options.onPress(id),
    );

  const applyReason = () => {
    const names = shown.flatMap(({ id }) => others.get(id) ?? []);
    const note = reason ?? (names.length === 0 ? '' : options.texts.elsewhere(names.join(' / '), areShown));
    for (const one of row.querySelectorAll('button')) {
      const set = (name: string, value: string, isOn: boolean) =>
        isOn ? one.setAttribute(name, value) : one.removeAttribute(name);
      set('aria-disabled', 'true', reason !== null);
      set('aria-describedby', 'reason', reason !== null || others.has(one.dataset['unit'] ?? ''));
    }
    reasonNote.textContent = note;
    reasonNote.hidden = note === '';
  };

  return {
    show(buttons) {
      const isSame =
        buttons.length === shown.length &&
        buttons.every((one, i) => one.id === shown[i]?.id && one.label === shown[i].label);
      if (!isSame) {
        shown = buttons;
        const look = options.look === 'plain' ? { class: 'plain' } : {};
        const drawn =
          buttons.length < MENU_FROM
            ? buttons.map((one) => makeButton(one, look))
            : menu(options.texts, (close) =>
                buttons.map((one) => {
                  const item = makeButton(one, { role: 'menuitem', tabindex: '-1' });
                  item.addEventListener('click', close);
                  return item;
                }),
              );
        row.replaceChildren(...drawn, reasonNote, failureNote);
      }
      applyReason();
    },
    disable(next) {
      reason = next;
      applyReason();
    },
    elsewhere(next, isShown) {
      others = next;
      areShown = isShown;
      applyReason();
    },
    fail(message) {
      failureNote.textContent = message ?? '';
    },
    moveTo(space) {
      if (host.parentNode !== space) space.append(host);
    },
    remove: () => host.remove(),
  };
}

/** A menu button after the ARIA pattern: arrows, Home and End move, Escape closes and returns the focus. */
function menu(texts: GroupTexts, makeItems: (close: () => void) => HTMLButtonElement[]): HTMLElement[] {
  const opener = element('button', { type: 'button', class: 'arrow', 'aria-haspopup': 'menu' }, texts.run);
  opener.setAttribute('aria-expanded', 'false');
  const list = element('div', { class: 'menu', role: 'menu', 'aria-label': texts.menu, hidden: '' });
  const setOpen = (isOpen: boolean) => {
    list.hidden = !isOpen;
    opener.setAttribute('aria-expanded', String(isOpen));
  };
  const close = () => {
    setOpen(false);
    opener.focus();
  };
  const items = makeItems(close);
  list.append(...items);
  const focusItem = (index: number) => items[(index + items.length) % items.length]?.focus();
  const open = (index: number) => {
    if (opener.getAttribute('aria-disabled') === 'true') return;
    setOpen(true);
    focusItem(index);
  };
  opener.addEventListener('click', () => (list.hidden ? open(0) : setOpen(false)));
  opener.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    open(event.key === 'ArrowDown' ? 0 : -1);
  });
  list.addEventListener('keydown', (event) => {
    const at = items.indexOf(event.target as HTMLButtonElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') setOpen(false);
    else if (target !== undefined) {
      event.preventDefault();
      focusItem(target);
    }
  });
  list.addEventListener('focusout', (event) => {
    const next = event.relatedTarget;
    if (!(next instanceof Node) || !(list.contains(next) || next === opener)) setOpen(false);
  });
  return [opener, list];
}
