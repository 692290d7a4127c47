import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../src/node/arguments';
import { runCommandLine } from '../../src/node/command-line';
import { sampleSettings } from '../samples/settings';

const CONNECTION = {
  KINTONE_BASE_URL: 'https://example.cybozu.com',
  KINTONE_USERNAME: 'u',
  KINTONE_PASSWORD: 'p',
};
const RUN = ['run', '--settings', 's.json', '--unit', 'abcdefghijklmn'];

const read = (argv: readonly string[], environment: Record<string, string> = CONNECTION) =>
  readCommandLine(argv, { LANG: 'en_US.UTF-8', ...environment });

function runArguments(argv: readonly string[], environment?: Record<string, string>) {
  const line = read(argv, environment);
  if (line.kind !== 'run') throw new Error(JSON.stringify(line));
  return line.run;
}

describe('arguments of run', () => {
  it('have safe defaults', () => {
    expect(runArguments(RUN)).toMatchObject({
      settingsPath: 's.json',
      unitId: 'abcdefghijklmn',
      appId: '',
      recordId: '',
      guestSpaceId: null,
      isDryRun: false,
      isJson: false,
      onInterrupted: 'resume',
      observeMs: 130_000,
      connection: {
        baseUrl: 'https://example.cybozu.com',
        auth: { kind: 'password', username: 'u', password: 'p' },
        basicAuth: null,
      },
    });
  });

  it('take input values as pairs; only the first equals sign separates', () => {
    expect(runArguments(RUN).input).toEqual({});
    expect(
      runArguments([...RUN, '--input', '月=2026-11', '--input', '式=a=b', '--input', 'memo=']).input,
    ).toEqual({ 月: '2026-11', 式: 'a=b', memo: '' });
  });

  it.each([
    [['--input', '月'], '--input takes NAME=VALUE, not "月".'],
    [['--input', '=2026-11'], '--input takes NAME=VALUE, not "=2026-11".'],
    [['--input', '月=1', '--input', '月=2'], '--input gives "月" twice.'],
  ])('refuse %j', (options, message) => {
    expect(read([...RUN, ...options])).toMatchObject({ kind: 'bad', message });
  });

  it('take options before the environment', () => {
    const { connection } = runArguments([
      ...RUN,
      '--base-url',
      'https://other.cybozu.com/',
      '-u',
      'v',
      '-p',
      'q',
    ]);
    expect(connection).toMatchObject({
      baseUrl: 'https://other.cybozu.com',
      auth: { username: 'v', password: 'q' },
    });
  });

  it.each([
    [['--api-token', 'a,b', '--api-token', 'c'], {}, ['a', 'b', 'c']],
    [[], { KINTONE_API_TOKEN: 'a, b' }, ['a', 'b']],
  ])('take tokens from %j and %j', (options, environment, tokens) => {
    const base = { KINTONE_BASE_URL: 'https://example.cybozu.com' };
    expect(runArguments([...RUN, ...options], { ...base, ...environment }).connection.auth).toEqual({
      kind: 'token',
      tokens,
    });
  });

  it('keep basic authentication beside the login', () => {
    const environment = { ...CONNECTION, KINTONE_BASIC_AUTH_USERNAME: 'b', KINTONE_BASIC_AUTH_PASSWORD: 'c' };
    expect(runArguments(RUN, environment).connection.basicAuth).toEqual({ username: 'b', password: 'c' });
  });
});

