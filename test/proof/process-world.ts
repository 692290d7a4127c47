/** A local kintone over HTTP and command lines as processes of their own, for killing and freezing. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { Flow, Settings } from '../../src/definition/types';
import { createLogApp } from '../../src/kintone/log-app';
import { logApp as logAppTexts } from '../../src/ui/dictionaries/ja/log-app';
import { type RunningServer, startServer } from '../kintone/server/server';
import { SOURCE, settingsOf, sumFlow, unitOf } from '../run/setup';
import { adminClient, rowsIn } from './http-kintone';
import { RequestHistory } from './request-history';

/** Rows that each flow adds; every flow is a commit of its own. */
const ROWS = 20;
const FLOWS = 6;
const USERS = 60;
/** The lease of 120 s takes 2 s. */
const TIME_FACTOR = 60;
const LATENCY_MS = 10;
/** The highest that settings may have: runs follow each other far faster than people press. */
const MOST_STARTS = 60;

const userName = (index: number): string => `p${index % USERS}`;

export interface Ended {
  /** null: ended by a signal. */
  readonly code: number | null;
  readonly reason: string;
  /** What the process had to say, for whoever looks into a failing proof. */
  readonly said: string;
}

export interface Running {
  readonly user: string;
  readonly child: ChildProcess;
  /** Requests of this process that were carried out so far. */
  readonly requests: () => number;
  /** Resolves when the process has sent that many requests, or has ended. */
  after(requests: number): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** One unit for each lane, so that lanes can work side by side; each writes into apps of its own. */
export class ProcessWorld {
  readonly server: RunningServer;
  readonly history: RequestHistory;
  readonly lanes: number;
  readonly settings: Settings;
  readonly logAppId: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'nagare-proof-'));
  private readonly program: readonly string[];
  private readonly settingsFile: string;
  private readonly waiting = new Map<string, { count: number; wake: (() => void)[] }>();
  private started = 0;

  static async start(lanes: number, rateLimitPerMinute = MOST_STARTS): Promise<ProcessWorld> {
    const server = await startServer({ latencyMs: 0 });
    server.kintone.load({
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
          fields: {
            key: { type: 'SINGLE_LINE_TEXT' as const },
            total: { type: 'NUMBER' as const },
          },
        })),
      ],
    });
    const options = { ...logAppTexts, sleep: () => Promise.resolve() };
    const { appId } = await createLogApp(adminClient(server.url), options, () => undefined);
    return new ProcessWorld(server, lanes, settingsFor(lanes, appId, rateLimitPerMinute), appId);
  }

  private constructor(server: RunningServer, lanes: number, settings: Settings, logAppId: string) {
    this.server = server;
    this.lanes = lanes;
    this.settings = settings;
    this.logAppId = logAppId;
    this.history = new RequestHistory(server.kintone, logAppId);
    server.kintone.latencyMs = LATENCY_MS;
    server.kintone.onExecuted = (request, reply, user) => {
      this.history.note(request, reply, user);
      this.count(user ?? '');
    };
    this.settingsFile = join(this.folder, 'settings.json');
    writeFileSync(this.settingsFile, JSON.stringify(settings));
    this.program = this.programFiles();
  }

  /** A copy of the built command line, so that a build meanwhile does not take it away; else the source. */
  private programFiles(): readonly string[] {
    const built = 'dist/node/nagare.mjs';
    if (!existsSync(built)) return [resolve('scripts/run.mjs'), resolve('src/node/main.ts')];
    const copy = join(this.folder, 'nagare.mjs');
    copyFileSync(built, copy);
    return [copy];
  }

  /** Starts `nagare run` for a lane's unit, as a user that no other living process uses. */
  run(lane: number): Running {
    const user = userName(this.started);
    this.started += 1;
    this.waiting.set(user, { count: 0, wake: [] });
    const argv = ['run', '--settings', this.settingsFile, '--unit', unitId(lane), '--json'];
    const child = spawn(
      process.execPath,
      ['--import', resolve('test/proof/fast-time.mjs'), ...this.program, ...argv],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          KINTONE_BASE_URL: this.server.url,
          KINTONE_USERNAME: user,
          KINTONE_PASSWORD: `${user}-pw`,
          NAGARE_TIME_FACTOR: String(TIME_FACTOR),
          LANG: 'en',
        },
      },
    );
    const ended = outcomeOf(child).finally(() => this.count(user));
    const waiting = this.waiting.get(user)!;
    return {
      user,
      child,
      requests: () => waiting.count,
      ended,
      async after(requests) {
        while (waiting.count < requests && child.exitCode === null && child.signalCode === null) {
          await new Promise<void>((wake) => waiting.wake.push(wake));
        }
      },
    };
  }

  private count(user: string): void {
    const waiting = this.waiting.get(user);
    if (waiting === undefined) return;
    waiting.count += 1;
    for (const wake of waiting.wake.splice(0)) wake();
  }

  /** Runs of the lane that ended well, by the log. */
  successes(lane: number): number {
    return rowsIn(this.server.kintone, this.logAppId).filter(
      (row) => row['execution_unit_Id'] === unitId(lane) && row['state'] === 'Success',
    ).length;
  }

  /** Rows too many and too few, given what the log says; a run that did not end well must have written nothing. */
  rowErrors(): { readonly duplicates: number; readonly lost: number } {
    let duplicates = 0;
    let lost = 0;
    for (let lane = 0; lane < this.lanes; lane += 1) {
      const wanted = this.successes(lane);
      for (const app of appsOf(lane)) {
        const counts = new Map<string, number>();
        for (const row of rowsIn(this.server.kintone, app)) {
          const key = String(row['key']);
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        for (let index = 0; index < ROWS; index += 1) {
          const found = counts.get(`c${index}`) ?? 0;
          duplicates += Math.max(0, found - wanted);
          lost += Math.max(0, wanted - found);
        }
      }
    }
    return { duplicates, lost };
  }

  rowsWanted(): number {
    let runs = 0;
    for (let lane = 0; lane < this.lanes; lane += 1) runs += this.successes(lane);
    return runs * ROWS * FLOWS;
  }

  problems(): readonly string[] {
    return this.history.problems(this.settings.units[0]?.rateLimitPerMinute ?? 0);
  }

  async close(): Promise<void> {
    await this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const unitId = (lane: number): string => `proof${'abcdefghij'[lane] ?? 'z'}`.padEnd(14, 'x');
const appsOf = (lane: number): readonly string[] =>
  Array.from({ length: FLOWS }, (_unused, index) => String(100 + lane * FLOWS + index));

/** Keyless outputs only: nothing but the journal keeps their rows from being added twice. */
function settingsFor(lanes: number, logAppId: string, rateLimitPerMinute: number): Settings {
  const flowsOf = (lane: number): readonly Flow[] =>
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
        // Each flow is a commit of its own, so that there is a middle to be killed in.
        { id: unitId(lane), name: `lane ${lane}`, confirm: 'never', atomicity: 'flow', rateLimitPerMinute },
      ),
    ),
  };
}

async function outcomeOf(child: ChildProcess): Promise<Ended> {
  let out = '';
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  try {
    return { code, reason: String((JSON.parse(out) as { reason?: unknown }).reason), said };
  } catch {
    return { code, reason: '', said };
  }
}
