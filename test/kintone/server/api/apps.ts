/** Lists of apps and spaces, and the reading of app settings (live, or below /preview/). */
import type { App } from '../../store/app';
import type { AppSide } from '../../store/types';
import { type ApiContext, findApp, findLiveApp } from '../context';
import { ApiError, invalid } from '../errors';
import { optionalInteger, optionalString, optionalStrings, type Params, requiredId } from '../params';
import { requireRights, rightsOn } from '../permissions';

const maxPerCall = 100;

function appInfo(app: App): unknown {
  return {
    appId: app.id,
    code: app.code,
    name: app.name,
    description: (app.live ?? app.preview).settings.description,
    createdAt: app.createdAt.replace('Z', '.000Z'),
    creator: app.creator,
    modifiedAt: app.modifiedAt.replace('Z', '.000Z'),
    modifier: app.modifier,
    spaceId: app.spaceId,
    threadId: app.threadId,
  };
}

/** GET app.json: `{id}` → the app. */
export function getApp(context: ApiContext, params: Params): unknown {
  const { app } = findLiveApp(context, String(requiredId(params, 'id')));
  const { view, manage } = rightsOn(context, app);
  if (!view && !manage) requireRights(context, app, 'view');
  return appInfo(app);
}

/** GET apps.json: `{ids?, codes?, name?, spaceIds?, limit?, offset?}` → `{apps}` the caller may see. */
export function getApps(context: ApiContext, params: Params): unknown {
  const limit = optionalInteger(params, 'limit') ?? maxPerCall;
  const offset = optionalInteger(params, 'offset') ?? 0;
  if (limit < 1 || limit > maxPerCall) {
    throw invalid({ key: 'limit', message: 'outOfRange', params: { min: 1, max: maxPerCall } });
  }
  const ids = optionalStrings(params, 'ids');
  const codes = optionalStrings(params, 'codes');
  const spaceIds = optionalStrings(params, 'spaceIds');
  const name = optionalString(params, 'name')?.toLowerCase();
  const apps = [...context.store.apps.values()].filter(
    (app) =>
      app.live !== null &&
      isInPathSpace(context, app) &&
      (ids === undefined || ids.includes(app.id)) &&
      (codes === undefined || codes.includes(app.code)) &&
      (spaceIds === undefined || (app.spaceId !== null && spaceIds.includes(app.spaceId))) &&
      (name === undefined || app.name.toLowerCase().includes(name)) &&
      rightsOn(context, app).view,
  );
  return { apps: apps.slice(offset, offset + limit).map(appInfo) };
}

/** Apps of guest spaces show only on the path of their space. */
function isInPathSpace(context: ApiContext, app: App): boolean {
  const space = app.spaceId === null ? undefined : context.store.spaces.get(app.spaceId);
  return (space?.isGuest === true ? space.id : null) === context.guestSpaceId;
}

/** GET space.json: `{id}` → the space, as far as creating apps in it needs. */
export function getSpace(context: ApiContext, params: Params): unknown {
  const id = String(requiredId(params, 'id'));
  const space = context.store.spaces.get(id);
  if (space === undefined) throw new ApiError('GAIA_SP01', { id });
  return {
    id: space.id,
    name: space.name,
    defaultThread: space.defaultThread,
    isGuest: space.isGuest,
    memberCount: String(space.members.length),
  };
}

/** The settings a GET means: prepared ones for managers below /preview/, else the live ones. */
function openSide(context: ApiContext, params: Params, right: 'view' | 'manage' = 'view'): AppSide {
  const id = String(requiredId(params, 'app'));
  if (context.preview) {
    const app = findApp(context, id);
    requireRights(context, app, 'manage');
    return app.preview;
  }
  const { app, side } = findLiveApp(context, id);
  // Whoever may work with records in any way may know the form; tokens that only add have no view right.
  const rights = rightsOn(context, app);
  const mayKnow = right === 'manage' ? rights.manage : rights.view || rights.add || rights.manage;
  if (!mayKnow) requireRights(context, app, right);
  return side;
}

const revision = (side: AppSide) => String(side.revision);

export function getFormFields(context: ApiContext, params: Params): unknown {
  const side = openSide(context, params);
  return { properties: side.fields, revision: revision(side) };
}

export function getFormLayout(context: ApiContext, params: Params): unknown {
  const side = openSide(context, params);
  return { layout: side.layout, revision: revision(side) };
}

export function getViews(context: ApiContext, params: Params): unknown {
  const side = openSide(context, params);
  return { views: side.views, revision: revision(side) };
}

export function getSettings(context: ApiContext, params: Params): unknown {
  const side = openSide(context, params);
  return { ...side.settings, revision: revision(side) };
}

export function getProcess(context: ApiContext, params: Params): unknown {
  const side = openSide(context, params);
  return { ...side.status, revision: revision(side) };
}

export function getCustomize(context: ApiContext, params: Params): unknown {
  const side = openSide(context, params, 'manage');
  return { ...side.customize, revision: revision(side) };
}

export function getAppAcl(context: ApiContext, params: Params): unknown {
  const side = openSide(context, params, 'manage');
  return { rights: side.acl, revision: revision(side) };
}

export function getRecordAcl(context: ApiContext, params: Params): unknown {
  const side = openSide(context, params, 'manage');
  return { rights: side.recordAcl, revision: revision(side) };
}

export function getFieldAcl(context: ApiContext, params: Params): unknown {
  const side = openSide(context, params, 'manage');
  return { rights: side.fieldAcl, revision: revision(side) };
}
