/** Duplicates with fresh ids and names nobody uses yet. */
import type { NewId } from '../../definition/create';
import { MAX_NAME_LENGTH } from '../../definition/schema';
import type { Command, ExecutionUnit, Flow } from '../../definition/types';

/** "Name (2)", "Name (3)" ...: the first that is free, cut to the longest a name may be. */
export function freeName(wanted: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  if (!used.has(wanted)) return wanted;
  const base = wanted.replace(/ \(\d+\)$/, '');
  for (let number = 2; ; number++) {
    const suffix = ` (${number})`;
    const name = `${base.slice(0, MAX_NAME_LENGTH - suffix.length)}${suffix}`;
    if (!used.has(name)) return name;
  }
}

/** The copy lists the same flows and is disabled: two enabled copies would run the same work twice. */
export function copyUnit(unit: ExecutionUnit, newId: NewId, taken: Iterable<string>): ExecutionUnit {
  return { ...unit, id: newId(), name: freeName(unit.name, taken), enabled: false };
}

export function copyFlow(flow: Flow, newId: NewId, taken: Iterable<string>): Flow {
  const ids = new Map(flow.commands.map((command) => [command.id, newId()]));
  const commands = flow.commands.map((command) => ({
    ...command,
    id: ids.get(command.id) ?? command.id,
    inputs: command.inputs.map((id) => ids.get(id) ?? id),
  }));
  return { ...flow, id: newId(), name: freeName(flow.name, taken), commands };
}

export function copyCommand(command: Command, newId: NewId): Command {
  return { ...command, id: newId() };
}
