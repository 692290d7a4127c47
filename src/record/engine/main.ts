/** Entry of the engine: evaluated in a worker, or in the page's own thread where there is none. */
import { realRandomness } from '../../kintone/clock';
import type { Port } from '../worker/calls';
import { serveEngine } from '../worker/serve-engine';
import { createStart } from './start';

/** Serves the page from a worker. `scope` is the worker's own (see `threadScript`). */
export async function serve(scope: Port): Promise<void> {
  const page = serveEngine(scope, createStart);
  page.tell('ready', await signOfLife());
}

/** Serves the page from its own thread, over the port that is returned. */
export function serveHere(): Port {
  const { port1, port2 } = new MessageChannel();
  serveEngine(port1, createStart);
  return port2;
}

/** Name of a Web Lock that is held until this thread dies; blank where there are none. */
function signOfLife(): Promise<string> {
  // Absent outside of secure contexts.
  const { locks } = navigator as { readonly locks?: LockManager };
  if (locks === undefined) return Promise.resolve('');
  const name = `nagare:engine:${realRandomness.uuid()}`;
  return new Promise((resolve) => {
    const holding = locks.request(name, () => {
      resolve(name);
      return new Promise<never>(() => undefined);
    });
    holding.catch(() => resolve(''));
  });
}
