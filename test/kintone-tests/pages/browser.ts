/** A real Chromium for tests: found on this machine, kept from talking to any other. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Path of the browser: `CHROME_PATH`, else the first known name on PATH.
 * @throws Error when there is none; these tests cannot say anything without one
 */
export function browserPath(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const given = process.env['CHROME_PATH'];
  const found = given ?? candidates.find(isExecutable);
  if (found === undefined)
    throw new Error(`No browser found: set CHROME_PATH or install ${names.join(', ')}.`);
  return found;
}

/** Starts the browser without sandbox, GPU and background traffic; every host but this machine is unknown to it. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
    ],
  });
}
