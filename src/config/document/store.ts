/** A tiny observable around the document, shaped for `useSyncExternalStore`. */
import type { Settings } from '../../definition/types';
import type { Edit } from './edits';
import { type EditedDocument, edit, markSaved, openDocument, redo, undo } from './history';

export interface DocumentStore {
  get(): EditedDocument;
  subscribe(listener: () => void): () => void;
  edit(change: Edit, mergeKey?: string | null): void;
  undo(): void;
  redo(): void;
  /** Forgets the history and starts from `settings` as the saved state. */
  open(settings: Settings): void;
  markSaved(settings: Settings): void;
}

export function createDocumentStore(settings: Settings): DocumentStore {
  let document = openDocument(settings);
  const listeners = new Set<() => void>();
  const set = (next: EditedDocument): void => {
    if (next === document) return;
    document = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => document,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    edit: (change, mergeKey = null) => set(edit(document, change, mergeKey)),
    undo: () => set(undo(document)),
    redo: () => set(redo(document)),
    open: (next) => set(openDocument(next)),
    markSaved: (next) => set(markSaved(document, next)),
  };
}
