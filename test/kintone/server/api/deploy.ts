/** POST and GET preview/app/deploy.json: settings become live asynchronously. */
import type { App } from '../../store/app';
import { type ApiContext, findApp } from '../context';
import { finishDeploy } from '../deployment';
import { ApiError, invalid } from '../errors';
import {
  objectAt,
  optionalBoolean,
  optionalInteger,
  optionalStrings,
  type Params,
  requiredArray,
  requiredId,
} from '../params';
import { requireRights } from '../permissions';

const maxApps = 300;

/** The key field of a lookup must be unique (or the record number); only looked at when deploying. */
function checkLookups(context: ApiContext, app: App): void {
  const columns = Object.values(app.preview.fields).flatMap((field) => Object.values(field.fields ?? {}));
  for (const field of [...Object.values(app.preview.fields), ...columns]) {
    const setting = field.lookup;
    if (setting === undefined) continue;
    const related = context.store.apps.get(setting.relatedApp.app);
    const key = (related?.live ?? related?.preview)?.fields[setting.relatedKeyField];
    if (key?.unique !== true && key?.type !== 'RECORD_NUMBER') {
      throw new ApiError('GAIA_LO03', { field: field.label });
    }
  }
}

/** `{apps: [{app, revision?}], revert?}` → `{}`; the work is done later, all apps or none. */
export function postDeploy(context: ApiContext, params: Params): unknown {
  const given = requiredArray(params, 'apps', maxApps);
  const revert = optionalBoolean(params, 'revert');
  const apps = given.map((_, at) => {
    const element = objectAt(given, at, 'apps');
    const app = findApp(context, String(requiredId(element, 'app', `apps[${at}].app`)));
    requireRights(context, app, 'manage');
    if (app.deploy?.status === 'PROCESSING') throw new ApiError('GAIA_UN01', { app: app.id });
    const revision = optionalInteger(element, 'revision', `apps[${at}].revision`);
    if (revision !== undefined && revision !== -1 && revision !== app.preview.revision) {
      throw new ApiError('GAIA_UN02', { app: app.id });
    }
    if (!revert) checkLookups(context, app);
    return app;
  });
  const group = apps.map((app) => app.id);
  const dueMs = context.store.clock.nowMs() + context.options.deployMaxMs;
  for (const app of apps) {
    app.deploy = { status: 'PROCESSING', pollsLeft: context.options.deployPolls, dueMs, revert, group };
  }
  return {};
}

/** `{apps[]}` → `{apps: [{app, status}]}`; each question brings a running deploy one step closer to its end. */
export function getDeploy(context: ApiContext, params: Params): unknown {
  const ids = optionalStrings(params, 'apps');
  if (ids === undefined) throw invalid({ key: 'apps', message: 'required' });
  const apps = ids.map((id) => {
    const app = findApp(context, id);
    requireRights(context, app, 'manage');
    return app;
  });
  for (const app of apps) {
    if (app.deploy?.status !== 'PROCESSING') continue;
    if (app.deploy.pollsLeft <= 0) finishDeploy(context.store, app);
    else app.deploy.pollsLeft -= 1;
  }
  return { apps: apps.map((app) => ({ app: app.id, status: app.deploy?.status ?? 'SUCCESS' })) };
}
