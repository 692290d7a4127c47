/** A PostgreSQL to test against: the one of NAGARE_TEST_DATABASE_URL, or a throw-away cluster of our own. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

export interface Postgres {
  /** Of a database that nobody else uses. */
  database(): Promise<string>;
  /** From now on new databases are copies of this one, to which nobody is connected. */
  copy(url: string): void;
  close(): Promise<void>;
}

/** Folder of `initdb` and `postgres`; Debian keeps it out of PATH. */
function binaries(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  return (
    folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ??
    null
  );
}

/** Whether there is anything to test against. */
export const hasPostgres = (): boolean =>
  (process.env['NAGARE_TEST_DATABASE_URL'] ?? '') !== '' || binaries() !== null;

export async function startPostgres(): Promise<Postgres> {
  const given = process.env['NAGARE_TEST_DATABASE_URL'] ?? '';
  if (given !== '') return { ...databasesOn(given), close: async () => undefined };
  const folder = binaries();
  if (folder === null) throw new Error('no PostgreSQL: apt-get install postgresql');
  const data = mkdtempSync(join(tmpdir(), 'nagare-postgres-'));
  // PostgreSQL refuses to run as root.
  const user = process.getuid?.() === 0 ? idsOf('postgres') : null;
  if (user !== null) chownSync(data, user.uid, user.gid);
  const options = { ...(user ?? {}), cwd: data, env: { PATH: folder, LC_ALL: 'C.UTF-8' } };
  execFileSync(join(folder, 'initdb'), ['-D', data, '-U', 'nagare', '-A', 'trust', '-E', 'UTF8', '-N'], {
    ...options,
    stdio: 'ignore',
  });
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', `port=${port}`];
  const server = spawn(
    join(folder, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  for await (const line of createInterface({ input: server.stderr })) {
    if (line.includes('ready to accept connections')) break;
  }
  server.stderr.resume();
  const url = `postgresql://nagare@127.0.0.1:${port}/postgres`;
  return {
    ...databasesOn(url),
    async close() {
      const ended = once(server, 'exit');
      // SIGQUIT: at once, without waiting for anybody's session.
      server.kill('SIGQUIT');
      await ended;
      rmSync(data, { recursive: true });
    },
  };
}

function idsOf(name: string): { readonly uid: number; readonly gid: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function databasesOn(url: string): Pick<Postgres, 'database' | 'copy'> {
  let made = 0;
  let template = 'template1';
  return {
    copy(source) {
      template = new URL(source).pathname.slice(1);
    },
    async database() {
      const { default: pg } = await import('pg');
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      made += 1;
      const name = `nagare_test_${process.pid}_${made}`;
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
      await client.end();
      const own = new URL(url);
      own.pathname = `/${name}`;
      return own.href;
    },
  };
}
