/** `nagare serve`. */
import { realClock } from '../../kintone/clock';
import { EXIT } from '../exit';
import { readSettings } from '../settings-file';
import type { Terminal } from '../terminal';
import type { Texts } from '../texts';
import type { ServeArguments } from './arguments';
import { createNagare } from './create';
import { jsonLog, type Log } from './log';
import { openDatabaseStore } from './store/database-store';
import { openFileStore } from './store/file-store';
import { type Store, StoreError } from './store/types';

/** Serves until SIGTERM or SIGINT; answers the exit code. SIGHUP reads the settings again. */
export async function serveCommand(
  args: ServeArguments,
  terminal: Terminal,
  texts: Texts,
  version: string,
): Promise<number> {
  const read = await readSettings(args.settingsPath, texts);
  if (read.kind === 'bad') return refuse(terminal, read.message, EXIT.badArguments);
  if (read.settings.logApp === null)
    return refuse(
      terminal,
      texts.sentence({ code: 'logAppNotSet', params: {}, place: {} }),
      EXIT.badArguments,
    );
  const log = jsonLog(terminal.out, realClock.nowMs, () => secretsOf(args));
  let store: Store;
  try {
    store = await openStore(args, log);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return refuse(terminal, texts.server.store[error.code](safe(error.detail, args)), EXIT.failure);
  }
  const stopped = signals(terminal);
  try {
    const nagare = await createNagare(args, read.settings, store, log, texts);
    stopped.onReload(async () => {
      const wrong = await nagare.reload();
      if (wrong === null) log('info', 'settingsRead', {});
      else log('error', 'settingsUnreadable', { reason: wrong });
    });
    const { host, port } = nagare.address;
    const units = read.settings.units.filter((unit) => unit.enabled).length;
    log('info', 'started', { host, port, store: args.store.kind, server: args.serverId, units, version });
    const signal = await stopped.asked;
    log('info', 'stopping', { signal });
    await nagare.stop();
    log('info', 'stopped', {});
    // Runs that stand still would keep the process.
    terminal.exit(EXIT.success);
    return EXIT.success;
  } catch (error) {
    await store.close().catch(() => undefined);
    refuse(terminal, texts.server.notStarted(safe(messageOf(error), args)), EXIT.failure);
    // Something half started would keep the process.
    terminal.exit(EXIT.failure);
    return EXIT.failure;
  } finally {
    stopped.release();
  }
}

function openStore(args: ServeArguments, log: Log): Promise<Store> {
  const { store, workers, serverId } = args;
  return store.kind === 'file'
    ? openFileStore({ folder: store.folder, workers, nowMs: realClock.nowMs })
    : openDatabaseStore({ url: store.url, serverId, workers, log });
}

function signals(terminal: Terminal) {
  let reload: () => Promise<void> = async () => undefined;
  const releases: (() => void)[] = [];
  const asked = new Promise<string>((resolve) => {
    let isAsked = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const listener = (): void => {
        if (isAsked) terminal.exit(EXIT.interrupted);
        isAsked = true;
        resolve(signal);
      };
      releases.push(terminal.onSignal(signal, listener));
    }
  });
  releases.push(terminal.onSignal('SIGHUP', () => void reload()));
  return {
    asked,
    onReload(work: () => Promise<void>) {
      reload = work;
    },
    release() {
      for (const release of releases) release();
    },
  };
}

function refuse(terminal: Terminal, message: string, code: number): number {
  terminal.error(`${message}\n`);
  return code;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What must not be read anywhere in the log. */
function secretsOf({ connection, store, serialNumbers, webhookSecret }: ServeArguments): readonly string[] {
  const { auth, basicAuth } = connection;
  return [
    ...(auth.kind === 'password' ? [auth.password] : auth.tokens),
    ...(basicAuth === null ? [] : [basicAuth.password]),
    ...(store.kind === 'database' ? [store.url, decodeURIComponent(new URL(store.url).password)] : []),
    ...serialNumbers,
    ...(webhookSecret === null ? [] : [webhookSecret]),
  ];
}

const safe = (text: string, args: ServeArguments): string =>
  secretsOf(args)
    .filter((secret) => secret !== '')
    .reduce((left, secret) => left.replaceAll(secret, '***'), text);
