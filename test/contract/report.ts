/** Runs the contract checks and writes what was seen as a dated page. */
import type { ContractApps } from './apps';
import type { Check, Scale } from './check';
import { CHECKS } from './checks';

export interface Finding {
  readonly check: Check;
  readonly verdict: 'holds' | 'differs' | 'could not be tried';
  readonly seen: string;
}

/** One check after the other; one that cannot be tried does not stop the rest. */
export async function findings(apps: ContractApps, scale: Scale): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const check of CHECKS) {
    try {
      const { holds, seen } = await check.run(apps, scale);
      found.push({ check, verdict: holds ? 'holds' : 'differs', seen });
    } catch (error) {
      const seen = error instanceof Error ? error.message : String(error);
      found.push({ check, verdict: 'could not be tried', seen });
    }
  }
  return found;
}

/** A Markdown page; nothing in it names the domain's data. */
export function reportOf(
  found: readonly Finding[],
  facts: { readonly host: string; readonly date: string },
): string {
  const holding = found.filter(({ verdict }) => verdict === 'holds').length;
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = found.map(
    ({ check, verdict, seen }) =>
      `| ${check.id} | ${cell(check.assumption)} | ${check.knownAs} | ${verdict} | ${cell(seen)} |`,
  );
  return [
    `# Contract with kintone, ${facts.date}, ${facts.host}`,
    '',
    `${holding} of ${found.length} assumptions hold.`,
    '',
    '| Check | Assumption | Known so far as | Verdict | Seen |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
