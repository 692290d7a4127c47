/** A local kintone over HTTP and command lines as processes of their own, for killing and freezing. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { Settings } from '../../src/definition/types';
import type { RunningServer } from '../kintone/server/server';
import {
  copyOfProgram,
  type Lane,
  lanesOf,
  MOST_STARTS,
  processUser,
  proofSettings,
  ROWS,
  rowErrors,
  startProofKintone,
} from './lanes';
import { RequestHistory } from './request-history';

const FLOWS = 6;
const USERS = 60;
/** The lease of 120 s takes 2 s. */
const TIME_FACTOR = 60;

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
  private readonly plan: readonly Lane[];
  readonly settings: Settings;
  readonly logAppId: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'nagare-proof-'));
  private readonly program: readonly string[];
  private readonly settingsFile: string;
  private readonly waiting = new Map<string, { count: number; wake: (() => void)[] }>();
  private started = 0;

  static async start(lanes: number, rateLimitPerMinute = MOST_STARTS): Promise<ProcessWorld> {
    const plan = lanesOf(
      Array.from({ length: lanes }, (_unused, index) => ({
        name: nameOf(index),
        flows: FLOWS,
        change: { rateLimitPerMinute },
      })),
    );
    const { kintone, logAppId } = await startProofKintone(plan, USERS);
    return new ProcessWorld(kintone, plan, logAppId);
  }

  private constructor(server: RunningServer, plan: readonly Lane[], logAppId: string) {
    this.server = server;
    this.plan = plan;
    this.lanes = plan.length;
    this.settings = proofSettings(plan, logAppId);
    this.logAppId = logAppId;
    this.history = new RequestHistory(server.kintone, logAppId);
    server.kintone.onExecuted = (request, reply, user) => {
      this.history.note(request, reply, user);
      this.count(user ?? '');
    };
    this.settingsFile = join(this.folder, 'settings.json');
    writeFileSync(this.settingsFile, JSON.stringify(this.settings));
    this.program = this.programFiles();
  }

  /** A copy of the built command line, so that a build meanwhile does not take it away; else the source. */
  private programFiles(): readonly string[] {
    const built = 'dist/node/nagare.mjs';
    if (!existsSync(built)) return [resolve('scripts/run.mjs'), resolve('src/node/main.ts')];
    return [copyOfProgram(this.folder)];
  }

  /** Starts `nagare run` for a lane's unit, as a user that no other living process uses. */
  run(lane: number): Running {
    const user = processUser(this.started % USERS);
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
    return this.history.successes(unitId(lane));
  }

  /** Rows too many and too few, given what the log says; a run that did not end well must have written nothing. */
  rowErrors(): { readonly duplicates: number; readonly lost: number } {
    let duplicates = 0;
    let lost = 0;
    for (const [index, lane] of this.plan.entries()) {
      const errors = rowErrors(this.server.kintone, lane, this.successes(index));
      duplicates += errors.doubled;
      lost += errors.lost;
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

const nameOf = (lane: number): string => `proof${'abcdefghij'[lane] ?? 'z'}`;
export const unitId = (lane: number): string => nameOf(lane).padEnd(14, 'x');

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
