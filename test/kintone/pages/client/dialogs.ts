/**
 * Dialogs, messages and the loading screen of `kintone.*` and `kintone.mobile.*`.
 * Facts: https://cybozu.dev/ja/kintone/docs/js-api/kintone/ (show-notification, create-dialog, show-loading)
 */
import { button, make } from './dom';
import { text } from './page';

export type NotificationType = 'ERROR' | 'SUCCESS' | 'INFO';
type Answer = 'OK' | 'CANCEL' | 'CLOSE';
export type DialogResult = Answer | 'FUNCTION';

interface Buttons {
  title?: string;
  showOkButton?: boolean;
  okButtonText?: string;
  showCancelButton?: boolean;
  cancelButtonText?: string;
  showCloseButton?: boolean;
}

export interface DialogConfig extends Buttons {
  body?: Element;
  beforeClose?: (action: DialogResult) => boolean | undefined | Promise<boolean | undefined>;
}

export interface ConfirmConfig extends Buttons {
  body?: string;
}

export interface Dialog {
  /** Resolves when the dialog is closed, with what closed it. */
  show(): Promise<DialogResult>;
  close(): Promise<void>;
}

let notification: HTMLElement | null = null;

/** Shows a message that stays until it is closed or the next one takes its place. */
export async function showNotification(type: NotificationType, message: string): Promise<void> {
  if (!['ERROR', 'SUCCESS', 'INFO'].includes(type)) throw new Error(`Unknown notification type: ${type}`);
  notification?.remove();
  const close = button('\u00d7', 'lk-notification-close', () => element.remove());
  close.setAttribute('aria-label', text('close'));
  const element = make(
    'div',
    {
      class: `lk-notification lk-notification-${type.toLowerCase()}`,
      role: type === 'ERROR' ? 'alert' : 'status',
    },
    make('span', { class: 'lk-notification-text' }, String(message)),
    close,
  );
  notification = element;
  document.body.append(element);
}

let loading: HTMLElement | null = null;

/** Covers the whole page with a spinner, or uncovers it. */
export async function showLoading(state: 'VISIBLE' | 'HIDDEN'): Promise<void> {
  if (state !== 'VISIBLE' && state !== 'HIDDEN') throw new Error(`Unknown loading state: ${state}`);
  loading?.remove();
  loading = null;
  if (state === 'HIDDEN') return;
  loading = make(
    'div',
    { class: 'lk-loading', role: 'alert', 'aria-busy': 'true', 'aria-label': text('loading') },
    make('div', { class: 'lk-spinner' }),
  );
  document.body.append(loading);
}

function focusable(root: Element): HTMLElement[] {
  const selector = 'a[href],button,input,select,textarea,[tabindex]:not([tabindex="-1"])';
  return [...root.querySelectorAll<HTMLElement>(selector)].filter((one) => !one.hasAttribute('disabled'));
}

function keepTabInside(box: HTMLElement, event: KeyboardEvent): void {
  const stops = focusable(box);
  const first = stops[0];
  const last = stops.at(-1);
  if (first === undefined || last === undefined) return;
  const active = document.activeElement;
  if (event.shiftKey && (active === first || active === box)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && active === last) {
    event.preventDefault();
    first.focus();
  }
}

function buttonRow(config: Buttons, isOkDefault: boolean, close: (action: Answer) => void): HTMLElement {
  const row = make('div', { class: 'lk-dialog-buttons' });
  // kintone hides Cancel and shows OK unless told otherwise.
  if (config.showCancelButton === true) {
    row.append(button(config.cancelButtonText ?? text('cancel'), 'lk-dialog-cancel', () => close('CANCEL')));
  }
  if (config.showOkButton ?? isOkDefault) {
    row.append(button(config.okButtonText ?? text('ok'), 'lk-primary lk-dialog-ok', () => close('OK')));
  }
  return row;
}

type Shape = 'dialog' | 'sheet';

function open(
  config: Buttons,
  body: Element | null,
  shape: Shape,
  close: (action: Answer) => void,
): HTMLElement {
  const box = make('div', { class: `lk-${shape}`, role: 'dialog', 'aria-modal': 'true', tabindex: -1 });
  if (config.title) box.setAttribute('aria-label', config.title);
  const hasClose = config.showCloseButton ?? true;
  const head = make('div', { class: 'lk-dialog-head' }, make('h2', {}, config.title ?? ''));
  if (hasClose) {
    const cross = button('\u00d7', 'lk-dialog-close', () => close('CLOSE'));
    cross.setAttribute('aria-label', text('close'));
    head.append(cross);
  }
  const middle = make('div', { class: 'lk-dialog-body' });
  if (body !== null) middle.append(body);
  box.append(head, middle, buttonRow(config, true, close));
  const mask = make('div', { class: `lk-mask lk-mask-${shape}` }, box);
  mask.addEventListener('keydown', (event) => {
    if (event.key === 'Tab') keepTabInside(box, event);
    // Without the close button Esc does nothing either.
    else if (event.key === 'Escape' && hasClose) close('CLOSE');
  });
  document.body.append(mask);
  box.focus();
  return mask;
}

function makeDialog(config: DialogConfig, shape: Shape): Dialog {
  let mask: HTMLElement | null = null;
  let closed: ((result: DialogResult) => void) | null = null;
  let returnFocus: Element | null = null;

  const close = async (action: DialogResult): Promise<void> => {
    if (mask === null) return;
    if ((await config.beforeClose?.(action)) === false) return;
    mask?.remove();
    mask = null;
    if (returnFocus instanceof HTMLElement) returnFocus.focus();
    closed?.(action);
    closed = null;
  };

  return {
    show: () =>
      new Promise((resolve) => {
        if (mask !== null) return;
        closed = resolve;
        returnFocus = document.activeElement;
        mask = open(config, config.body ?? null, shape, (action) => void close(action));
      }),
    close: () => close('FUNCTION'),
  };
}

function confirm(config: ConfirmConfig, shape: Shape): Promise<Answer> {
  const body = make('p', { class: 'lk-confirm-text' }, config.body ?? '');
  const { body: _text, ...rest } = config;
  // Nothing but its own buttons can close a confirmation, so FUNCTION cannot occur.
  return makeDialog({ ...rest, body }, shape).show() as Promise<Answer>;
}

/** A dialog with any element as body; it is inserted as it is. */
export async function createDialog(config: DialogConfig = {}): Promise<Dialog> {
  return makeDialog(config, 'dialog');
}

/** A question in plain text; `\n` breaks the line. */
export function showConfirmDialog(config: ConfirmConfig = {}): Promise<Answer> {
  return confirm(config, 'dialog');
}

/** The phone's dialog, coming from the lower edge. */
export async function createBottomSheet(config: DialogConfig = {}): Promise<Dialog> {
  return makeDialog(config, 'sheet');
}

/** The phone's question. */
export function showConfirmBottomSheet(config: ConfirmConfig = {}): Promise<Answer> {
  return confirm(config, 'sheet');
}
