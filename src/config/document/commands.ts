/** Steps on one flow that keep its graph whole: nobody draws wires, so nobody may be left without one. */
import type { Command, Flow } from '../../definition/types';
import type { CommandPatch } from './edits';
import { insertAfter, replaceById, swap } from './lists';

export function insertCommand(flow: Flow, command: Command, afterId: string | null, takeOver: boolean): Flow {
  const fed = takeOver && afterId !== null ? feedInstead(flow.commands, afterId, command.id) : flow.commands;
  return { ...flow, commands: insertAfter(fed, command, afterId) };
}

export function removeCommand(flow: Flow, commandId: string): Flow {
  const removed = flow.commands.find((command) => command.id === commandId);
  if (removed === undefined) return flow;
  const [heir] = removed.inputs;
  const commands = flow.commands
    .filter((command) => command.id !== commandId)
    .map((command) =>
      command.inputs.includes(commandId)
        ? { ...command, inputs: command.inputs.flatMap((id) => (id === commandId ? (heir ?? []) : id)) }
        : command,
    );
  return { ...flow, commands };
}

export function updateCommand(flow: Flow, commandId: string, patch: CommandPatch): Flow {
  const commands = replaceById(flow.commands, commandId, (command) => ({ ...command, ...patch }));
  return commands === flow.commands ? flow : { ...flow, commands };
}

/**
 * Swaps a command with its neighbour in the list. Where the first feeds the second and nothing else
 * hangs between them, they also change places in the stream (a → x → y → b becomes a → y → x → b);
 * where that has no single meaning (joins, branches, ends of the stream) nothing happens.
 */
export function moveCommand(flow: Flow, commandId: string, by: -1 | 1): Flow {
  const index = flow.commands.findIndex((command) => command.id === commandId);
  const first = flow.commands[Math.min(index, index + by)];
  const second = flow.commands[Math.max(index, index + by)];
  if (index < 0 || first === undefined || second === undefined) return flow;
  const swapped = swap(flow.commands, index, by);
  if (!second.inputs.includes(first.id)) return { ...flow, commands: swapped };
  if (!canChangePlaces(flow.commands, first, second)) return flow;
  const commands = swapped.map((command) => {
    if (command.id === second.id) return { ...command, inputs: first.inputs };
    if (command.id === first.id) return { ...command, inputs: [second.id] };
    return command;
  });
  const consumers = commands.filter((command) => command.id !== first.id);
  const rewired = new Map(
    feedInstead(consumers, second.id, first.id).map((command) => [command.id, command]),
  );
  return { ...flow, commands: commands.map((command) => rewired.get(command.id) ?? command) };
}

/** Whether `moveCommand` would do something. */
export function canMoveCommand(flow: Flow, commandId: string, by: -1 | 1): boolean {
  return moveCommand(flow, commandId, by) !== flow;
}

function canChangePlaces(commands: readonly Command[], first: Command, second: Command): boolean {
  const single = first.inputs.length === 1 && second.inputs.length === 1;
  const onlyConsumer = commands.every((command) => command === second || !command.inputs.includes(first.id));
  const hasConsumer = commands.some((command) => command.inputs.includes(second.id));
  // Without a consumer `second` is an end of the stream, most likely an output: nothing may follow it.
  return single && onlyConsumer && hasConsumer;
}

function feedInstead(commands: readonly Command[], oldId: string, newId: string): readonly Command[] {
  return commands.map((command) =>
    command.inputs.includes(oldId)
      ? { ...command, inputs: command.inputs.map((id) => (id === oldId ? newId : id)) }
      : command,
  );
}
