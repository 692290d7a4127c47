/** `nagare serve` as processes that are killed with SIGKILL at random moments, while runs come in through all doors. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunningServer } from '../kintone/server/server';
import { type Door, pageDoor, pause, programDoor, scheduleDoor, webhookDoor } from './doors';
import {
  CALLING,
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
import { ServeProcess } from './serve-process';

const LONG_FLOWS = 4;
/** Long enough for some short runs: kills fall into every part of a run, and runs also get done. */
const REQUESTS_BETWEEN_KILLS = 240;
const JITTER_MS = 25;
/** Most of a run is reading and checking, so that many kills wait until a run writes, and for up to so long after. */
const KILLED_WHILE_WRITING = 0.6;
const WRITING_MS = 100;
/** Now and then a server is killed before it takes requests, while it goes on with what it finds. */
const KILLED_AT_START = 0.1;
const START_MS = 1_500;
/** Runs of a lane that have been asked for and have not ended. */
const AHEAD = 2;
/** A unit may be started 60 times a minute; nobody is to be refused here. */
const BETWEEN_STARTS_MS = 1_100;

const EVERY_MINUTE = { cron: '* * * * *', timeZone: 'Asia/Tokyo', holidays: 'run' } as const;
const LANES = {
  webhook: { webhookEvents: ['UPDATE_RECORD'] },
  program: { api: true, concurrency: 'queue' },
  page: { executor: { kind: 'server' } },
} as const;

export interface ServerProofOptions {
  /** Of a database that the servers share; null: one server with a folder. */
  readonly databaseUrl: string | null;
  readonly servers: number;
  /** Units with one flow, and with four, for each door. */
  readonly short: number;
  readonly long: number;
}

/** Where a run of the killed process stood; `atRest`: it had none; `starting`: it took no requests yet. */
export type Phase = 'starting' | 'atRest' | 'checking' | 'planned' | 'halfWay' | 'allWritten';

export interface ServerProof {
  readonly kills: number;
  /** Runs under way at a kill, by where they stood. */
  readonly phases: Readonly<Record<Phase, number>>;
  /** Runs that have ended well, by door. */
  readonly runs: Readonly<Record<string, number>>;
  readonly rows: number;
  readonly doubled: number;
  /** Rows that are missing. */
  readonly lost: number;
  /** Runs that were taken and never ended well, or that nobody has asked for. */
  readonly strayRuns: readonly string[];
  /** Rules of the protocol that were broken, in words. */
  readonly problems: readonly string[];
  /** Requests to the servers whose answer was lost. */
  readonly unanswered: number;
  /** From the last kill to the end of the last run. */
  readonly finishMs: number;
  readonly exitCodes: readonly (number | null)[];
}

interface Fed {
  readonly lane: Lane;
  readonly doorName: string;
}

