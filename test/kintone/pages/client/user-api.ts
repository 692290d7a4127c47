/**
 * `kintone.user`. Facts: https://cybozu.dev/ja/kintone/docs/js-api/kintone/get-groups/ and .../get-organizations
 */
import { endpoints, type Memberships } from '../shared';
import { bootstrap, state } from './page';

/** Asked once per user and document, as on the real page. */
const known = new Map<string, Promise<Memberships>>();

async function ask(code: string): Promise<Memberships> {
  const response = await fetch(`${endpoints.memberships}?code=${encodeURIComponent(code)}`);
  if (!response.ok) throw new Error(`The user ${code} is not known.`);
  return (await response.json()) as Memberships;
}

async function memberships(code: string): Promise<Memberships> {
  if (state.screen === 'pluginConfig') throw new Error('kintone.user cannot be used on the settings page.');
  const answer = known.get(code) ?? ask(code);
  known.set(code, answer);
  return answer;
}

/** Groups and organizations of the given or the logged-in user; rejects for an unknown one. */
export const user = {
  getGroups: async (code: string = bootstrap.user.code) => (await memberships(code)).groups,
  getOrganizations: async (code: string = bootstrap.user.code) => (await memberships(code)).organizations,
};
