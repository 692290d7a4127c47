/** Puts a server together and runs it until it is stopped. */

import type { Settings } from '../../definition/types';
import { realClock, realRandomness } from '../../kintone/clock';
import { recordsPort } from '../../kintone/records-port';
import { createUsage } from '../../kintone/usage';
import type { Clock } from '../../run';
import { clientsOf, restClient } from '../connection';
import { nodePorts } from '../ports';
import { readSettings } from '../settings-file';
import { namesIn, type Texts } from '../texts';
import type { ServeArguments } from './arguments';
import type { Server } from './context';
import { createDrain } from './drain';
import { listen } from './http/listen';
import { lookAgain } from './interrupted';
import type { Log } from './log';
import { createMetrics } from './metrics';
import { ownerIds } from './owner';
import { poll } from './poll';
import { pollRequests } from './requests';
import { rememberPlans } from './runs/trusted-plan';
import { createWorker } from './runs/worker';
import { runScheduler } from './scheduler';
import type { Store } from './store/types';
import { triggerDoor } from './trigger-door';
import { unitsOf } from './units';
import { notificationReader } from './webhook/reader';

export interface RunningNagare {
  readonly address: { readonly host: string; readonly port: number };
  /** Reads the settings again; a message when they cannot be read and the old ones stay. */
  reload(): Promise<string | null>;
  /** Takes nothing new, lets what is on its way to kintone arrive, and leaves runs so that they can be gone on with. */
  stop(): Promise<void>;
}

/** Takes over `store`: `stop` closes it. Rejects when the port is taken or the store fails. */
export async function createNagare(
  args: ServeArguments,
  settings: Settings,
  store: Store,
  log: Log,
  texts: Texts,
  clock: Clock = realClock,
): Promise<RunningNagare> {
  const server = await contextOf({ args, settings, store, log, texts, clock });
  const worker = createWorker(server);
  const { settingsError, concurrency } = texts.trigger;
  const trigger = triggerDoor(server, worker, args.serialNumbers, { settingsError, concurrency });
  const doors = { server, trigger, webhookSecret: args.webhookSecret };
  const listener = await listen(doors, { host: args.host, port: args.port }, log);
  await store.start(worker.work).catch(async (error: unknown) => {
    await listener.close();
    throw error;
  });
  const stopping = new AbortController();
  const { signal } = stopping;
  const loops = Promise.all([
    runScheduler(server, signal),
    pollRequests(server, signal),
    poll(server, signal, 'interruptedUnreadable', () => lookAgain(server)),
  ]);
  return {
    address: listener.address,
    reload: () => server.units.reload(),
    async stop() {
      stopping.abort();
      const answered = listener.close();
      await store.stop();
      await server.drain.stop();
      await Promise.all([answered, loops]);
      await store.close();
    },
  };
}

const STORE_ID = 'store-id';
/** The store's name lasts as long as the store. */
const FOR_EVER_MS = 100 * 365 * 24 * 3600_000;

interface Parts {
  readonly args: ServeArguments;
  readonly settings: Settings;
  readonly store: Store;
  readonly log: Log;
  readonly texts: Texts;
  readonly clock: Clock;
}

async function contextOf({ args, settings, store, log, texts, clock }: Parts): Promise<Server> {
  const random = realRandomness;
  const clientFor = clientsOf(args.connection);
  const units = unitsOf(settings, () => readSettings(args.settingsPath, texts));
  const drain = createDrain();
  await store.marks.replace(STORE_ID, null, random.uuid().slice(0, 8), clock.nowMs() + FOR_EVER_MS);
  const owners = ownerIds(String(await store.marks.get(STORE_ID)), store, random.uuid);
  const { auth, baseUrl } = args.connection;
  // kintone signs what a token writes as Administrator.
  const code = auth.kind === 'password' ? auth.username : 'Administrator';
  const describe: Server['describe'] = (failure) => texts.sentence(failure, namesIn(units.settings()));
  return {
    units,
    store,
    log,
    metrics: createMetrics(),
    clock,
    random,
    drain,
    owners,
    resumes: args.resumes,
    seen: new Map(),
    clientFor,
    site: { origin: new URL(baseUrl).origin, app: args.app },
    account: { code, name: code },
    timeZone: args.timeZone,
    describe,
    ports(logApp) {
      const ports = nodePorts(clientFor, logApp, describe);
      const journal = drain.guard(rememberPlans(ports.journal, store.marks, clock.nowMs));
      return { ...ports, clock, presence: owners, journal };
    },
    journal() {
      // Units without a log app are invalid before anybody asks for their runs.
      const logApp = units.settings().logApp ?? { appId: '0' };
      return nodePorts(clientFor, logApp, describe).journal;
    },
    records: recordsPort(clientFor, { clock, random, usage: createUsage() }),
    notifications: notificationReader(restClient(args.connection, args.app.guestSpaceId), args.app.appId),
  };
}
