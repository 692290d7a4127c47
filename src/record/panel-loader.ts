import type { PanelModule } from './panel/contract';

/**
 * The panel's code comes in a script of its own, as one function that nobody has called yet: evaluating
 * React on every record page would cost more than all of boot. The build names the function by the
 * plug-in id (scripts/build/lazy-bundle.ts). Rejects when the script did not arrive.
 */
export async function loadPanel(pluginId: string): Promise<PanelModule> {
  const registry = globalThis as unknown as Readonly<Record<symbol, (() => PanelModule) | undefined>>;
  const evaluate = registry[Symbol.for(`nagare.panel-code.${pluginId}`)];
  if (evaluate === undefined) throw new Error('The script of the panel is not on this page.');
  return evaluate();
}
