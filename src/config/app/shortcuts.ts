/** Ctrl/⌘+S, Z, Y (and Shift+Z) for the whole page. */
import { useEffect, useRef } from 'react';
import { useStore } from './document';

const TEXT_INPUTS = 'textarea, input:not([type=checkbox]):not([type=radio])';

/**
 * Undo and redo leave text fields alone: there the browser's own history is what people expect.
 * Nothing happens while an input method is composing.
 */
export function useShortcuts(save: () => void): void {
  const store = useStore();
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      const inText = event.target instanceof Element && event.target.matches(TEXT_INPUTS);
      const action =
        key === 's'
          ? latest.current
          : inText
            ? null
            : key === 'z'
              ? event.shiftKey
                ? store.redo
                : store.undo
              : key === 'y'
                ? store.redo
                : null;
      if (action === null) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [store]);
}
