/** `nagare serve` as processes that are killed with SIGKILL at random moments, over a local kintone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Settings } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import { logApp as logAppTexts } from '../../src/ui/dictionaries/ja/log-app';
import { type RunningServer, startServer } from '../kintone/server/server';
import { SOURCE, settingsOf, sumFlow, unitOf } from '../run/setup';
import { adminClient, rowsIn } from './http-kintone';
import { RequestHistory } from './request-history';

const CALLING = '1';
/** Rows that each flow adds; every flow is a commit of its own. */
const ROWS = 20;
const FLOWS = 4;
const USERS = 200;
/** Pauses between attempts take a tenth; more would let connections to the database time out. */
const TIME_FACTOR = 10;
const LATENCY_MS = 10;
const RATE_LIMIT = 60;
const SECRET = 'proof-of-webhooks-0123456789abcdef';
/** Requests of two undisturbed runs: kills fall into every part of a run, and runs also get done. */
const REQUESTS_BETWEEN_KILLS = 60;
const JITTER_MS = 25;
/** Runs of a lane that have been asked for and have not ended. */
const AHEAD = 2;

const userName = (index: number): string => `p${index % USERS}`;
const unitId = (lane: number): string => `server${'abcdefghij'[lane] ?? 'z'}`.padEnd(14, 'x');
const appsOf = (lane: number): readonly string[] =>
  Array.from({ length: FLOWS }, (_unused, index) => String(100 + lane * FLOWS + index));
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export interface ServerProofOptions {
  readonly lanes: number;
  /** Of a database that the servers share; null: one server with a folder. */
  readonly databaseUrl: string | null;
  readonly servers: number;
}

export interface ServerProof {
  readonly kills: number;
  readonly runs: number;
  readonly rows: number;
  readonly doubled: number;
  readonly lost: number;
  /** Rules of the protocol that were broken, in words. */
  readonly problems: readonly string[];
  /** Notifications that were sent again because the answer was lost. */
  readonly redelivered: number;
  /** From the last kill to the end of the last run. */
  readonly finishMs: number;
  readonly exitCodes: readonly (number | null)[];
}

interface Running {
  readonly child: ChildProcess;
  readonly user: string;
  readonly started: Promise<number>;
  readonly exited: Promise<unknown>;
}

