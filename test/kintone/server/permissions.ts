import type { App } from '../store/app';
import type { AppRight, User } from '../store/types';
import type { ApiContext } from './context';
import { ApiError } from './errors';

export interface Rights {
  view: boolean;
  add: boolean;
  edit: boolean;
  delete: boolean;
  /** May change the app's settings. */
  manage: boolean;
}

/** Who asks, about the apps of which store. */
export type Caller = Pick<ApiContext, 'store' | 'actor'>;

const nothing: Rights = { view: false, add: false, edit: false, delete: false, manage: false };

function matches(context: Pick<ApiContext, 'store'>, right: AppRight, app: App, user: User): boolean {
  const { type, code } = right.entity;
  if (type === 'CREATOR') return user.code === app.creator.code;
  if (code === null) return false;
  if (type === 'USER') return user.code === code;
  if (type === 'GROUP') return context.store.groupsOf(user).includes(code);
  if (type === 'ORGANIZATION') return user.organizations.includes(code);
  return false;
}

/** A user's rights by the app's access list: the first row that fits the user decides, as in kintone. */
function userRights(context: Pick<ApiContext, 'store'>, app: App, user: User): Rights {
  const side = app.live ?? app.preview;
  const row = side.acl.find((right) => matches(context, right, app, user));
  const rights =
    row === undefined
      ? nothing
      : {
          view: row.recordViewable,
          add: row.recordAddable,
          edit: row.recordEditable,
          delete: row.recordDeletable,
          manage: row.appEditable,
        };
  return user.isAdmin ? { ...rights, manage: true } : rights;
}

/** What the caller may do with the app. */
export function rightsOn(context: Pick<ApiContext, 'store' | 'actor'>, app: App): Rights {
  const { actor } = context;
  if (actor.kind === 'user') return userRights(context, app, actor.user);
  const token = actor.tokens.get(app.id);
  return token === undefined ? nothing : { ...nothing, ...token };
}

/** Throws CB_NO02, or GAIA_NO01 for an API token, when one of the rights is missing. */
export function requireRights(context: Caller, app: App, ...needed: (keyof Rights)[]): void {
  const rights = rightsOn(context, app);
  if (needed.every((right) => rights[right])) return;
  throw new ApiError(context.actor.kind === 'token' ? 'GAIA_NO01' : 'CB_NO02');
}
