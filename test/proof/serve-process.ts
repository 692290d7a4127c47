/** One `nagare serve` as a process of its own, over a local kintone, with its time running faster. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { CALLING } from './lanes';

export const WEBHOOK_SECRET = 'proof-of-webhooks-0123456789abcdef';
export const SERIAL_NUMBER = 'proof-serial-0123456789';
/** Pauses between attempts take a tenth; more would let connections to the database time out. */
const TIME_FACTOR = 10;
const SAID_MAX = 20_000;

export interface ServeOptions {
  readonly program: string;
  readonly settingsFile: string;
  readonly kintoneUrl: string;
  readonly user: string;
  readonly folder: string;
  readonly serverId: string;
  /** null: the folder is the store. */
  readonly databaseUrl: string | null;
}

export class ServeProcess {
  readonly user: string;
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
  /** The port, once it takes requests. */
  readonly started: Promise<number>;
  isStarted = false;
  /** The end of what it had to say, for whoever looks into a failing proof. */
  said = '';

  constructor(options: ServeOptions) {
    const { program, settingsFile, kintoneUrl, user, folder, serverId, databaseUrl } = options;
    this.user = user;
    this.child = spawn(
      process.execPath,
      [
        '--import',
        resolve('test/proof/fast-time.mjs'),
        program,
        ...['serve', '--settings', settingsFile, '--app', CALLING, '--port', '0', '--workers', '6'],
        ...['--data', folder, '--server-id', serverId],
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          KINTONE_BASE_URL: kintoneUrl,
          KINTONE_USERNAME: user,
          KINTONE_PASSWORD: `${user}-pw`,
          NAGARE_WEBHOOK_SECRET: WEBHOOK_SECRET,
          NAGARE_SERIAL_NUMBERS: SERIAL_NUMBER,
          ...(databaseUrl === null ? {} : { NAGARE_DATABASE_URL: databaseUrl }),
          NAGARE_TIME_FACTOR: String(TIME_FACTOR),
          LANG: 'en',
        },
      },
    );
    this.exited = once(this.child, 'exit');
    this.started = new Promise((ready) => {
      createInterface({ input: this.child.stdout! }).on('line', (line) => {
        this.note(line);
        const { event, port } = JSON.parse(line) as { event: string; port?: number };
        if (event !== 'started') return;
        this.isStarted = true;
        ready(port ?? 0);
      });
    });
    this.child.stderr?.on('data', (chunk: Buffer) => this.note(chunk.toString()));
  }

  private note(text: string): void {
    this.said = `${this.said}\n${text}`.slice(-SAID_MAX);
  }

  get isOver(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Sends JSON; null when no answer comes, or the process has ended. Resolves as soon as it takes requests. */
  async post(
    path: string,
    body: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown } | null> {
    const port = await Promise.race([this.started, this.exited.then(() => null)]);
    if (port === null) return null;
    try {
      const headers = { 'Content-Type': 'application/json' };
      const url = `http://127.0.0.1:${port}${path}`;
      const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: reply.status, body: await reply.json() };
    } catch {
      return null;
    }
  }

  /** As `systemctl stop` does it; answers the exit code. */
  async stop(): Promise<number | null> {
    await this.started;
    this.child.kill('SIGTERM');
    await this.exited;
    return this.child.exitCode;
  }
}
