/** A local kintone with a small sample company, and a terminal that remembers. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../src/definition/types';
import { runCommandLine } from '../../src/node/command-line';
import type { RunResult } from '../../src/node/result';
import type { Terminal } from '../../src/node/terminal';
import { type RunningServer, startServer } from '../kintone/server/server';
import { APP_IDS } from '../samples/apps';
import { type Company, makeCompany } from '../samples/company';
import { CLOSING_RECORD_ID } from '../samples/dump';
import { installSample, passwordOf, sampleClient } from '../samples/install';
import { SAMPLE_UNIT_ID, sampleSettings } from '../samples/settings';

export interface Spoken {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

export class World {
  readonly server: RunningServer;
  readonly company: Company;
  readonly settings: Settings;
  private readonly folder = mkdtempSync(join(tmpdir(), 'nagare-cli-'));

  private constructor(server: RunningServer, company: Company, settings: Settings) {
    this.server = server;
    this.company = company;
    this.settings = settings;
  }

  static async start(): Promise<World> {
    const server = await startServer();
    const company = makeCompany({ customers: 20, products: 15, orders: 300 });
    const settings = sampleSettings(await installSample(server, company));
    return new World(server, company, settings);
  }

  async close(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    await this.server.close();
  }

  file(name: string, content: unknown): string {
    const path = join(this.folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  environment(user: string): Record<string, string> {
    return {
      KINTONE_BASE_URL: this.server.url,
      KINTONE_USERNAME: user,
      KINTONE_PASSWORD: passwordOf(user),
      LANG: 'ja_JP.UTF-8',
    };
  }

  /** Runs one command line; `onOut` sees what is printed while it runs and may press Ctrl+C. */
  async nagare(
    argv: readonly string[],
    options: { readonly user?: string; readonly onText?: (text: string, interrupt: () => void) => void } = {},
  ): Promise<Spoken> {
    const listeners = new Set<() => void>();
    const interrupt = () => {
      for (const listener of listeners) listener();
    };
    let out = '';
    let error = '';
    let exited: number | null = null;
    const terminal: Terminal = {
      out(text) {
        out += text;
        options.onText?.(text, interrupt);
      },
      error(text) {
        error += text;
        options.onText?.(text, interrupt);
      },
      columns: null,
      onInterrupt(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      onSignal: () => () => undefined,
      exit(code) {
        exited = code;
      },
    };
    const code = await runCommandLine(argv, this.environment(options.user ?? 'sato'), terminal, '9.9.9');
    return { code: exited ?? code, out, error };
  }

  /** `nagare run` of the sample's unit on the last month's record. */
  run(more: readonly string[] = [], options: Parameters<World['nagare']>[1] = {}): Promise<Spoken> {
    const settings = this.file('settings.json', this.settings);
    const unit = ['--unit', SAMPLE_UNIT_ID, '--app', APP_IDS.closing, '--record', CLOSING_RECORD_ID];
    return this.nagare(
      ['run', '--settings', settings, ...unit, '--time-zone', 'Asia/Tokyo', ...more],
      options,
    );
  }

  /** All records of an app, as the admin sees them: values by field code. */
  async records(appId: string): Promise<readonly Record<string, unknown>[]> {
    const records = await sampleClient(this.server, 'admin').record.getAllRecords({ app: appId });
    return records.map((record) =>
      Object.fromEntries(Object.entries(record).map(([code, field]) => [code, field.value])),
    );
  }
}

export const resultOf = (spoken: Spoken): RunResult => JSON.parse(spoken.out);
