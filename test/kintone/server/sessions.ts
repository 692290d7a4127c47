import { randomBytes } from 'node:crypto';
import type { User } from '../store/types';
import type { Session } from './types';

export const sessionCookie = 'JSESSIONID';

/** Browser logins; they live until logout or reset. */
export class Sessions {
  private readonly byId = new Map<string, Session>();

  create(user: User): Session {
    const session = {
      id: randomBytes(12).toString('hex'),
      user,
      requestToken: randomBytes(12).toString('hex'),
    };
    this.byId.set(session.id, session);
    return session;
  }

  find(id: string): Session | null {
    return this.byId.get(id) ?? null;
  }

  /** The session a Cookie header carries, or null. */
  fromCookieHeader(header: string | undefined): Session | null {
    for (const part of (header ?? '').split(';')) {
      const [name, value = ''] = part.trim().split('=');
      if (name === sessionCookie) return this.find(value);
    }
    return null;
  }

  delete(id: string): void {
    this.byId.delete(id);
  }

  clear(): void {
    this.byId.clear();
  }
}
