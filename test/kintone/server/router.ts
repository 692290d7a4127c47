import * as apps from './api/apps';
import { bulkRequest } from './api/bulk';
import * as comments from './api/comments';
import * as deploy from './api/deploy';
import { downloadFile } from './api/files';
import * as process from './api/process';
import * as read from './api/recordsRead';
import * as write from './api/recordsWrite';
import * as settings from './api/settings';
import * as users from './api/users';
import type { ApiContext } from './context';
import type { Params } from './params';

type Handler = (context: ApiContext, params: Params) => unknown;

/** REST APIs by method and name; `preview` ones exist below /preview/ too (or only there). */
const live: Readonly<Record<string, Handler>> = {
  'GET record': read.getRecord,
  'GET records': read.getRecords,
  'POST record': write.postRecord,
  'POST records': write.postRecords,
  'PUT record': write.putRecord,
  'PUT records': write.putRecords,
  'DELETE records': write.deleteRecords,
  'POST records/cursor': read.postCursor,
  'GET records/cursor': read.getCursor,
  'DELETE records/cursor': read.deleteCursor,
  'PUT record/status': process.putStatus,
  'PUT records/status': process.putStatuses,
  'PUT record/assignees': process.putAssignees,
  'GET records/acl/evaluate': process.evaluateRights,
  'POST record/comment': comments.postComment,
  'GET record/comments': comments.getComments,
  'DELETE record/comment': comments.deleteComment,
  'POST bulkRequest': bulkRequest,
  'GET file': downloadFile,
  'GET app': apps.getApp,
  'GET apps': apps.getApps,
  'GET space': apps.getSpace,
  'GET user/users': users.getUsers,
  'GET user/organizations': users.getOrganizations,
  'GET user/groups': users.getGroups,
  'GET app/form/fields': apps.getFormFields,
  'GET app/form/layout': apps.getFormLayout,
  'GET app/views': apps.getViews,
  'GET app/settings': apps.getSettings,
  'GET app/status': apps.getProcess,
  'GET app/customize': apps.getCustomize,
  'GET app/acl': apps.getAppAcl,
  'GET record/acl': apps.getRecordAcl,
  'GET field/acl': apps.getFieldAcl,
};

const preview: Readonly<Record<string, Handler>> = {
  'GET app/form/fields': apps.getFormFields,
  'GET app/form/layout': apps.getFormLayout,
  'GET app/views': apps.getViews,
  'GET app/settings': apps.getSettings,
  'GET app/status': apps.getProcess,
  'GET app/customize': apps.getCustomize,
  'GET app/acl': apps.getAppAcl,
  'GET record/acl': apps.getRecordAcl,
  'GET field/acl': apps.getFieldAcl,
  'POST app': settings.postApp,
  'POST app/form/fields': settings.postFormFields,
  'PUT app/form/fields': settings.putFormFields,
  'DELETE app/form/fields': settings.deleteFormFields,
  'PUT app/form/layout': settings.putFormLayout,
  'PUT app/views': settings.putViews,
  'PUT app/settings': settings.putSettings,
  'PUT app/status': settings.putProcess,
  'PUT app/customize': settings.putCustomize,
  'PUT app/acl': settings.putAppAcl,
  'PUT record/acl': settings.putRecordAcl,
  'PUT field/acl': settings.putFieldAcl,
  'POST app/deploy': deploy.postDeploy,
  'GET app/deploy': deploy.getDeploy,
};

/** The handler of a method and API name, or undefined when kintone has no such API. */
export function findHandler(method: string, name: string, isPreview: boolean): Handler | undefined {
  const table = isPreview ? preview : live;
  const key = `${method} ${name}`;
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
