/** The document as the page holds it: present, past, future, and what is saved. Immutable, no React. */
import { canonicalJson } from '../../definition/json';
import type { Json, Settings } from '../../definition/types';
import type { Edit, EditKind } from './edits';
import { applyEdit } from './reducer';

/** Enough for an afternoon of editing; snapshots share all unchanged parts. */
export const MAX_STEPS = 300;

interface Step {
  readonly before: Settings;
  readonly after: Settings;
  readonly kind: EditKind;
  /** Edits of one field in a row become one step. */
  readonly mergeKey: string | null;
}

export interface EditedDocument {
  readonly settings: Settings;
  readonly saved: Settings;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

export function openDocument(settings: Settings): EditedDocument {
  return { settings, saved: settings, past: [], future: [] };
}

/** Applies an edit; the redo branch is gone then. `mergeKey` joins it to the step before with the same key. */
export function edit(document: EditedDocument, change: Edit, mergeKey: string | null = null): EditedDocument {
  const after = applyEdit(document.settings, change);
  if (after === document.settings) return document;
  const last = document.past.at(-1);
  const merge = mergeKey !== null && last?.mergeKey === mergeKey && document.settings !== document.saved;
  const step: Step = {
    before: merge && last !== undefined ? last.before : document.settings,
    after,
    kind: change.kind,
    mergeKey,
  };
  const kept = merge ? document.past.slice(0, -1) : document.past;
  return { ...document, settings: after, past: [...kept, step].slice(-MAX_STEPS), future: [] };
}

export function undo(document: EditedDocument): EditedDocument {
  const step = document.past.at(-1);
  if (step === undefined) return document;
  return {
    ...document,
    settings: step.before,
    past: document.past.slice(0, -1),
    future: [...document.future, step],
  };
}

export function redo(document: EditedDocument): EditedDocument {
  const step = document.future.at(-1);
  if (step === undefined) return document;
  return {
    ...document,
    settings: step.after,
    past: [...document.past, step],
    future: document.future.slice(0, -1),
  };
}

/** What undo and redo would touch; null when there is nothing. */
export function nextUndo(document: EditedDocument): EditKind | null {
  return document.past.at(-1)?.kind ?? null;
}

export function nextRedo(document: EditedDocument): EditKind | null {
  return document.future.at(-1)?.kind ?? null;
}

/** `saved` is what was written, which may be older than the present when somebody typed meanwhile. */
export function markSaved(document: EditedDocument, saved: Settings): EditedDocument {
  return { ...document, saved };
}

/** Whether saving would change what is stored; by content, since typing back is no change. */
export function isDirty(document: EditedDocument): boolean {
  return document.settings !== document.saved && text(document.settings) !== text(document.saved);
}

function text(settings: Settings): string {
  return canonicalJson(settings as unknown as Json);
}