export class ServerProofWorld {
  readonly kintone: RunningServer;
  readonly history: RequestHistory;
  private readonly options: ServerProofOptions;
  private readonly logAppId: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'nagare-server-proof-'));
  private readonly settingsFile: string;
  /** A copy of the built command, so that a build meanwhile does not take it away; its packages stay where they are. */
  private readonly program = join(this.folder, 'nagare.mjs');
  private readonly requests = new Map<string, number>();
  private readonly servers: (Running | null)[];
  private readonly asked: number[];
  private readonly waiting = new Set<() => void>();
  private notifications = 0;
  private redelivered = 0;
  private users = 0;
  private said = '';

  static async start(options: ServerProofOptions): Promise<ServerProofWorld> {
    const kintone = await startServer({ latencyMs: 0 });
    const { lanes } = options;
    kintone.kintone.load({
      users: [
        { code: 'admin', name: 'Admin', password: 'admin-pw', isAdmin: true, language: 'ja' },
        ...Array.from({ length: USERS }, (_unused, index) => ({
          code: userName(index),
          name: userName(index),
          password: `${userName(index)}-pw`,
          language: 'ja',
        })),
      ],
      apps: [
        {
          id: CALLING,
          name: 'closing',
          creator: 'admin',
          fields: { memo: { type: 'SINGLE_LINE_TEXT' } },
          records: [{ memo: 'a' }],
        },
        {
          id: SOURCE,
          name: 'orders',
          creator: 'admin',
          fields: { customer: { type: 'SINGLE_LINE_TEXT' }, amount: { type: 'NUMBER' } },
          records: Array.from({ length: ROWS }, (_unused, index) => ({ customer: `c${index}`, amount: '1' })),
        },
        ...Array.from({ length: lanes * FLOWS }, (_unused, index) => ({
          id: String(100 + index),
          name: `totals ${index}`,
          creator: 'admin',
          fields: { key: { type: 'SINGLE_LINE_TEXT' as const }, total: { type: 'NUMBER' as const } },
        })),
      ],
    });
    const tools = { ...logAppTexts, sleep: () => Promise.resolve() };
    const { appId } = await createLogApp(adminClient(kintone.url), tools, () => undefined);
    return new ServerProofWorld(kintone, options, appId);
  }

  private constructor(kintone: RunningServer, options: ServerProofOptions, logAppId: string) {
    this.kintone = kintone;
    this.options = options;
    this.logAppId = logAppId;
    this.history = new RequestHistory(kintone.kintone, logAppId);
    this.servers = Array.from({ length: options.servers }, () => null);
    this.asked = Array.from({ length: options.lanes }, () => 0);
    kintone.kintone.latencyMs = LATENCY_MS;
    kintone.kintone.onExecuted = (request, reply, user) => {
      this.history.note(request, reply, user);
      this.requests.set(user ?? '', (this.requests.get(user ?? '') ?? 0) + 1);
      this.wakeAll();
    };
    copyFileSync('dist/node/nagare.mjs', this.program);
    symlinkSync(resolve('node_modules'), join(this.folder, 'node_modules'));
    this.settingsFile = join(this.folder, 'settings.json');
    writeFileSync(this.settingsFile, JSON.stringify(settingsFor(options.lanes, logAppId)));
  }

  private wakeAll(): void {
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }

  /** Starts a server as a user that no earlier process was. */
  private spawn(index: number): Running {
    const user = userName(this.users);
    this.users += 1;
    const { databaseUrl } = this.options;
    const child = spawn(
      process.execPath,
      [
        '--import',
        resolve('test/proof/fast-time.mjs'),
        this.program,
        ...['serve', '--settings', this.settingsFile, '--app', CALLING, '--port', '0'],
        ...['--data', join(this.folder, `data-${index}`), '--server-id', `s${index}`],
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          KINTONE_BASE_URL: this.kintone.url,
          KINTONE_USERNAME: user,
          KINTONE_PASSWORD: `${user}-pw`,
          NAGARE_WEBHOOK_SECRET: SECRET,
          ...(databaseUrl === null ? {} : { NAGARE_DATABASE_URL: databaseUrl }),
          NAGARE_TIME_FACTOR: String(TIME_FACTOR),
          LANG: 'en',
        },
      },
    );
    const started = new Promise<number>((ready) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        this.said = `${this.said}\n${line}`.slice(-20_000);
        const { event, port } = JSON.parse(line) as { event: string; port?: number };
        if (event === 'started') ready(port ?? 0);
      });
    });
    child.stderr.on('data', (chunk: Buffer) => {
      this.said = `${this.said}\n${chunk.toString()}`.slice(-20_000);
    });
    const running = { child, user, started, exited: once(child, 'exit') };
    this.servers[index] = running;
    return running;
  }

  /** Resolves when the process has sent that many requests to kintone since now, has ended, or nobody wants it. */
  private async after(
    { child, user, exited }: Running,
    requests: number,
    isWanted: () => boolean,
  ): Promise<void> {
    const until = (this.requests.get(user) ?? 0) + requests;
    while (
      isWanted() &&
      (this.requests.get(user) ?? 0) < until &&
      child.exitCode === null &&
      child.signalCode === null
    ) {
      await Promise.race([exited, new Promise<void>((wake) => this.waiting.add(wake))]);
    }
  }

  /** One notification, sent until some server has taken it. */
  private async notify(lane: number, random: () => number): Promise<void> {
    this.notifications += 1;
    const id = `00000000-0000-4000-8000-${String(this.notifications).padStart(12, '0')}`;
    const body = JSON.stringify({
      id,
      type: 'UPDATE_RECORD',
      app: { id: CALLING, name: 'closing' },
      record: { $id: { type: '__ID__', value: '1' }, $revision: { type: '__REVISION__', value: '1' } },
    });
    for (;;) {
      const server = this.servers[Math.floor(random() * this.servers.length)];
      const port = server == null ? null : await Promise.race([server.started, server.exited]);
      if (typeof port === 'number') {
        const url = `http://127.0.0.1:${port}/webhook/${unitId(lane)}/${SECRET}`;
        const headers = { 'Content-Type': 'application/json' };
        const reply = await fetch(url, { method: 'POST', headers, body }).catch(() => null);
        if (reply?.ok === true) break;
        if (reply !== null && reply.status !== 500) throw new Error(`${reply.status} ${await reply.text()}`);
        this.redelivered += 1;
      }
      await pause(JITTER_MS);
    }
    this.asked[lane] = (this.asked[lane] ?? 0) + 1;
  }

  private successes(lane: number): number {
    return rowsIn(this.kintone.kintone, this.logAppId).filter(
      (row) => row['execution_unit_Id'] === unitId(lane) && row['state'] === 'Success',
    ).length;
  }

  private failures(): readonly unknown[] {
    return rowsIn(this.kintone.kintone, this.logAppId).filter((row) => row['state'] === 'Failure');
  }

  /** Kills `kills` servers in all while they work, then lets all runs come to their ends. */
  async prove(kills: number, random: () => number): Promise<ServerProof> {
    let left = kills;
    let lastKillMs = performance.now();
    for (let index = 0; index < this.options.servers; index += 1) this.spawn(index);

    const feeding = Array.from({ length: this.options.lanes }, async (_unused, lane) => {
      // Not all at the same time: a lane that has had its turn goes on until the last kill.
      while (left > 0 || (this.asked[lane] ?? 0) === 0) {
        if ((this.asked[lane] ?? 0) - this.successes(lane) < AHEAD) await this.notify(lane, random);
        else await pause(JITTER_MS);
      }
    });
    const killing = this.servers.map(async (_unused, index) => {
      while (left > 0) {
        const running = this.servers[index];
        if (running == null) throw new Error('no server');
        await Promise.race([running.started, running.exited]);
        await this.after(running, 1 + Math.floor(random() * REQUESTS_BETWEEN_KILLS), () => left > 0);
        await pause(random() * JITTER_MS);
        if (left === 0) break;
        if (running.child.exitCode !== null) throw new Error(`ended by itself: ${this.said}`);
        left -= 1;
        // A server without work would wait for ever to be killed.
        this.wakeAll();
        running.child.kill('SIGKILL');
        await running.exited;
        lastKillMs = performance.now();
        this.spawn(index);
      }
    });
    await Promise.all([...feeding, ...killing]);
    await this.allEnded();
    const finishMs = performance.now() - lastKillMs;
    const exitCodes = await Promise.all(this.servers.map((server) => this.stop(server)));
    return { kills: kills - left, ...this.figures(), redelivered: this.redelivered, finishMs, exitCodes };
  }

  private async allEnded(): Promise<void> {
    const isOpen = (): boolean => this.asked.some((asked, lane) => this.successes(lane) < asked);
    while (isOpen()) {
      const [failure] = this.failures();
      if (failure !== undefined) throw new Error(`a run failed: ${JSON.stringify(failure)}\n${this.said}`);
      await pause(JITTER_MS);
    }
  }

  private async stop(server: Running | null): Promise<number | null> {
    if (server === null) return null;
    await server.started;
    server.child.kill('SIGTERM');
    await server.exited;
    return server.child.exitCode;
  }

  private figures(): Pick<ServerProof, 'runs' | 'rows' | 'doubled' | 'lost' | 'problems'> {
    let doubled = 0;
    let lost = 0;
    for (const [lane, wanted] of this.asked.entries()) {
      for (const app of appsOf(lane)) {
        const counts = new Map<string, number>();
        for (const row of rowsIn(this.kintone.kintone, app)) {
          const key = String(row['key']);
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        for (let index = 0; index < ROWS; index += 1) {
          const found = counts.get(`c${index}`) ?? 0;
          doubled += Math.max(0, found - wanted);
          lost += Math.max(0, wanted - found);
        }
      }
    }
    const runs = this.asked.reduce((sum, asked) => sum + asked, 0);
    return { runs, rows: runs * ROWS * FLOWS, doubled, lost, problems: this.history.problems(RATE_LIMIT) };
  }

  async close(): Promise<void> {
    for (const server of this.servers) server?.child.kill('SIGKILL');
    await this.kintone.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Keyless outputs only: nothing but the journal keeps their rows from being added twice. */
function settingsFor(lanes: number, logAppId: string): Settings {
  const flowsOf = (lane: number) =>
    appsOf(lane).map((app) => {
      const flow = sumFlow(`f${app}`, 'append');
      const commands = flow.commands.map((command) =>
        command.id === 'out'
          ? { ...command, settings: { ...command.settings, app: { appId: app } } }
          : command,
      );
      return { ...flow, commands };
    });
  const all = Array.from({ length: lanes }, (_unused, lane) => flowsOf(lane));
  return {
    ...settingsOf(all.flat()),
    logApp: { appId: logAppId },
    units: all.map((flows, lane) =>
      unitOf(
        flows.map((flow) => flow.id),
        {
          id: unitId(lane),
          name: `lane ${lane}`,
          confirm: 'never',
          // Each flow is a commit of its own, so that there is a middle to be killed in.
          atomicity: 'flow',
          rateLimitPerMinute: RATE_LIMIT,
          queueTtlMinutes: 60,
          webhookEvents: ['UPDATE_RECORD'],
        },
      ),
    ),
  };
}
