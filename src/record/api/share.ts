import type { PanelApi } from '../panel/contract';
import type { Nagare } from './nagare';

const METHODS = [
  'units',
  'start',
  'token',
  'run',
  'status',
  'stop',
  'sendRequest',
] as const satisfies (keyof Nagare)[];

type OpenPanel = () => Promise<PanelApi>;

/**
 * Puts `window.nagare` in place, once for all of Nagare's plug-ins on the page: its methods load the panel, where
 * the work is done. It is frozen, so that no script can put itself between a program and the plug-in by accident;
 * against scripts that mean harm kintone offers no protection (SECURITY.md).
 */
export function sharePage(openPanel: OpenPanel): void {
  const registry = globalThis as unknown as Record<symbol, OpenPanel[] | undefined>;
  const key = Symbol.for('nagare.plugins');
  const plugins = registry[key] ?? [];
  registry[key] = plugins;
  plugins.push(openPanel);
  if (plugins.length > 1) return;
  if (Object.hasOwn(globalThis, 'nagare')) {
    console.warn('Nagare: another script has taken the name "nagare"; units cannot be started from code.');
    return;
  }
  const call = async (method: (typeof METHODS)[number], args: readonly unknown[]): Promise<unknown> => {
    const panels = await Promise.all(plugins.map((open) => open()));
    const api = await panels[0]?.api(panels);
    return (api?.[method] as ((...given: readonly unknown[]) => unknown) | undefined)?.(...args);
  };
  const methods = METHODS.map((method) => [method, (...args: unknown[]) => call(method, args)] as const);
  Object.defineProperty(globalThis, 'nagare', {
    value: Object.freeze(Object.fromEntries(methods)),
    enumerable: true,
  });
}
