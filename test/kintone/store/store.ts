import { App } from './app';
import { secondStamp } from './clock';
import { newAppSide } from './defaults';
import { FileStore } from './files';
import type { Clock, Entity, Space, User } from './types';
import { UndoLog } from './undoLog';

/** Everything one local kintone remembers. Nothing here checks permissions or shapes of requests. */
export class Store {
  readonly clock: Clock;
  readonly undo = new UndoLog();
  readonly apps = new Map<string, App>();
  /** By login name. */
  readonly users = new Map<string, User>();
  readonly organizations = new Map<string, Entity>();
  readonly groups = new Map<string, Entity>();
  readonly spaces = new Map<string, Space>();
  readonly files = new FileStore();
  private lastAppId = 0;

  constructor(clock: Clock) {
    this.clock = clock;
    this.groups.set('everyone', { code: 'everyone', name: 'Everyone' });
    this.groups.set('Administrators', { code: 'Administrators', name: 'Administrators' });
    this.addUser({ code: 'Administrator', password: 'cybozu', name: 'Administrator', isAdmin: true });
  }

  /** Adds or replaces a user; what is not given gets the values of an ordinary Japanese user. */
  addUser(user: Partial<User> & { code: string }): User {
    const added: User = {
      id: String(this.users.size + 1),
      name: user.code,
      password: user.code,
      email: '',
      language: 'ja',
      timezone: 'Asia/Tokyo',
      isAdmin: false,
      isGuest: false,
      organizations: [],
      groups: [],
      ...user,
    };
    this.users.set(added.code, added);
    return added;
  }

  /** Creates an app that exists only in the test environment until it is deployed. */
  createApp(options: {
    name: string;
    creator: Entity;
    language: string;
    id?: string;
    spaceId?: string | null;
    threadId?: string | null;
  }): App {
    const id = options.id ?? String(this.lastAppId + 1);
    this.lastAppId = Math.max(this.lastAppId, Number(id));
    const app = new App({
      id,
      spaceId: options.spaceId ?? null,
      threadId: options.threadId ?? null,
      createdAt: secondStamp(this.clock.nowMs()),
      creator: options.creator,
      preview: newAppSide(options.name, options.language),
      undo: this.undo,
    });
    this.apps.set(id, app);
    return app;
  }

  findUser(code: string): User | undefined {
    return this.users.get(code);
  }

  /** Group codes of a user, the built-in ones included. */
  groupsOf(user: User): string[] {
    return ['everyone', ...(user.isAdmin ? ['Administrators'] : []), ...user.groups];
  }
}

export function entityOf(user: Entity): Entity {
  return { code: user.code, name: user.name };
}
