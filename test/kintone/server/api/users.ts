/** The part of the user API (`/v1/…`, not `/k/v1/…`) that pickers of people need. */
import type { Entity } from '../../store/types';
import type { ApiContext } from '../context';
import { ApiError } from '../errors';
import { optionalInteger, optionalStrings, type Params } from '../params';

const defaultSize = 100;

/** The members asked for by `codes`, or one page of all by `offset` and `size`. API tokens have no access. */
function page<Member extends Entity>(
  context: ApiContext,
  params: Params,
  members: ReadonlyMap<string, Member>,
): Member[] {
  if (context.actor.kind === 'token') throw new ApiError('GAIA_NO01');
  const codes = optionalStrings(params, 'codes');
  if (codes !== undefined) return codes.flatMap((code) => members.get(code) ?? []);
  const offset = optionalInteger(params, 'offset') ?? 0;
  return [...members.values()].slice(offset, offset + (optionalInteger(params, 'size') ?? defaultSize));
}

/** GET /v1/users.json: `{codes?, offset?, size?}` → `{users}`. */
export function getUsers(context: ApiContext, params: Params): unknown {
  const users = page(context, params, context.store.users).map((user) => ({
    id: user.id,
    code: user.code,
    name: user.name,
    email: user.email,
    locale: user.language,
    timezone: user.timezone,
    valid: true,
    primaryOrganization: user.organizations[0] ?? null,
  }));
  return { users };
}

/** GET /v1/organizations.json → `{organizations}`. */
export function getOrganizations(context: ApiContext, params: Params): unknown {
  return { organizations: page(context, params, context.store.organizations) };
}

/** GET /v1/groups.json → `{groups}`. */
export function getGroups(context: ApiContext, params: Params): unknown {
  return { groups: page(context, params, context.store.groups) };
}
