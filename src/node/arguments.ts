/** The command line's arguments and environment, checked before anything is read or sent. */
import { parseArgs } from 'node:util';
import type { RunInput } from '../run';
import { type Language, pickLanguage } from '../ui/i18n';
import { type Connection, connectionOf } from './connection';
import {
  completeEnvironment,
  type Environment,
  EnvironmentError,
  type EnvironmentFault,
} from './environment';
import { OPTIONS, type Values } from './options';
import { type ServeArguments, serveArguments } from './server/arguments';
import { type Texts, textsOf } from './texts';

export type OnInterrupted = 'resume' | 'restart' | 'fail';

export interface RunArguments {
  readonly settingsPath: string;
  readonly unitId: string;
  readonly connection: Connection;
  /** App and id of the calling record; blank: none. */
  readonly appId: string;
  readonly recordId: string;
  /** Values for the unit's input fields, by name; without a record, in place of its fields too. */
  readonly input: RunInput;
  /** Guest space of the calling record's app. */
  readonly guestSpaceId: string | null;
  readonly isDryRun: boolean;
  readonly isJson: boolean;
  readonly onInterrupted: OnInterrupted;
  readonly observeMs: number;
  /** IANA name. */
  readonly timeZone: string;
}

export interface CheckArguments {
  readonly settingsPath: string;
  /** null: only what the settings alone tell. */
  readonly connection: Connection | null;
  readonly appId: string;
  readonly guestSpaceId: string | null;
}

export type CommandLine = { readonly language: Language } & (
  | { readonly kind: 'run'; readonly run: RunArguments }
  | { readonly kind: 'check'; readonly check: CheckArguments }
  | { readonly kind: 'serve'; readonly serve: ServeArguments }
  | { readonly kind: 'help' | 'serveHelp' | 'version' }
  | { readonly kind: 'bad'; readonly message: string }
);

/** Longer than a run may be silent before it counts as dead (`LEASE_MS`), with room for the last look. */
const TAKEOVER_AFTER_SECONDS = 130;
const LANGUAGES = ['ja', 'en', 'zh'] as const;
const ON_INTERRUPTED = ['resume', 'restart', 'fail'] as const;

/** Thrown inside this file only: the message for whoever typed the arguments. */
class BadArgument extends Error {}

/** Reads `argv` (without the program's name). Never throws; `bad` carries the message in the user's language. */
export function readCommandLine(argv: readonly string[], environment: Environment): CommandLine {
  let language = languageOf(undefined, environment);
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
    language = languageOf(values.lang, environment);
    const texts = textsOf(language);
    if (values.lang !== undefined) oneOf('--lang', values.lang, LANGUAGES, texts);
    if (values.help === true) return { kind: positionals[0] === 'serve' ? 'serveHelp' : 'help', language };
    if (values.version === true) return { kind: 'version', language };
    const complete = completeEnvironment(environment, values['env-file']);
    return { ...command(positionals, values, complete, texts), language };
  } catch (error) {
    if (error instanceof EnvironmentError)
      return { kind: 'bad', message: environmentMessage(error.fault, textsOf(language)), language };
    // parseArgs has its own words, in English only.
    return { kind: 'bad', message: error instanceof Error ? error.message : String(error), language };
  }
}

function command(
  positionals: readonly string[],
  values: Values,
  environment: Environment,
  texts: Texts,
):
  | Pick<Extract<CommandLine, { kind: 'run' }>, 'kind' | 'run'>
  | Pick<Extract<CommandLine, { kind: 'check' }>, 'kind' | 'check'>
  | Pick<Extract<CommandLine, { kind: 'serve' }>, 'kind' | 'serve'> {
  const { bad } = texts.cli;
  const [name, surplus] = positionals;
  if (name === undefined) throw new BadArgument(bad.noCommand);
  if (surplus !== undefined) throw new BadArgument(bad.unknownCommand(positionals.join(' ')));
  if (name === 'run') return { kind: 'run', run: runArguments(values, environment, texts) };
  if (name === 'check') return { kind: 'check', check: checkArguments(values, environment, texts) };
  if (name === 'serve') return { kind: 'serve', serve: serve(values, environment, texts) };
  throw new BadArgument(bad.unknownCommand(name));
}