describe('wrong arguments', () => {
  it.each([
    [[], 'No command'],
    [['walk'], 'no command "walk"'],
    [['run', 'twice'], 'no command "run twice"'],
    [['run', '--unit', 'abcdefghijklmn'], '--settings is missing'],
    [['run', '--settings', 's.json'], '--unit is missing'],
    [[...RUN, '--record', '1'], '--record needs --app'],
    [[...RUN, '--app', 'x'], '--app must be a whole number'],
    [[...RUN, '--app', '1', '--record', '0'], '--record must be a whole number'],
    [[...RUN, '--takeover-after', '-1'], '--takeover-after'],
    [[...RUN, '--on-interrupted', 'maybe'], '--on-interrupted must be one of resume | restart | fail'],
    [[...RUN, '--time-zone', 'Mars/Olympus'], 'Mars/Olympus'],
    [[...RUN, '--base-url', 'http://example.com'], 'no address of a kintone domain'],
    [[...RUN, '--base-url', 'example'], 'no address of a kintone domain'],
    [[...RUN, '--nonsense'], '--nonsense'],
    [[...RUN, '--lang', 'tlh'], '--lang must be one of'],
  ])('%j: %s', (argv, message) => {
    const line = read(argv);
    expect(line.kind).toBe('bad');
    expect(line.kind === 'bad' && line.message).toContain(message);
  });

  it.each([
    [{}, 'KINTONE_BASE_URL'],
    [{ KINTONE_BASE_URL: 'https://example.cybozu.com', KINTONE_USERNAME: 'u' }, 'a user name and a password'],
  ])('a connection of %j says what is missing', (environment, message) => {
    const line = read(RUN, environment);
    expect(line.kind === 'bad' && line.message).toContain(message);
  });

  it('are told in the language asked for', () => {
    expect(read([...RUN, '--record', '1', '--lang', 'zh'])).toMatchObject({
      language: 'zh',
      message: '--record 还需要 --app。',
    });
    expect(readCommandLine([], { LANG: 'ja_JP.UTF-8' })).toMatchObject({ language: 'ja' });
  });
});

describe('the command as a whole', () => {
  const speak = async (argv: readonly string[]) => {
    const said = { out: '', error: '' };
    const terminal = {
      out(text: string) {
        said.out += text;
      },
      error(text: string) {
        said.error += text;
      },
      columns: null,
      onInterrupt: () => () => undefined,
      onSignal: () => () => undefined,
      exit: () => undefined,
    };
    const code = await runCommandLine(argv, { ...CONNECTION, LANG: 'en' }, terminal, '9.9.9');
    return { code, ...said };
  };

  it('explains itself, including that passwords show in process lists', async () => {
    const { code, out } = await speak(['--help']);
    expect(code).toBe(0);
    for (const word of ['--dry-run', '--on-interrupted', 'KINTONE_API_TOKEN', 'process lists'])
      expect(out).toContain(word);
    expect(await speak(['--version'])).toMatchObject({ code: 0, out: '9.9.9\n' });
  });

  it('answers 2 and points to the help on wrong arguments', async () => {
    expect(await speak(['run'])).toMatchObject({
      code: 2,
      out: '',
      error: expect.stringContaining('--help'),
    });
  });

  it('answers 2 for settings it cannot read, and for a unit that they do not have', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nagare-arguments-'));
    try {
      const run = async (content: string) => {
        const path = join(folder, 'settings.json');
        writeFileSync(path, content);
        return speak(['run', '--settings', path, '--unit', 'abcdefghijklmn']);
      };
      expect(await run('{')).toMatchObject({ code: 2, error: expect.stringContaining('cannot be read') });
      const settings = sampleSettings(null);
      const unknown = await run(`\ufeff${JSON.stringify(settings)}`);
      expect(unknown.code).toBe(2);
      expect(unknown.error).toContain(settings.units[0]!.id);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    expect((await speak(['run', '--settings', 'no-such-file.json', '--unit', 'abcdefghijklmn'])).code).toBe(
      2,
    );
  });
});

describe('arguments of serve', () => {
  const SERVE = ['serve', '--settings', 's.json', '--app', '12'];
  const OTHER = 'bbbbbbbbbbbbbb';

  it('trust no plan of a page, unless units are named', () => {
    expect(read(SERVE)).toMatchObject({ kind: 'serve', serve: { resumes: [] } });
    expect(read([...SERVE, '--resume-interrupted', `abcdefghijklmn, ${OTHER}`])).toMatchObject({
      serve: { resumes: ['abcdefghijklmn', OTHER] },
    });
    expect(read([...SERVE, '--resume-interrupted', `abcdefghijklmn,all`])).toMatchObject({
      kind: 'bad',
      message: '--resume-interrupted: "all" is no id of an execution unit (14 lower-case letters).',
    });
  });

  it.each([
    ['--password', 'KINTONE_PASSWORD'],
    ['--api-token', 'KINTONE_API_TOKEN'],
    ['--basic-auth-password', 'KINTONE_BASIC_AUTH_PASSWORD'],
  ])('refuse %s, which everybody on the machine could read', (option, variable) => {
    const line = read([...SERVE, option, 'secret']);
    expect(line).toMatchObject({ kind: 'bad' });
    expect(JSON.stringify(line)).toContain(variable);
    expect(JSON.stringify(line)).not.toContain('secret"');
  });
});
