/** What the logged-in user may do with an app, for the buttons of the pages. */
import { type Rights, rightsOn } from '../server/permissions';
import type { App } from '../store/app';
import type { Store } from '../store/store';
import type { User } from '../store/types';

/** The rights the REST API itself goes by. */
export function rightsOf(store: Store, user: User, app: App): Rights {
  return rightsOn({ store, actor: { kind: 'user', user } }, app);
}
