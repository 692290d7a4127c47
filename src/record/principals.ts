import type { PrincipalRef } from '../definition/types';
import type { PrincipalKind, RecordPage } from './page';

/**
 * Whether a list of users, groups and organisations names the user; an empty list names everybody.
 * Guidance, not a wall: where kintone cannot tell the memberships the answer is yes, and the apps' own
 * permissions decide.
 */
export async function isForUser(users: readonly PrincipalRef[], page: RecordPage): Promise<boolean> {
  if (users.length === 0) return true;
  const { code } = page.user();
  if (users.some((one) => one.type === 'USER' && one.code === code)) return true;
  for (const kind of ['GROUP', 'ORGANIZATION'] satisfies PrincipalKind[]) {
    const named = users.filter((one) => one.type === kind);
    if (named.length === 0) continue;
    const own = await page.principals(kind);
    if (own === null || named.some((one) => own.includes(one.code))) return true;
  }
  return false;
}
