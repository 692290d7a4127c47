/** axe-core over the settings page. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Prints what axe finds; answers how many kinds of faults there are. */
export async function violations(target: Page, name: string): Promise<number> {
  await target.evaluate(axeSource);
  const found = await target.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(
          context: unknown,
          options: unknown,
        ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
    };
    const result = await axe.run('#nagare-config', {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return result.violations.map((one) => ({
      id: one.id,
      nodes: one.nodes.map((node) => `${node.html.slice(0, 160)} | ${node.failureSummary.slice(0, 200)}`),
    }));
  });
  for (const one of found) console.log(`axe ${name}: ${one.id}\n  ${one.nodes.slice(0, 4).join('\n  ')}`);
  return found.length;
}
