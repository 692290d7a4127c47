/** Environment variables, from the process and from files: secrets need not stand in either's arguments. */
import { readFileSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Each may also be given as `NAME_FILE`, a file that holds the value alone (systemd credentials, Docker secrets). */
const FROM_FILES = [
  'KINTONE_PASSWORD',
  'KINTONE_API_TOKEN',
  'KINTONE_BASIC_AUTH_PASSWORD',
  'NAGARE_DATABASE_URL',
  'NAGARE_SERIAL_NUMBERS',
  'NAGARE_WEBHOOK_SECRET',
] as const;

/** What is wrong with the environment; the words are the caller's. */
export type EnvironmentFault =
  | { readonly kind: 'file'; readonly path: string; readonly reason: string }
  | { readonly kind: 'line'; readonly path: string; readonly line: number }
  | { readonly kind: 'both'; readonly name: string };

export class EnvironmentError extends Error {
  readonly fault: EnvironmentFault;
  constructor(fault: EnvironmentFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

/**
 * The process's variables, completed by those of `envFile` (which do not replace any) and by `NAME_FILE` variables.
 * Throws `EnvironmentError`.
 */
export function completeEnvironment(environment: Environment, envFile: string | undefined): Environment {
  const given = envFile === undefined ? environment : { ...parseEnvFile(envFile), ...environment };
  const found: Record<string, string> = {};
  for (const name of FROM_FILES) {
    const path = given[`${name}_FILE`] ?? '';
    if (path === '') continue;
    if ((given[name] ?? '') !== '') throw new EnvironmentError({ kind: 'both', name });
    // Editors end files with a line break that is no part of the value.
    found[name] = readText(path).replace(/\r?\n$/, '');
  }
  return { ...given, ...found };
}

/** `NAME=value` a line, as systemd's EnvironmentFile reads it: `#` and `;` begin comments, quotes around the value go. */
function parseEnvFile(path: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const [index, line] of readText(path).split(/\r?\n/).entries()) {
    if (/^\s*([#;].*)?$/.test(line)) continue;
    const found = /^\s*([A-Za-z_]\w*)=(.*?)\s*$/.exec(line);
    const [, name, value = ''] = found ?? [];
    if (name === undefined) throw new EnvironmentError({ kind: 'line', path, line: index + 1 });
    values[name] = /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value;
  }
  return values;
}

export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EnvironmentError({ kind: 'file', path, reason });
  }
}
