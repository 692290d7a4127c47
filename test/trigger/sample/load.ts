import { readFileSync } from 'node:fs';

const PROGRAM = new URL('./program.js', import.meta.url);

export interface Addresses {
  readonly url?: string;
  readonly krewdataAppUrl?: string;
  readonly serialNumber?: string;
}

/** The sample program with other addresses; everything else is as printed. */
export function sampleProgram(addresses: Addresses): string {
  return Object.entries(addresses).reduce(
    (program, [name, value]) =>
      replaceOnce(program, new RegExp(`(var ${name} = )'[^']*';`), `$1${JSON.stringify(value)};`),
    readFileSync(PROGRAM, 'utf8'),
  );
}

/** The same with another `sendRequest`. */
export const withSendRequest = (program: string, replacement: string): string =>
  replaceOnce(program, /function sendRequest\([\s\S]*$/, replacement);

function replaceOnce(program: string, part: RegExp, replacement: string): string {
  if (!part.test(program)) throw new Error(`the sample has no ${part}`);
  return program.replace(part, replacement);
}