export class ServerProofWorld {
  private readonly kintone: RunningServer;
  private readonly history: RequestHistory;
  private readonly options: ServerProofOptions;
  private readonly lanes: readonly Fed[];
  private readonly logAppId: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'nagare-server-proof-'));
  private readonly settingsFile: string;
  private readonly program: string;
  private readonly requests = new Map<string, number>();
  private readonly servers: ServeProcess[] = [];
  private readonly waiting = new Set<() => void>();
  private readonly phases = { starting: 0, atRest: 0, checking: 0, planned: 0, halfWay: 0, allWritten: 0 };
  /** Log in as somebody else each time; the first user is the page's. */
  private users = 1;

  /** `kills`: how many there are going to be at the most. */
  static async start(options: ServerProofOptions, kills: number): Promise<ServerProofWorld> {
    const fed = feeding(options);
    const { kintone, logAppId } = await startProofKintone(
      fed.map(({ lane }) => lane),
      1 + kills + options.servers,
    );
    return new ServerProofWorld(kintone, options, fed, logAppId);
  }

  private constructor(
    kintone: RunningServer,
    options: ServerProofOptions,
    lanes: readonly Fed[],
    logAppId: string,
  ) {
    this.kintone = kintone;
    this.options = options;
    this.lanes = lanes;
    this.logAppId = logAppId;
    this.history = new RequestHistory(kintone.kintone, logAppId);
    kintone.kintone.onExecuted = (request, reply, user) => {
      this.history.note(request, reply, user);
      this.requests.set(user ?? '', (this.requests.get(user ?? '') ?? 0) + 1);
      this.wakeAll();
    };
    // Its packages stay where they are.
    this.program = copyOfProgram(this.folder);
    symlinkSync(resolve('node_modules'), join(this.folder, 'node_modules'));
    this.settingsFile = join(this.folder, 'settings.json');
    const settings = proofSettings(
      lanes.map(({ lane }) => lane),
      logAppId,
    );
    writeFileSync(this.settingsFile, JSON.stringify(settings));
  }

  private wakeAll(): void {
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }

  private spawn(index: number): void {
    const user = processUser(this.users);
    this.users += 1;
    this.servers[index] = new ServeProcess({
      program: this.program,
      settingsFile: this.settingsFile,
      kintoneUrl: this.kintone.url,
      user,
      folder: join(this.folder, `data-${index}`),
      serverId: `s${index}`,
      databaseUrl: this.options.databaseUrl,
    });
  }

  /** Resolves when it has come about (which is looked at after every request), or the process has ended. */
  private async until(server: ServeProcess, hasComeAbout: () => boolean): Promise<void> {
    while (!hasComeAbout() && !server.isOver)
      await Promise.race([server.exited, new Promise<void>((wake) => this.waiting.add(wake))]);
  }

  /** A moment to kill the server at. */
  private async randomMoment(
    server: ServeProcess,
    random: () => number,
    isOver: () => boolean,
  ): Promise<void> {
    if (random() < KILLED_AT_START) return pause(random() * START_MS);
    await Promise.race([server.started, server.exited]);
    const requests = () => this.requests.get(server.user) ?? 0;
    const enough = requests() + 1 + Math.floor(random() * REQUESTS_BETWEEN_KILLS);
    await this.until(server, () => isOver() || requests() >= enough);
    if (random() >= KILLED_WHILE_WRITING) return pause(random() * JITTER_MS);
    const writes = () => this.history.underWay(server.user).some(({ reason }) => reason === 'writing');
    await this.until(server, () => isOver() || writes());
    return pause(random() * WRITING_MS);
  }

  /** Kills `kills` servers in all while they work, then lets all runs come to their ends. */
  async prove(kills: number, random: () => number): Promise<ServerProof> {
    let left = kills;
    let lastKillMs = performance.now();
    for (let index = 0; index < this.options.servers; index += 1) this.spawn(index);
    await this.servers[0]?.started;
    const doors = this.doors(random);

    const feed = this.lanes.map(async ({ lane, doorName }) => {
      const ask = doors[doorName]?.ask ?? null;
      if (ask === null) return;
      let asked = 0;
      // Each at least once, and until the last kill.
      while (left > 0 || asked === 0) {
        if (asked - this.history.successes(lane.unitId) < AHEAD) {
          asked += 1;
          await Promise.all([ask(lane.unitId), pause(BETWEEN_STARTS_MS)]);
        } else await pause(JITTER_MS);
      }
    });
    const kill = this.servers.map(async (_server, index) => {
      while (left > 0) {
        const server = this.servers[index];
        if (server === undefined) throw new Error('no server');
        await this.randomMoment(server, random, () => left === 0);
        if (left === 0) break;
        if (server.isOver) throw new Error(`ended by itself: ${server.said}`);
        left -= 1;
        // A server without work would wait for ever to be killed.
        this.wakeAll();
        await this.kill(server);
        lastKillMs = performance.now();
        this.spawn(index);
      }
    });
    await Promise.all(kill);
    doors.schedule.stop();
    await Promise.all(feed);
    await this.allEnded(doors);
    const finishMs = performance.now() - lastKillMs;
    const exitCodes = await Promise.all(this.servers.map((server) => server.stop()));
    const unanswered = Object.values(doors).reduce((sum, door) => sum + door.unanswered(), 0);
    return {
      kills: kills - left,
      phases: this.phases,
      ...this.figures(doors),
      unanswered,
      finishMs,
      exitCodes,
    };
  }

  private doors(random: () => number) {
    const any = () => this.servers[Math.floor(random() * this.servers.length)]!;
    return {
      webhook: webhookDoor(any),
      program: programDoor(any, `${this.kintone.url}/k/${CALLING}`),
      page: pageDoor(this.kintone.url, this.logAppId, processUser(0)),
      schedule: scheduleDoor(() => Date.now()),
    } as { readonly schedule: ReturnType<typeof scheduleDoor> } & Record<string, Door>;
  }

  private async kill(server: ServeProcess): Promise<void> {
    server.child.kill('SIGKILL');
    const runs = this.history.underWay(server.user);
    if (!server.isStarted) this.phases.starting += 1;
    else if (runs.length === 0) this.phases.atRest += 1;
    for (const { reason, cursor, planned } of runs) {
      if (reason !== 'writing') this.phases.checking += 1;
      else if (cursor === 0) this.phases.planned += 1;
      else this.phases[cursor < planned ? 'halfWay' : 'allWritten'] += 1;
    }
    await server.exited;
  }

  private owedRuns(doors: Readonly<Record<string, Door>>): readonly string[] {
    return this.lanes.flatMap(({ lane, doorName }) => doors[doorName]?.owed(lane.unitId).runIds ?? []);
  }

  private async allEnded(doors: Readonly<Record<string, Door>>): Promise<void> {
    for (;;) {
      const [failure] = this.history.ended('Failure');
      const said = () => this.servers.map((server) => server.said).join('\n');
      if (failure !== undefined) throw new Error(`a run failed: ${JSON.stringify(failure)}\n${said()}`);
      const ended = new Set(this.history.ended('Success').map(({ runId }) => runId));
      if (this.history.open().length === 0 && this.owedRuns(doors).every((runId) => ended.has(runId))) return;
      await pause(JITTER_MS);
    }
  }

  private figures(
    doors: Readonly<Record<string, Door>>,
  ): Pick<ServerProof, 'runs' | 'rows' | 'doubled' | 'lost' | 'strayRuns' | 'problems'> {
    const runs: Record<string, number> = {};
    const strayRuns: string[] = [];
    let rows = 0;
    let doubled = 0;
    let lost = 0;
    for (const { lane, doorName } of this.lanes) {
      const successes = this.history.successes(lane.unitId);
      const { runIds = [], more = 0 } = doors[doorName]?.owed(lane.unitId) ?? {};
      if (successes < runIds.length || successes > runIds.length + more)
        strayRuns.push(`${lane.unitId}: ${successes} runs, ${runIds.length} asked for, ${more} uncertain`);
      runs[doorName] = (runs[doorName] ?? 0) + successes;
      rows += successes * ROWS * lane.apps.length;
      const errors = rowErrors(this.kintone.kintone, lane, successes);
      doubled += errors.doubled;
      lost += errors.lost;
    }
    return { runs, rows, doubled, lost, strayRuns, problems: this.history.problems(MOST_STARTS) };
  }

  async close(): Promise<void> {
    for (const server of this.servers) server.child.kill('SIGKILL');
    await this.kintone.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function feeding({ short, long }: ServerProofOptions): readonly Fed[] {
  const letter = (index: number): string => 'abcdefghij'[index] ?? 'z';
  const plans = Object.entries(LANES).flatMap(([doorName, change]) => [
    ...Array.from({ length: short }, (_unused, index) => ({
      doorName,
      length: 's',
      index,
      flows: 1,
      change,
    })),
    ...Array.from({ length: long }, (_unused, index) => ({
      doorName,
      length: 'l',
      index,
      flows: LONG_FLOWS,
      change,
    })),
  ]);
  const schedule = {
    doorName: 'schedule',
    length: 's',
    index: 0,
    flows: 1,
    change: { schedules: [EVERY_MINUTE] },
  };
  const all = [...plans, schedule];
  const lanes = lanesOf(
    all.map(({ doorName, length, index, flows, change }) => ({
      name: `${doorName}${length}${letter(index)}`,
      flows,
      change: { queueTtlMinutes: 60, ...change },
    })),
  );
  return lanes.map((lane, index) => ({ lane, doorName: all[index]?.doorName ?? '' }));
}
