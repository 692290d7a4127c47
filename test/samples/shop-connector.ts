/** Starts the sample of docs/connectors.md as its reader would. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';

export const SHOP_KEY = 'shop-key-of-the-tests';

/** @returns its address, and how to stop it */
export async function startShop(): Promise<{ readonly address: string; stop(): Promise<void> }> {
  const program = spawn(process.execPath, ['docs/samples/shop-connector.mjs', '0'], {
    env: { ...process.env, SHOP_KEY },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(program.stdout, 'data')) as [Buffer];
  return {
    address: String(line).trim(),
    async stop() {
      const ended = once(program, 'exit');
      program.kill();
      await ended;
    },
  };
}
