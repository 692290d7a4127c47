import type { PanelModule } from './panel/contract';
import { inOrder, linkParts, partsOf } from './parts';

const PANEL = './panel.js';

/**
 * Evaluates the panel, part by part: evaluating React on every record page would cost more than all of boot, and
 * all of the panel at once would make the page stand still. Rejects when the script did not arrive.
 */
export async function loadPanel(pluginId: string): Promise<PanelModule> {
  const parts = partsOf(pluginId);
  const evaluate = linkParts(parts);
  for (const part of inOrder(parts, PANEL)) {
    evaluate(part);
    await turn();
  }
  return evaluate(PANEL) as PanelModule;
}

/** Lets the page do what it has to do meanwhile. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
