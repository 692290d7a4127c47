/** A server in this process over a local kintone: HTTP on both sides, a file as store, time that can be moved. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionUnit, Settings } from '../../src/definition/types';
import { realClock } from '../../src/kintone/clock';
import { createLogApp } from '../../src/kintone/log-app';
import { clientsOf } from '../../src/node/connection';
import { nodePorts } from '../../src/node/ports';
import type { ServeArguments } from '../../src/node/server/arguments';
import { createNagare, type RunningNagare } from '../../src/node/server/create';
import { type Facts, jsonLog } from '../../src/node/server/log';
import { openFileStore } from '../../src/node/server/store/file-store';
import { textsOf } from '../../src/node/texts';
import type { Clock, NewRunEntry, RunPorts } from '../../src/run';
import type { StatusBody, TriggerReply } from '../../src/trigger';
import { logApp as logAppTexts } from '../../src/ui/dictionaries/ja/log-app';
import { Gate } from '../kintone/gate';
import type { FaultMatch } from '../kintone/server/faults';
import { type RunningServer, startServer } from '../kintone/server/server';
import { adminClient, connectionTo, rowsIn } from '../proof/http-kintone';
import { runEntry } from '../run/run-entry';
import { orders, SOURCE, settingsOf, sumFlow, TARGET, unitOf } from '../run/setup';
import { type DoorWorld, pathOf } from '../trigger/error-rows';

export const CALLING = '40';
export const SERIAL = 'abcdef-jklmno-pqrstu-xyz123-456789';
export const SECRET = 'whsec_0123456789abcdef0123456789abcdef';
export const PASSWORD = 'admin-pw';

export const UNITS = {
  usable: 'abcdefghijklmn',
  notByApi: 'bbbbbbbbbbbbbb',
  disabled: 'cccccccccccccc',
  withoutFlows: 'dddddddddddddd',
};

const dump = {
  users: [
    { code: 'admin', name: 'Admin', password: PASSWORD, isAdmin: true, language: 'ja' },
    { code: 'sato', name: '佐藤', password: 'sato-pw', language: 'ja' },
    { code: 'tanaka', name: '田中', password: 'tanaka-pw', language: 'ja' },
  ],
  apps: [
    {
      id: SOURCE,
      name: 'orders',
      creator: 'admin',
      fields: { customer: { type: 'SINGLE_LINE_TEXT' as const }, amount: { type: 'NUMBER' as const } },
      records: orders(3),
    },
    {
      id: TARGET,
      name: 'totals',
      creator: 'admin',
      fields: { key: { type: 'SINGLE_LINE_TEXT' as const }, total: { type: 'NUMBER' as const } },
    },
    {
      id: CALLING,
      name: 'closing',
      creator: 'admin',
      fields: { memo: { type: 'SINGLE_LINE_TEXT' as const } },
      records: [{ memo: 'a' }, { memo: 'b' }],
    },
  ],
};

export interface LogLine extends Facts {
  readonly level: string;
  readonly event: string;
}

/** Without keys: a run that happens twice doubles its rows. */
function settingsWith(logAppId: string, change: Partial<ExecutionUnit>): Settings {
  const flows = [sumFlow('f1', 'append'), sumFlow('f2', 'append')];
  const common = { api: true, confirm: 'never' } as const;
  return {
    ...settingsOf(flows),
    logApp: { appId: logAppId },
    units: [
      unitOf(['f1'], { ...common, id: UNITS.usable, name: 'usable', ...change }),
      unitOf(['f1'], { ...common, id: UNITS.notByApi, name: 'not by api', api: false }),
      unitOf(['f1'], { ...common, id: UNITS.disabled, name: 'disabled', enabled: false }),
      unitOf([], { ...common, id: UNITS.withoutFlows, name: 'without flows' }),
    ],
  };
}

