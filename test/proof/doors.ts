/** The ways in which a proof has a server start runs; each knows what must have become of what it asked for. */
import { clientsOf } from '../../src/node/connection';
import { nodePorts } from '../../src/node/ports';
import { pressIdOf } from '../../src/node/server/press-id';
import { type JournalPort, runIdOf } from '../../src/run';
import { runEntry } from '../run/run-entry';
import { connectionTo } from './http-kintone';
import { CALLING } from './lanes';
import { SERIAL_NUMBER, type ServeProcess, WEBHOOK_SECRET } from './serve-process';

const AGAIN_AFTER_MS = 25;
const MINUTE_MS = 60_000;

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Some server, another one now and then. */
export type AnyServer = () => ServeProcess;

export interface Door {
  /** Has one run started. Resolves when a server, or the log app, has taken the wish. Null: nobody has to ask. */
  readonly ask: ((unitId: string) => Promise<void>) | null;
  /** Runs of the unit that must have ended well, by run id where it is known; and how many more may have. */
  owed(unitId: string): { readonly runIds: readonly string[]; readonly more: number };
  /** Requests that were sent again, or left alone, because no answer came. */
  readonly unanswered: () => number;
}

const idOf = (count: number): string => `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;

class Owed {
  private readonly byUnit = new Map<string, string[]>();
  add(unitId: string, runId: string): void {
    this.byUnit.set(unitId, [...this.of(unitId), runId]);
  }
  of = (unitId: string): readonly string[] => this.byUnit.get(unitId) ?? [];
}

/** kintone's webhook: the same notification again and again, until some server has taken it. */
export function webhookDoor(server: AnyServer): Door {
  const owed = new Owed();
  let notifications = 0;
  let unanswered = 0;
  return {
    async ask(unitId) {
      notifications += 1;
      const id = idOf(notifications);
      const body = {
        id,
        type: 'UPDATE_RECORD',
        app: { id: CALLING, name: 'closing' },
        record: { $id: { type: '__ID__', value: '1' }, $revision: { type: '__REVISION__', value: '1' } },
      };
      for (;;) {
        const reply = await server().post(`/webhook/${unitId}/${WEBHOOK_SECRET}`, body);
        if (reply !== null && reply.status < 300) break;
        if (reply !== null && reply.status !== 500) throw new Error(JSON.stringify(reply));
        unanswered += 1;
        await pause(AGAIN_AFTER_MS);
      }
      owed.add(unitId, runIdOf(unitId, pressIdOf('webhook', unitId, id)));
    },
    owed: (unitId) => ({ runIds: owed.of(unitId), more: 0 }),
    unanswered: () => unanswered,
  };
}

/** A program: a token is asked for until it comes; `/run` is sent once, for its token is spent by then. */
export function programDoor(server: AnyServer, appUrl: string): Door {
  const owed = new Owed();
  const open = new Map<string, number>();
  let unanswered = 0;
  const send = async (unitId: string, operation: string, body: object) => {
    const reply = await server().post(`/trigger/v1/${unitId}/${operation}`, body);
    // 500: its store or kintone could not be asked in time.
    if (reply !== null && reply.status !== 200 && reply.status !== 500)
      throw new Error(JSON.stringify(reply));
    if (reply?.status === 200) return reply.body as { readonly accessToken: string; readonly taskId: string };
    unanswered += 1;
    return null;
  };
  return {
    async ask(unitId) {
      const license = { krewdataAppUrl: appUrl, serialNumber: btoa(SERIAL_NUMBER) };
      let token = await send(unitId, 'token', license);
      while (token === null) {
        await pause(AGAIN_AFTER_MS);
        token = await send(unitId, 'token', license);
      }
      const { accessToken } = token;
      const task = await send(unitId, 'run', { accessToken, user: 'program', appId: CALLING });
      if (task === null) open.set(unitId, (open.get(unitId) ?? 0) + 1);
      else owed.add(unitId, task.taskId);
    },
    owed: (unitId) => ({ runIds: owed.of(unitId), more: open.get(unitId) ?? 0 }),
    unanswered: () => unanswered,
  };
}

/** A page that asks in the log app, under its own name. */
export function pageDoor(kintoneUrl: string, logAppId: string, user: string): Door {
  const owed = new Owed();
  let requests = 0;
  let journal: JournalPort | null = null;
  return {
    async ask(unitId) {
      journal ??= nodePorts(
        clientsOf(connectionTo(kintoneUrl, user)),
        { appId: logAppId },
        ({ code }) => code,
      ).journal;
      requests += 1;
      const runId = runIdOf(unitId, idOf(requests));
      const entry = runEntry({
        runId,
        unitId,
        user: { code: user, name: user },
        startedAtMs: Date.now(),
        owner: '',
        reason: 'requested',
      });
      const reply = await journal.create(entry);
      if (reply.kind !== 'created') throw new Error(JSON.stringify(reply));
      owed.add(unitId, runId);
    },
    owed: (unitId) => ({ runIds: owed.of(unitId), more: 0 }),
    unanswered: () => 0,
  };
}

/** The clock, every minute from the first one that begins now. */
export function scheduleDoor(nowMs: () => number): Door & { stop(): void } {
  const firstMs = Math.ceil(nowMs() / MINUTE_MS) * MINUTE_MS;
  let lastMs: number | null = null;
  return {
    ask: null,
    /** Later instants may still start runs, and need not. */
    stop() {
      lastMs = nowMs();
    },
    owed(unitId) {
      const count = Math.max(0, Math.floor(((lastMs ?? nowMs()) - firstMs) / MINUTE_MS) + 1);
      const runIds = Array.from({ length: count }, (_unused, index) =>
        runIdOf(unitId, pressIdOf('schedule', unitId, String(firstMs + index * MINUTE_MS))),
      );
      return { runIds, more: Number.POSITIVE_INFINITY };
    },
    unanswered: () => 0,
  };
}