function serve(values: Values, environment: Environment, texts: Texts): ServeArguments {
  const common = {
    settingsPath: given('--settings', values.settings, texts),
    appId: id('--app', values.app, texts),
    guestSpaceId: guestSpace(values, texts),
    timeZone: timeZone(values['time-zone'], texts),
  };
  const reply = serveArguments(values, environment, common, texts);
  if (reply.kind === 'bad') throw new BadArgument(reply.message);
  return reply.serve;
}

function environmentMessage(fault: EnvironmentFault, texts: Texts): string {
  switch (fault.kind) {
    case 'file':
      return texts.cli.bad.file(fault.path, fault.reason);
    case 'line':
      return texts.server.bad.envLine(fault.path, fault.line);
    case 'both':
      return texts.server.bad.bothGiven(fault.name, `${fault.name}_FILE`);
  }
}

function runArguments(values: Values, environment: Environment, texts: Texts): RunArguments {
  const { bad } = texts.cli;
  const settingsPath = given('--settings', values.settings, texts);
  const unitId = given('--unit', values.unit, texts);
  const recordId = id('--record', values.record, texts);
  const appId = id('--app', values.app, texts);
  if (recordId !== '' && appId === '') throw new BadArgument(bad.needs('--record', '--app'));
  const seconds = values['takeover-after'] ?? String(TAKEOVER_AFTER_SECONDS);
  if (!/^\d{1,6}$/.test(seconds)) throw new BadArgument(bad.notANumber('--takeover-after', seconds));
  const connection = connectionOf(values, environment, texts.cli.bad);
  if (connection.kind === 'bad') throw new BadArgument(connection.message);
  return {
    settingsPath,
    unitId,
    connection: connection.connection,
    appId,
    recordId,
    input: inputOf(values.input ?? [], texts),
    guestSpaceId: guestSpace(values, texts),
    isDryRun: values['dry-run'] === true,
    isJson: values.json === true,
    onInterrupted: oneOf('--on-interrupted', values['on-interrupted'] ?? 'resume', ON_INTERRUPTED, texts),
    observeMs: Number(seconds) * 1000,
    timeZone: timeZone(values['time-zone'], texts),
  };
}

function checkArguments(values: Values, environment: Environment, texts: Texts): CheckArguments {
  const hasConnection = (values['base-url'] ?? environment['KINTONE_BASE_URL'] ?? '') !== '';
  const connection = hasConnection ? connectionOf(values, environment, texts.cli.bad) : null;
  if (connection?.kind === 'bad') throw new BadArgument(connection.message);
  return {
    settingsPath: given('--settings', values.settings, texts),
    connection: connection?.connection ?? null,
    appId: id('--app', values.app, texts),
    guestSpaceId: guestSpace(values, texts),
  };
}

function languageOf(chosen: string | undefined, environment: Environment): Language {
  const named = [chosen, environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']];
  return pickLanguage(named.find((name) => name !== undefined && name !== '')?.replace('_', '-'));
}

function given(option: string, value: string | undefined, texts: Texts): string {
  if (value === undefined || value === '') throw new BadArgument(texts.cli.bad.missing(option));
  return value;
}

function id(option: string, value: string | undefined, texts: Texts): string {
  if (value === undefined) return '';
  if (!/^[1-9]\d{0,18}$/.test(value)) throw new BadArgument(texts.cli.bad.notANumber(option, value));
  return value;
}

function guestSpace(values: Values, texts: Texts): string | null {
  return id('--guest-space-id', values['guest-space-id'], texts) || null;
}

/** `NAME=VALUE`, once per name; several choices stand in one value, one a line. */
function inputOf(pairs: readonly string[], texts: Texts): RunInput {
  const input = new Map<string, string>();
  for (const pair of pairs) {
    const end = pair.indexOf('=');
    const name = pair.slice(0, end);
    if (end < 1) throw new BadArgument(texts.cli.bad.notAPair('--input', pair));
    if (input.has(name)) throw new BadArgument(texts.cli.bad.repeated('--input', name));
    input.set(name, pair.slice(end + 1));
  }
  return Object.fromEntries(input);
}

function oneOf<const T extends string>(
  option: string,
  value: string,
  allowed: readonly T[],
  texts: Texts,
): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new BadArgument(texts.cli.bad.notOneOf(option, allowed.join(' | ')));
  return found;
}

function timeZone(value: string | undefined, texts: Texts): string {
  try {
    return new Intl.DateTimeFormat('en', value === undefined ? {} : { timeZone: value }).resolvedOptions()
      .timeZone;
  } catch {
    throw new BadArgument(texts.cli.bad.timeZone(value ?? ''));
  }
}