export class ServerWorld implements DoorWorld {
  readonly units = UNITS;
  readonly appId = CALLING;
  readonly serialNumber = SERIAL;
  readonly record = {
    $id: { type: '__ID__', value: '1' },
    memo: { type: 'SINGLE_LINE_TEXT', value: 'a' },
  };
  readonly door = { send: (path: string, body: unknown, method?: string) => this.send(path, body, method) };
  readonly log: LogLine[] = [];
  readonly kintone: RunningServer;
  private readonly gate: Gate;
  readonly logAppId: string;
  settings: Settings;
  /** Units whose interrupted runs the server goes on with; for the next `serve`. */
  resumes: readonly string[] = [];
  private nagare: RunningNagare | null = null;
  private readonly others: RunningNagare[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'nagare-server-'));
  private movedMs = 0;
  private readonly startMs = Math.floor(Date.now() / 60_000) * 60_000 + 30_000;
  private readonly clock: Clock = {
    ...realClock,
    // Half past the minute: whatever takes a while in real time passes no minute by itself.
    nowMs: () => this.startMs + this.movedMs,
    monotonicMs: () => performance.now() + this.movedMs,
    // Pauses of seconds are about load, not about safety: here they only let other work in.
    sleep: (ms, signal) => realClock.sleep(Math.min(ms, 20), signal),
  };
  private entries = 0;

  static async start(change: Partial<ExecutionUnit> = {}): Promise<ServerWorld> {
    const gate = new Gate();
    const kintone = await startServer({ latencyMs: 0, sleep: gate.pass });
    kintone.kintone.load(dump);
    const options = { ...logAppTexts, sleep: () => Promise.resolve() };
    const client = adminClient(kintone.url);
    const { appId } = await createLogApp(client, options, () => undefined);
    const world = new ServerWorld(kintone, gate, appId, settingsWith(appId, change));
    await world.serve();
    return world;
  }

  private constructor(kintone: RunningServer, gate: Gate, logAppId: string, settings: Settings) {
    this.kintone = kintone;
    this.gate = gate;
    this.logAppId = logAppId;
    this.settings = settings;
  }

  get url(): string {
    const { host, port } = this.running.address;
    return `http://${host}:${port}`;
  }

  get appUrl(): string {
    return `${this.kintone.url}/k/${CALLING}`;
  }

  get running(): RunningNagare {
    if (this.nagare === null) throw new Error('the server is stopped');
    return this.nagare;
  }

  private arguments(user = 'admin'): ServeArguments {
    const settingsPath = join(this.folder, 'settings.json');
    writeFileSync(settingsPath, JSON.stringify(this.settings));
    return {
      settingsPath,
      connection: connectionTo(this.kintone.url, user),
      app: { appId: CALLING },
      host: '127.0.0.1',
      port: 0,
      store: { kind: 'file', folder: join(this.folder, 'data') },
      serverId: 'test',
      workers: 4,
      timeZone: 'Asia/Tokyo',
      serialNumbers: ['other-serial', SERIAL],
      resumes: this.resumes,
      webhookSecret: SECRET,
    };
  }

  /** Starts the server (again) on the same folder. */
  async serve(): Promise<void> {
    this.nagare = await this.open('data', this.arguments());
  }

  /** One more server, which knows nothing of the first and writes as another user. */
  async serveBeside(user: string): Promise<void> {
    this.others.push(await this.open(`data-of-${user}`, this.arguments(user)));
  }

  private async open(folder: string, args: ServeArguments): Promise<RunningNagare> {
    const store = await openFileStore({
      folder: join(this.folder, folder),
      workers: args.workers,
      nowMs: this.clock.nowMs,
    });
    const write = (line: string): void => void this.log.push(JSON.parse(line) as LogLine);
    const log = jsonLog(write, this.clock.nowMs, () => [PASSWORD, SERIAL, SECRET]);
    return createNagare(args, this.settings, store, log, textsOf('en'), this.clock);
  }

  async stop(): Promise<void> {
    await Promise.all([this.nagare, ...this.others.splice(0)].map((server) => server?.stop()));
    this.nagare = null;
  }

  /** Writes changed settings and has them read. */
  async change(unitId: string, change: Partial<ExecutionUnit>): Promise<void> {
    const units = this.settings.units.map((unit) => (unit.id === unitId ? { ...unit, ...change } : unit));
    this.settings = { ...this.settings, units };
    this.arguments();
    const wrong = await this.running.reload();
    if (wrong !== null) throw new Error(wrong);
  }

  /** Settings as they are on the disk, whatever they say. */
  write(text: string): void {
    writeFileSync(join(this.folder, 'settings.json'), text);
  }

  async send(path: string, body: unknown, method = 'POST'): Promise<TriggerReply> {
    const response = await this.fetch(path, { method, body: JSON.stringify(body) });
    return { httpStatus: response.status, body: (await response.json()) as TriggerReply['body'] };
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { 'Content-Type': 'application/json;charset=UTF-8', ...init.headers };
    return fetch(this.url + path, { ...init, headers });
  }

  async advance(ms: number): Promise<void> {
    this.movedMs += ms;
  }

  ports(user = 'sato'): RunPorts {
    const clients = clientsOf(connectionTo(this.kintone.url, user));
    return nodePorts(clients, { appId: this.logAppId }, (failure) => failure.code);
  }

  /** A run record that somebody else has written. */
  async enter(change: Partial<NewRunEntry>): Promise<{ readonly journalId: string; readonly runId: string }> {
    this.entries += 1;
    const press = `00000000-0000-4000-8000-${String(this.entries).padStart(12, '0')}`;
    const unitId = change.unitId ?? UNITS.usable;
    const entry = runEntry({
      runId: `${unitId}:${press}`,
      unitId,
      unitName: 'usable',
      callingAppId: CALLING,
      callingRecordId: '1',
      startedAtMs: this.clock.nowMs(),
      ...change,
    });
    const reply = await this.ports().journal.create(entry);
    if (reply.kind !== 'created') throw new Error(reply.kind);
    return { journalId: reply.journalId, runId: entry.runId };
  }

  /** The next requests that fit stand at kintone's door, after `skip` that pass, until `goOn`. */
  holdBack(match: FaultMatch, { skip = 0, times = 1 } = {}): void {
    this.kintone.kintone.faults.add({ match, effect: { kind: 'delay', delayMs: 1 }, skip, times });
  }

  /** Resolves when so many requests are held back. */
  held(count = 1): Promise<void> {
    return this.gate.crowd(count);
  }

  /** Lets go what is held back, save the first ones. */
  goOn(exceptFirst = 0): void {
    this.gate.open(exceptFirst);
  }

  /** Resolves when each of the users has asked so often for records by a query with these words. */
  asked(words: string, times: number, users: readonly string[] = ['admin']): Promise<void> {
    const left = new Map(users.map((user) => [user, times]));
    return new Promise((resolve) => {
      this.kintone.kintone.onExecuted = (request, _reply, user) => {
        if (!String(request.params['query'] ?? '').includes(words)) return;
        left.set(user ?? '', (left.get(user ?? '') ?? 0) - 1);
        if (users.every((one) => (left.get(one) ?? 0) <= 0)) resolve();
      };
    });
  }

  /** What `/status` says once the task has ended. */
  async end(task: { readonly accessToken: string; readonly taskId: string }): Promise<StatusBody> {
    for (;;) {
      const { body } = await this.send(pathOf(UNITS.usable, 'status'), task);
      if (!('flowInfo' in body)) throw new Error(JSON.stringify(body));
      if (body.taskStatus === 'Success' || body.taskStatus === 'Failure') return body;
    }
  }

  async exhaustRateLimit(unitId: string): Promise<void> {
    for (let count = 0; count < 5; count += 1) await this.enter({ unitId });
  }

  async occupy(unitId: string): Promise<string> {
    return (await this.enter({ unitId, lockKey: unitId })).runId;
  }

  forbidApi(unitId: string): Promise<void> {
    return this.change(unitId, { api: false });
  }

  /** Resolves when the log has a line that fits. */
  async logged(fits: (line: LogLine) => boolean): Promise<LogLine> {
    for (;;) {
      const found = this.log.find(fits);
      if (found !== undefined) return found;
      await new Promise((again) => setImmediate(again));
    }
  }

  client = () => adminClient(this.kintone.url);
  runs = () => rowsIn(this.kintone.kintone, this.logAppId);
  rows = (): readonly string[] => rowsIn(this.kintone.kintone, TARGET).map((row) => String(row['key']));

  async close(): Promise<void> {
    await this.stop();
    await this.kintone.close();
    rmSync(this.folder, { recursive: true });
  }
}
