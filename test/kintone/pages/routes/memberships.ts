/** Where `kintone.user.getGroups` and `getOrganizations` ask. */
import type { RouteHandler } from '../../server/types';
import type { Entity } from '../../store/types';
import type { PagesContext } from '../host';
import { sendJson } from '../http';
import { endpoints, type Memberships } from '../shared';

/** The store has no ids for these; their place in it serves. */
function withId(code: string, all: ReadonlyMap<string, Entity>) {
  return { id: String([...all.keys()].indexOf(code) + 1), code, name: all.get(code)?.name ?? code };
}

/** `?code=<login name>` answers the groups and organizations of that user. */
export function membershipsRoute({ host }: PagesContext): RouteHandler {
  return (_request, response, url, session) => {
    if (url.pathname !== endpoints.memberships) return false;
    const user = host.store.findUser(url.searchParams.get('code') ?? '');
    if (session === null || user === undefined) return sendJson(response, {}, session === null ? 401 : 404);
    const { store } = host;
    const memberships: Memberships = {
      groups: store.groupsOf(user).map((code) => withId(code, store.groups)),
      organizations: user.organizations.map((code, index) => ({
        organization: { ...withId(code, store.organizations), primary: index === 0 },
        title: null,
      })),
    };
    return sendJson(response, memberships);
  };
}
