import type { App } from '../store/app';
import type { Store } from '../store/store';
import type { AppSide } from '../store/types';
import type { CursorShelf } from './cursorShelf';
import { ApiError } from './errors';
import type { Actor } from './types';

/** What a handler knows about the call it serves. */
export interface ApiContext {
  readonly store: Store;
  readonly cursors: CursorShelf;
  readonly options: { readonly deployPolls: number; readonly deployMaxMs: number };
  readonly actor: Actor;
  /** From the path; null outside `/k/guest/<id>/`. */
  readonly guestSpaceId: string | null;
  /** True below `/preview/`. */
  readonly preview: boolean;
  /** Apps the call touched: for the request log and the daily counters. */
  readonly touched: Set<string>;
  /** Filled by bulkRequest: one entry per call that was carried out. */
  readonly subCalls: SubCall[];
}

export interface SubCall {
  readonly method: string;
  readonly path: string;
  readonly apps: readonly string[];
}

/**
 * The app a call names, after the checks every API makes: it exists and the path fits its space.
 * Errors: GAIA_AP01, GAIA_IL23 (guest app on a normal path), CB_NO02 (wrong guest path or no member).
 */
export function findApp(context: ApiContext, id: string): App {
  const app = context.store.apps.get(id);
  if (app === undefined) throw new ApiError('GAIA_AP01', { app: id });
  const space = app.spaceId === null ? undefined : context.store.spaces.get(app.spaceId);
  const guestSpaceId = space?.isGuest === true ? space.id : null;
  if (guestSpaceId !== null && context.guestSpaceId === null) throw new ApiError('GAIA_IL23');
  if (guestSpaceId !== context.guestSpaceId) throw new ApiError('CB_NO02');
  const { actor } = context;
  if (space !== undefined && guestSpaceId !== null && actor.kind === 'user') {
    if (!space.members.includes(actor.user.code)) throw new ApiError('CB_NO02');
  }
  context.touched.add(id);
  return app;
}

/** A deployed app with its live settings; one that lives only in the test environment is "not found". */
export function findLiveApp(context: ApiContext, id: string): { app: App; side: AppSide } {
  const app = findApp(context, id);
  if (app.live === null) throw new ApiError('GAIA_AP01', { app: id });
  return { app, side: app.live };
}
