/** `/stop` where the server that is asked is not the one that works: two processes on one PostgreSQL. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Gate } from '../kintone/gate';
import type { FaultMatch } from '../kintone/server/faults';
import type { RunningServer } from '../kintone/server/server';
import { rowsIn } from '../proof/http-kintone';
import {
  CALLING,
  copyOfProgram,
  lanesOf,
  processUser,
  proofSettings,
  ROWS,
  startProofKintone,
} from '../proof/lanes';
import { SERIAL_NUMBER, ServeProcess } from '../proof/serve-process';
import { hasPostgres, type Postgres, startPostgres } from './postgres';

const lanes = lanesOf([{ name: 'stopped', flows: 2, change: { api: true, concurrency: 'queue' } }]);
const { unitId, apps } = lanes[0]!;
const [firstApp = '', secondApp = ''] = apps;

interface Task {
  readonly accessToken: string;
  readonly taskId: string;
}

class TwoServers {
  readonly gate = new Gate();
  readonly servers: ServeProcess[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'nagare-two-servers-'));
  private readonly queries: (readonly [user: string, query: string])[] = [];
  private readonly kintone: RunningServer;
  private readonly logAppId: string;
  private readonly databaseUrl: string;
  private users = 0;

  static async start(databaseUrl: string): Promise<TwoServers> {
    const gate = new Gate();
    const { kintone, logAppId } = await startProofKintone(lanes, 3, gate.pass);
    const two = new TwoServers(gate, kintone, logAppId, databaseUrl);
    // One after the other: the first makes the tables.
    for (const index of [0, 1]) await two.spawn(index).started;
    return two;
  }

  private constructor(gate: Gate, kintone: RunningServer, logAppId: string, databaseUrl: string) {
    this.gate = gate;
    this.kintone = kintone;
    this.logAppId = logAppId;
    this.databaseUrl = databaseUrl;
    kintone.kintone.onExecuted = (request, _reply, user) =>
      void this.queries.push([user ?? '', String(request.params['query'] ?? '')]);
    symlinkSync(resolve('node_modules'), join(this.folder, 'node_modules'));
    writeFileSync(join(this.folder, 'settings.json'), JSON.stringify(proofSettings(lanes, logAppId)));
    copyOfProgram(this.folder);
  }

  spawn(index: number): ServeProcess {
    const user = processUser(this.users);
    this.users += 1;
    const server = new ServeProcess({
      program: join(this.folder, 'nagare.mjs'),
      settingsFile: join(this.folder, 'settings.json'),
      kintoneUrl: this.kintone.url,
      user,
      folder: join(this.folder, `data-${index}`),
      serverId: `s${index}`,
      databaseUrl: this.databaseUrl,
    });
    this.servers[index] = server;
    return server;
  }

  async post<T>(server: ServeProcess, operation: string, body: object): Promise<T> {
    const reply = await server.post(`/trigger/v1/${unitId}/${operation}`, body);
    if (reply?.status !== 200) throw new Error(`${JSON.stringify(reply)}\n${server.said}`);
    return reply.body as T;
  }

  /** A task of which a request stands at kintone's door; which server it is of, and the other one. */
  async heldTask(match: FaultMatch): Promise<{ task: Task; worker: number; other: ServeProcess }> {
    const [first] = this.servers;
    if (first === undefined) throw new Error('no server');
    this.kintone.kintone.faults.add({ match, effect: { kind: 'delay', delayMs: 1 } });
    const license = {
      krewdataAppUrl: `${this.kintone.url}/k/${CALLING}`,
      serialNumber: btoa(SERIAL_NUMBER),
    };
    const { accessToken } = await this.post<Task>(first, 'token', license);
    const body = { accessToken, user: 'program', appId: CALLING };
    const { taskId } = await this.post<Task>(first, 'run', body);
    await this.gate.crowd(1);
    // Whoever carries a run out looks for its record first.
    const user = this.queries.find(([, query]) => query.includes(taskId))?.[0];
    const worker = this.servers.findIndex((server) => server.user === user);
    const other = this.servers[1 - worker];
    if (other === undefined) throw new Error(`nobody works on ${taskId}`);
    return { task: { accessToken, taskId }, worker, other };
  }

  get log(): { readonly path: string; readonly app: string } {
    return { path: 'records.json', app: this.logAppId };
  }

  /** What `/status` says once the task has ended. */
  async end(task: Task): Promise<{ readonly taskStatus: string; readonly errorCode: string }> {
    for (;;) {
      const [first] = this.servers;
      const body = await this.post<{ taskStatus: string; errorCode: string }>(first!, 'status', task);
      if (body.taskStatus === 'Success' || body.taskStatus === 'Failure') return body;
    }
  }

  rows = (app: string): number => rowsIn(this.kintone.kintone, app).length;
  runs = () => rowsIn(this.kintone.kintone, this.logAppId);

  async close(): Promise<void> {
    this.gate.open();
    for (const server of this.servers) server.child.kill('SIGKILL');
    await Promise.all(this.servers.map((server) => server.exited));
    await this.kintone.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

describe.runIf(hasPostgres())('a stop that is asked of the other server', () => {
  let postgres: Postgres;
  let two: TwoServers;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.close());
  beforeEach(async () => {
    two = await TwoServers.start(await postgres.database());
  });
  afterEach(() => two.close());

  it('reaches the one that writes, before its next commit', async () => {
    const { task, other } = await two.heldTask({ path: 'bulkRequest', app: secondApp });
    expect(await two.post(other, 'stop', task)).toMatchObject({ taskStatus: 'Running' });
    two.gate.open();
    expect(await two.end(task)).toMatchObject({ taskStatus: 'Failure', errorCode: '1002' });
    expect([two.rows(firstApp), two.rows(secondApp)]).toEqual([ROWS, 0]);
    expect(two.runs()).toMatchObject([{ state_reason: 'cancelled', cancel_requested_by: 'program' }]);
  }, 60_000);

  it('reaches the one that is just making the record', async () => {
    const { task, other } = await two.heldTask({ method: 'POST', ...two.log });
    expect(await two.post(other, 'stop', task)).toMatchObject({ taskStatus: 'Queuing' });
    two.gate.open();
    expect(await two.end(task)).toMatchObject({ taskStatus: 'Failure', errorCode: '1002' });
    expect([two.rows(firstApp), two.rows(secondApp)]).toEqual([0, 0]);
  }, 60_000);

  it('holds for whoever goes on when the one that writes is killed', async () => {
    const { task, worker, other } = await two.heldTask({ path: 'bulkRequest', app: secondApp });
    await two.post(other, 'stop', task);
    two.servers[worker]?.child.kill('SIGKILL');
    await two.servers[worker]?.exited;
    two.spawn(worker);
    two.gate.open();
    expect(await two.end(task)).toMatchObject({ taskStatus: 'Failure', errorCode: '1002' });
    expect([two.rows(firstApp), two.rows(secondApp)]).toEqual([ROWS, 0]);
  }, 60_000);
});
