/** The server's log: one JSON object a line, for journald or a file. */

export type Level = 'info' | 'warn' | 'error';

/** Facts of an event: ids, codes, counts, addresses. Never a record's values, a token, a password or a serial number. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** `event` is a fixed word of ours; `docs/server.md` lists them. */
export type Log = (level: Level, event: string, facts?: Facts) => void;

/** Longest text that a fact may hold: error messages from elsewhere can quote what was sent. */
const MAX_TEXT = 500;
/** Names that carry secrets, should one ever get here. */
const SECRET_NAME = /token|password|secret|serial|authorization|cookie/i;
const REDACTED = '[redacted]';

/**
 * @param secrets values that must not appear anywhere in a line, whatever it is about
 */
export function jsonLog(
  write: (line: string) => void,
  nowMs: () => number,
  secrets: () => readonly string[],
): Log {
  return (level, event, facts = {}) => {
    const known = secrets().filter((secret) => secret.length > 3);
    const safe = (text: string): string =>
      known.reduce((left, secret) => left.replaceAll(secret, REDACTED), text).slice(0, MAX_TEXT);
    const shown = Object.entries(facts).map(([name, value]) => [
      name,
      SECRET_NAME.test(name) ? REDACTED : typeof value === 'string' ? safe(value) : value,
    ]);
    const line = { time: new Date(nowMs()).toISOString(), level, event, ...Object.fromEntries(shown) };
    write(`${JSON.stringify(line)}\n`);
  };
}
