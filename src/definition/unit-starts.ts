/** Which units start which, by the `startUnit` commands of their flows. */
import type { Settings } from './types';

export interface UnitStartEdge {
  /** The unit whose flow holds the command. */
  readonly from: string;
  readonly to: string;
  readonly flowId: string;
  readonly commandId: string;
}

/** Blank and unknown targets are left out. */
export function unitStarts(settings: Pick<Settings, 'units' | 'flows'>): readonly UnitStartEdge[] {
  const flows = new Map(settings.flows.map((flow) => [flow.id, flow]));
  const known = new Set(settings.units.map((unit) => unit.id));
  return settings.units.flatMap((unit) =>
    unit.flowIds.flatMap((flowId) =>
      (flows.get(flowId)?.commands ?? []).flatMap((command) => {
        const to = command.type === 'startUnit' ? command.settings['unitId'] : undefined;
        if (typeof to !== 'string' || !known.has(to)) return [];
        return [{ from: unit.id, to, flowId, commandId: command.id }];
      }),
    ),
  );
}

/** The starts that lie on a circle: the unit they start leads back to the one they belong to. */
export function circularStarts(settings: Pick<Settings, 'units' | 'flows'>): readonly UnitStartEdge[] {
  const edges = unitStarts(settings);
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const leadsTo = (start: string, goal: string): boolean => {
    const seen = new Set<string>();
    const open = [start];
    for (let unit = open.pop(); unit !== undefined; unit = open.pop()) {
      if (unit === goal) return true;
      if (seen.has(unit)) continue;
      seen.add(unit);
      open.push(...(next.get(unit) ?? []));
    }
    return false;
  };
  return edges.filter(({ from, to }) => leadsTo(to, from));
}
