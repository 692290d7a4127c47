/** Reading an app's form fields while settings are checked. */
import type { AppRef } from '../definition/types';
import type { KintoneFields } from '../table/kintone-json';
import type { ProblemList } from './problem-list';
import type { InferContext } from './types';

/**
 * The fields of the app a command works with, or null with the reason in `list`: `appNotChosen`,
 * `appNotVisible {app}` (deleted, or no right to see it), `appLoading {app}` (info: not yet known).
 */
export function fieldsOfApp(
  app: AppRef | null,
  context: InferContext,
  list: ProblemList,
  path = 'app',
): KintoneFields | null {
  if (!app) {
    list.error('appNotChosen', {}, path);
    return null;
  }
  const fields = context.fields(app);
  if (fields === undefined) list.info('appLoading', { app: app.appId }, path);
  else if (fields === null) list.error('appNotVisible', { app: app.appId }, path);
  return fields ?? null;
}
