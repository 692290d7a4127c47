import type { Clock } from '../store/types';
import { ApiError } from './errors';

const maxCursors = 10;
const lifeMs = 10 * 60 * 1000;

/** A cursor: its hits are fixed when it is created, their values are those of the moment of reading. */
export interface Cursor {
  readonly id: string;
  readonly appId: string;
  /** Login name of the creator; nobody else may use it. */
  readonly owner: string;
  readonly fields: readonly string[] | null;
  readonly size: number;
  readonly ids: readonly number[];
  position: number;
  expiresAtMs: number;
}

/** All cursors of the domain: at most ten at once, each forgotten ten minutes after its last use. */
export class CursorShelf {
  private readonly cursors = new Map<string, Cursor>();
  private readonly clock: Clock;
  private lastNumber = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get count(): number {
    this.dropExpired();
    return this.cursors.size;
  }

  /** GAIA_TM12 when ten are in use. */
  checkRoom(): void {
    this.dropExpired();
    if (this.cursors.size >= maxCursors) throw new ApiError('GAIA_TM12');
  }

  create(options: Omit<Cursor, 'id' | 'position' | 'expiresAtMs'>): Cursor {
    this.checkRoom();
    this.lastNumber += 1;
    const id = `cursor-${this.lastNumber}-${(this.lastNumber * 2654435761).toString(36)}`;
    const cursor: Cursor = { ...options, id, position: 0, expiresAtMs: this.clock.nowMs() + lifeMs };
    this.cursors.set(id, cursor);
    return cursor;
  }

  /** The cursor, its life extended; GAIA_CN01 when it is unknown, expired or somebody else's. */
  use(id: string, owner: string): Cursor {
    this.dropExpired();
    const cursor = this.cursors.get(id);
    if (cursor === undefined || cursor.owner !== owner) throw new ApiError('GAIA_CN01');
    cursor.expiresAtMs = this.clock.nowMs() + lifeMs;
    return cursor;
  }

  delete(id: string): void {
    this.cursors.delete(id);
  }

  private dropExpired(): void {
    const nowMs = this.clock.nowMs();
    for (const [id, cursor] of this.cursors) if (cursor.expiresAtMs <= nowMs) this.cursors.delete(id);
  }
}
